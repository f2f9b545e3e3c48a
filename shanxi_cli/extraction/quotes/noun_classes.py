"""Classes of nouns: people, organisations, or neither."""

import re
from functools import lru_cache

from shanxi_cli.extraction.quotes.lexicon import (
    AUXILIARIES,
    DOCUMENT_NOUNS,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    NO_AGENT_NOUNS,
    ORGANISATION_NAME_ENDINGS,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PLURAL_ORGANISATION_NOUNS,
    PLURAL_PERSON_NOUNS,
    POSTMODIFIERS,
    PREPOSITIONS,
    SPEAKING_DOCUMENTS,
    SPEECH_ADVERBS,
    WORD_PATTERN,
)
from shanxi_cli.util.lexicon import load_terms

_MAX_CACHED_WORDS = 1 << 14
_ROLE_PREFIXES = frozenset("co ex vice sub deputy arch fellow then lead self non once mid".split())
_TAKES_TO = load_terms("extraction/nouns_before_to")
"""Nouns that `to` may follow: `an adviser to the council`."""
_VERBS = load_terms("extraction/past_verbs") - {"left", "lost", "cut", "set", "hit"}
_RELATIVES = frozenset(["that", "who", "which", "what", "whom"])
_SURNAME_NOUNS = load_terms("extraction/surname_nouns")
"""Nouns for organisations that are family names behind a given name."""


def normalize_noun(word: str) -> str:
    """Return a word in lower case, without a possessive ending."""
    word = word.lower()
    return word[:-1] if word.endswith(("'", "’")) else word[:-2] if word.endswith(("'s", "’s")) else word


def strip_possessive(name: str) -> str:
    """Return a name with single spaces, without a possessive ending."""
    name = " ".join(name.split())
    return name[:-2] if name.endswith(("'s", "’s")) else name


def is_person_noun(noun: str) -> bool:
    """Return True for `official` and `officials`."""
    if noun in PERSON_NOUNS or noun in PLURAL_PERSON_NOUNS:
        return True
    prefix, hyphen, rest = noun.partition("-")
    return bool(hyphen) and prefix in _ROLE_PREFIXES and (rest in PERSON_NOUNS or rest in PLURAL_PERSON_NOUNS)


def is_agent_noun(word: str) -> bool:
    """Return True for a lower-case word that ends like a noun for people: `auditors`, `geophysicist`."""
    noun = word.removesuffix("s")
    return bool(_AGENT_PATTERN.fullmatch(word)) and noun not in NO_AGENT_NOUNS and noun not in DOCUMENT_NOUNS


_AGENT_PATTERN = re.compile(r"[a-z-]{3,}(?:ers?|ors?|ists?|ians?|eers?|m[ae]n|women)")


def has_person_noun(text: str) -> bool:
    """Return True when a word of the text is a noun for people."""
    return any(is_person_noun(normalize_noun(word)) for word in text.split())


def is_organisation_noun(noun: str) -> bool:
    """Return True for `bureau`, and for `technology`, the last word of many companies' names."""
    return noun in ORGANISATION_NOUNS or noun in ORGANISATION_NAME_ENDINGS


def names_organisation(name: str) -> bool:
    """Return True for a name whose last word is one of organisations, but not for a person's: `Anne Mills`."""
    *before, last = name.split()
    last = last.lower().rstrip(".")
    person = last in _SURNAME_NOUNS and 0 < len(before) < 3 and before[0] in GIVEN_NAMES
    return is_organisation_noun(last) and not person


def has_organisation_noun(phrase: str) -> bool:
    """Return True when a word of the phrase is a noun for organisations."""
    return any(is_organisation_noun(normalize_noun(word)) for word in phrase.split())


def find_head_index(words: list[str]) -> int | None:
    """Return the index of the head noun of a speaker, between its modifiers and prepositional phrases, or None."""
    for n, word in enumerate(words):
        if may_be_speaker_noun(word) and not word.endswith(("'s", "’s", "’")):
            rest = words[n + 1 :]
            takes_to = rest[:1] == ["to"] and normalize_noun(word) in _TAKES_TO
            documents = takes_to or (rest[:1] == ["by"] and normalize_noun(word) in SPEAKING_DOCUMENTS)
            if not rest or documents or rest[0] in PREPOSITIONS or rest[0] in POSTMODIFIERS or rest[0] == "and":
                if any(normalize_noun(w) in AUXILIARIES or w in _RELATIVES for w in rest):
                    return None
                if rest[:1] == ["and"] and not (len(rest) > 1 and find_head_index(rest[1:]) is not None):
                    return None
                return n
        if not _may_modify_noun(word):
            return None
    return None


@lru_cache(maxsize=_MAX_CACHED_WORDS)
def may_be_speaker_noun(word: str) -> bool:
    """Return True for a word that may be the noun of a speaker: `official`, `bureaus`, `geophysicist's`."""
    noun = normalize_noun(word)
    known = noun in ORGANISATION_NOUNS or noun in PLURAL_ORGANISATION_NOUNS or noun in SPEAKING_DOCUMENTS
    return known or is_person_noun(noun) or is_agent_noun(word)


@lru_cache(maxsize=_MAX_CACHED_WORDS)
def _may_modify_noun(word: str) -> bool:
    noun = normalize_noun(word)
    if noun in FUNCTION_WORDS or noun in PREPOSITIONS or noun in AUXILIARIES or noun.endswith("ly") or noun in _VERBS:
        return False
    return bool(WORD_PATTERN.match(word))


def may_be_occupation(words: str) -> bool:
    """Return True for a run of lower-case words that may be an occupation which the list does not have."""
    parts = words.split()
    return len(parts) < 4 and all(
        re.fullmatch(r"[a-z][a-z-]{2,}", word)
        and not word.endswith(("ed", "ly", "ing", "s"))
        and word not in FUNCTION_WORDS | SPEECH_ADVERBS | PREPOSITIONS
        for word in parts
    )
