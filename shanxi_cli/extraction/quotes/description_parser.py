"""Descriptions of speakers without a name: `the executive`, `many of the visitors`, `the bureau`."""

import re

from shanxi_cli.extraction.quotes.lexicon import (
    DOCUMENT_NOUNS,
    FUNCTION_WORDS,
    ORGANISATION_NOUNS,
    PLURAL_ORGANISATION_NOUNS,
    PLURAL_PERSON_NOUNS,
    SPEAKING_DOCUMENTS,
)
from shanxi_cli.extraction.quotes.noun_classes import find_head_index, is_agent_noun, is_person_noun, normalize_noun
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.roles import parse_role
from shanxi_cli.util.lexicon import load_terms

_QUANTITY_PATTERN = re.compile(
    r"(?:(?:(?:more|less|fewer) than |over |about |nearly |almost )?(?:half|a third|two-thirds|\d+ percent)|some|many|"
    r"several|most|both|one|two|three|four|five|a few|a number|all|dozens|hundreds|each|few)\s+of\s+",
    re.IGNORECASE,
)
DETERMINER_PATTERN = re.compile(
    r"(?:the|an?|another|one|some|many|several|few|most|other|all|both|its|their|his|her|our|two|three|four|five|these|"
    r"those|this|that|local)\s+",
    re.IGNORECASE,
)
BEGINS_DESCRIPTION_PATTERN = re.compile(
    rf"{DETERMINER_PATTERN.pattern}|(?:more|less|fewer|over|about|nearly|almost|half|two-thirds|dozens|hundreds|each)\b",
    re.IGNORECASE,
)
"""The first word of a determiner or a quantity."""
_AGED_PATTERN = re.compile(r"(?P<the>[Tt]he\s+|[Aa]n?\s+)(?P<name>[\w-]+-years?-old(?:\s+[a-z]+)?)")
_PLAIN_MODIFIERS = load_terms("extraction/description_modifiers")
"""Modifiers, beside the function words, that begin a description and no name."""
MAX_PHRASE_WORDS = 16
"""Maximum of words of a noun phrase."""


def parse_description(chunk: str, at: int) -> NounPhrase | None:
    """Parse a noun for people or for an organisation, with the words before it and prepositional phrases after it."""
    if "-old" in chunk and (aged := _AGED_PATTERN.fullmatch(chunk)):
        definite = aged["the"].lower() == "the "
        return NounPhrase(PhraseKind.DESCRIPTION, at, at + len(chunk), aged["name"], definite=definite)
    quantity = _QUANTITY_PATTERN.match(chunk) if "of" in chunk.lower() else None
    rest = chunk[quantity.end() :] if quantity else chunk
    determiner = DETERMINER_PATTERN.match(rest)
    words = rest[determiner.end() :].split() if determiner else rest.split()
    head = find_head_index(words)
    if head is None or len(words) > MAX_PHRASE_WORDS:
        return None
    noun, after = normalize_noun(words[head]), words[head + 1 :]
    if noun in SPEAKING_DOCUMENTS and determiner:
        definite = determiner.group().strip().lower() in ("the", "this", "that")
        return _describe_document(rest[determiner.end() :], at, at + len(chunk), definite=definite)
    if noun in DOCUMENT_NOUNS:
        return None
    article = (determiner.group().strip().lower() if determiner else "") if not quantity else ""
    definite = article in ("the", "this", "that", "these", "those")
    many = bool(quantity) or _is_plural(noun) or (after[:1] == ["and"])
    if noun in ORGANISATION_NOUNS and noun not in PLURAL_PERSON_NOUNS:
        kind = PhraseKind.ORGANISATION
    else:
        kind = PhraseKind.PEOPLE if many else PhraseKind.DESCRIPTION
    owned = any(w[:1].isupper() or w.endswith("'s") for w in words[:head])
    if kind is PhraseKind.DESCRIPTION and not article and not owned:
        return None  # `mother said` has no article only in other languages, or is part of something longer
    shown = chunk if quantity else rest[determiner.end() :] if determiner and article in ("the", "a", "an") else rest
    role, organisation = parse_role(" ".join(words)) if kind is PhraseKind.DESCRIPTION else ("", "")
    if kind is PhraseKind.PEOPLE:
        _, organisation = parse_role(" ".join(words))
        role = ""
    if kind is PhraseKind.ORGANISATION:
        shown = re.sub(r"\A(?:official|state-run|local)\s+(?=[A-Z])", "", shown)
    name = shown if article in ("the", "a", "an") else lower_first_word(shown)
    return NounPhrase(kind, at, at + len(chunk), name, role, organisation, definite)


def _describe_document(words: str, at: int, end: int, *, definite: bool) -> NounPhrase | None:
    """Return a document that speaks; its author instead where `by` or `from` names one: `a report by a watchdog`."""
    document = _DOCUMENT_PATTERN.match(words)
    tail = words[document.end() :] if document else ""
    if tail and not _DOCUMENT_TAIL_PATTERN.fullmatch(tail):
        return None
    author = _AUTHOR_PATTERN.search(words)
    if author and (who := parse_description(author["who"], at)):
        return who._replace(start=at, end=end)
    return NounPhrase(PhraseKind.DESCRIPTION, at, end, document.group() if document else words, definite=definite)


_DOCUMENT_TAIL_PATTERN = re.compile(
    r"\s(?:(?:published|released|issued|commissioned|obtained|prepared|compiled|dated|entitled|titled|seen|sent|posted|"
    r"signed|conducted|carried out|filed|made)\s)?(?:by|from|of|for|in|on|to|at|with|into|about|"
    r"this|last|yesterday|today|earlier|late|early|\w+day)\b(?!.*\s(?:is|are|was|were|has|had|that|which|who|\w+owed|found|said)\b).*"
)
_DOCUMENT_PATTERN = re.compile(rf".*?\b(?:{'|'.join(sorted(SPEAKING_DOCUMENTS))})\b(?=\s|\Z)")
_AUTHOR_PATTERN = re.compile(r"\s(?:by|from)\s(?P<who>.+)\Z")


def _is_plural(noun: str) -> bool:
    agents = noun.endswith("s") and is_agent_noun(noun) and noun not in ORGANISATION_NOUNS
    return agents or noun in PLURAL_PERSON_NOUNS or noun in PLURAL_ORGANISATION_NOUNS


def lower_first_word(words: str) -> str:
    """Return a description without the capital that begins a sentence.

    The capital of a name stays.
    """
    first = words.split()[0].lower()
    plain = first in FUNCTION_WORDS or first in _PLAIN_MODIFIERS or is_person_noun(first) or first in ORGANISATION_NOUNS
    return words[0].lower() + words[1:] if plain else words
