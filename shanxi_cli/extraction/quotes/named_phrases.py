"""Noun phrases in capitals: `Ida Moss`, `Board Chairman Zhang Wenhe`, `Gwen Tarrant of the Lake Trust`, `the IMF`."""

import re

from shanxi_cli.extraction.quotes.description_parser import lower_first_word
from shanxi_cli.extraction.quotes.lexicon import (
    BARE_SPEAKERS,
    BODIES_WITH_ARTICLE,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    OCCUPATIONAL_SURNAMES,
    PLURAL_PERSON_NOUNS,
    SPEECH_ADVERBS,
)
from shanxi_cli.extraction.quotes.name_parts import is_acronym_of_body, is_full_name, split_titled_name
from shanxi_cli.extraction.quotes.noun_classes import (
    is_organisation_noun,
    is_person_noun,
    names_organisation,
    normalize_noun,
    strip_possessive,
)
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD, INITIALS, is_chinese_name
from shanxi_cli.util.lexicon import load_terms

BARE_QUANTITIES = frozenset("another others some many most several few both one".split())
"""People without a noun: `Another said`, `Some say`."""
_ACRONYMS_LIKE_WORDS = frozenset(["WHO"])
"""Bodies whose letters are a function word: the World Health Organization."""
_NOBODY_WORDS = load_terms("extraction/nobody_words")
_NO_NAMES = load_terms("analysis/weekdays") | load_terms("analysis/months") - frozenset("may april june august".split())


def build_named_phrase(name: str, at: int, end: int, *, definite: bool) -> NounPhrase | None:
    """Return the noun phrase of capitalised words from `at` to `end`, or None; `definite`: they have an article."""
    words = name.split()
    first = words[0].lower()
    if _begins_no_name(name, first, words):
        return None
    if definite and len(words) == 1 and normalize_noun(name) in BODIES_WITH_ARTICLE:
        return NounPhrase(PhraseKind.ORGANISATION, at, end, strip_possessive(name))
    owned = len(words) > 2 and words[0].endswith(("'s", "’s")) and words[1] in GIVEN_NAMES and "of" not in words
    if owned and is_full_name(" ".join(words[1:])):  # Tesco's Jane Ellis
        bearer = " ".join(words[1:])
        return NounPhrase(PhraseKind.NAME, end - len(bearer), end, bearer, lead_start=at)
    if titled := split_titled_name(words):
        role, bearer = titled
        name_start = end - len(bearer)
        return NounPhrase(
            PhraseKind.NAME, name_start, end, strip_possessive(bearer), role=role, title=role, lead_start=at
        )
    if first in BARE_QUANTITIES and len(words) == 1:
        return NounPhrase(PhraseKind.PEOPLE, at, end, name)
    if first in BARE_SPEAKERS and len(words) == 1:
        return NounPhrase(PhraseKind.DESCRIPTION, at, end, first, definite=True)
    last = re.split(r"\s(?:of|for|in|at)\s", name)[0].split()[-1].lower().rstrip(".")
    if "and" in words and not definite and not is_organisation_noun(last) and last not in PLURAL_PERSON_NOUNS:
        return _build_joined_names(name, at, end)
    if is_person_noun(last) and not _is_surname(words, definite=definite):
        if len(words) == 1 or last not in PLURAL_PERSON_NOUNS:
            return None
        return NounPhrase(PhraseKind.PEOPLE, at, end, lower_first_word(name) if last == first else name)
    if words[-1].lower() in ("province", "county", "city", "village", "district", "town", "people"):
        return None
    if definite and is_acronym_of_body(name):
        return NounPhrase(PhraseKind.ORGANISATION, at, end, strip_possessive(name))
    return _build_plain_name(name, at, end, last, definite=definite)


def _begins_no_name(name: str, first: str, words: list[str]) -> bool:
    """Return True for the first word of a sentence, such as `But`, `In` or `Monday`, and for `Nobody`."""
    alone = len(words) == 1
    quantity = alone and first in BARE_QUANTITIES
    if first in FUNCTION_WORDS and name not in _ACRONYMS_LIKE_WORDS and not quantity:
        return True
    return first in SPEECH_ADVERBS or first in _NO_NAMES or (alone and first in _NOBODY_WORDS)


def _is_surname(words: list[str], *, definite: bool) -> bool:
    """Return True for the family name of `Lee Baker` and `Baker`, which is also an occupation."""
    if definite or not words[-1][:1].isupper():
        return False
    given = words[0] in GIVEN_NAMES or bool(re.fullmatch(INITIALS, words[0]))
    return (given and len(words) > 1) or (len(words) == 1 and words[0].lower() in OCCUPATIONAL_SURNAMES)


def _build_plain_name(name: str, at: int, end: int, last: str, *, definite: bool) -> NounPhrase | None:
    """Return a name that is of a person or of an organisation by its noun `last` or its article."""
    words = name.split()
    of_organisation = names_organisation(name) or (is_organisation_noun(last) and " of " in name) or definite
    kind = PhraseKind.ORGANISATION if of_organisation and not is_chinese_name(name) else PhraseKind.NAME
    if definite and len(words) == 1 and re.search(r"(?:an|ese|ish)\Z", name):
        return NounPhrase(PhraseKind.DESCRIPTION, at, end, name, definite=True)  # the Russian
    if kind is PhraseKind.ORGANISATION and len(words) == 1 and not is_organisation_noun(last):
        return None  # the Chinese, the Internet
    own = kind is PhraseKind.NAME and "&" in words and name.endswith(("'s", "’s"))  # Standard & Poor's
    return NounPhrase(kind, at, end, name if own else strip_possessive(name), definite=definite)


def _build_joined_names(name: str, at: int, end: int) -> NounPhrase | None:
    """Return `Rosa and Emilio Duarte` as people, and `Brandt and Lowther`, who may be a firm, as a name."""
    one, _, other = name.partition(" and ")
    if not is_full_name(other) and not is_chinese_name(other):
        pair = re.fullmatch(rf"{CAPITALISED_WORD} and {CAPITALISED_WORD}", name)
        return NounPhrase(PhraseKind.NAME, at, end, name) if pair else None
    people = is_chinese_name(one) or is_full_name(one) or re.fullmatch(CAPITALISED_WORD, one)
    return NounPhrase(PhraseKind.PEOPLE, at, end, name) if people else None
