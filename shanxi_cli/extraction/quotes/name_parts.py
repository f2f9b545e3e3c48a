"""Kinds of names by their words: full names, titles in capitals before a name, acronyms of bodies."""

import re

from shanxi_cli.extraction.quotes.lexicon import FUNCTION_WORDS, PERSON_NOUNS
from shanxi_cli.extraction.quotes.noun_classes import has_organisation_noun, is_person_noun
from shanxi_cli.extraction.quotes.person_names import NAME_RUN, is_chinese_name
from shanxi_cli.util.lexicon import load_list, load_terms

_TITLE_WORDS = frozenset(word.rstrip(".") for title in load_list("extraction/titles") for word in title.split())
OFFICE_COMPLEMENTS = load_terms("extraction/office_complements")
"""Words that `of` joins to the noun of an office."""
_ACRONYM_PATTERN = re.compile(r"(?:[A-Z]{3,6}|UN|EU|AU)(?:['’]s)?")
"""Capitals only. Two may be an office: the PM, the DA."""


def is_acronym_of_body(name: str) -> bool:
    """Return True for `IMF` of `the IMF`; the acronym of an office is a noun for people."""
    return bool(_ACRONYM_PATTERN.fullmatch(name))


def is_full_name(name: str) -> bool:
    """Return True for a name of several words that is not that of an organisation."""
    return " " in name and bool(re.fullmatch(NAME_RUN, name)) and not has_organisation_noun(name)


def split_titled_name(words: list[str]) -> tuple[str, str] | None:
    """Return role and name of a title in capitals before a name, or None.

    `Board Chairman Zhang Wenhe`, `Jinbo Chairwoman Yang Xia`.
    """
    for n in range(len(words) - 2, -1, -1):
        if is_person_noun(words[n].lower()) and len(words) - n - 1 <= 6:
            first = _skip_office(words, n + 1)
            if "of" in words[first:]:
                continue
            while len(words) - first > 2 and words[first].rstrip(".") in _TITLE_WORDS:
                first += 1  # Minister Datuk Seri Hamid Osman
            bearer = " ".join(words[first:])
            if not FUNCTION_WORDS.isdisjoint(bearer.split()):
                continue  # the Secretary of State for Wales
            if is_chinese_name(bearer) or 1 < len(words) - first <= 3:
                return " ".join(words[: _skip_office(words, n + 1)]), bearer
    return None


def _skip_office(words: list[str], at: int) -> int:
    """Return the index behind `of Police` in `Superintendent of Police Arun Pillai`; `at` where no such word is."""
    return at + 2 if words[at : at + 1] == ["of"] and words[at + 1].lower() in OFFICE_COMPLEMENTS else at


def extend_title(title: str, name: str) -> tuple[str, str]:
    """Move nouns for people from a name to the title before it: `Chief` and `Executive Mary Lane`."""
    first, _, rest = name.partition(" ")
    while rest and first.lower() in PERSON_NOUNS:
        title, name = f"{title} {first}", rest
        first, _, rest = name.partition(" ")
    return title, name
