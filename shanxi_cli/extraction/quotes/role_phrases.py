"""Roles before names: `Party secretary Zhang Shuai`, `agronomist of the Yuna Group Ida Moss`, `action group Outa`."""

import re

from shanxi_cli.extraction.quotes.description_parser import DETERMINER_PATTERN
from shanxi_cli.extraction.quotes.lexicon import (
    AUXILIARIES,
    BODY_KINDS,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    PERSON_NOUNS,
    PLURAL_PERSON_NOUNS,
    TITLE_ALTERNATIVES,
)
from shanxi_cli.extraction.quotes.noun_classes import (
    is_person_noun,
    may_be_occupation,
    names_organisation,
    strip_possessive,
)
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.person_names import (
    CAPITALISED_WORD,
    CAPITALS,
    FAMILY_WORD,
    INITIALS,
    NAME_RUN,
    PARTICLES,
)
from shanxi_cli.extraction.quotes.roles import strip_article
from shanxi_cli.util.lexicon import load_list

_MAY_END_NAME_PATTERN = re.compile(rf"(?:(?:al|el|as|an|ar|at)-|[dl]['’])?[{CAPITALS}]")
_WORD_PATTERN = re.compile(r"\S+")
_NAME_PATTERN = re.compile(NAME_RUN)
_TITLE_WORDS = frozenset(title.split()[-1].rstrip(".") for title in load_list("extraction/titles"))
_TRAILING_TITLE_PATTERN = re.compile(rf"(?<=\s){TITLE_ALTERNATIVES}(?:\s+{TITLE_ALTERNATIVES})*\Z")


def parse_role_before_name(chunk: str, at: int) -> NounPhrase | None:
    """Parse `Party secretary Zhang Shuai`, `company president Wang Li`, `Taiyuan Mayor Li Ming`."""
    if not _MAY_END_NAME_PATTERN.match(chunk.rsplit(None, 1)[-1]):
        return None
    words = [m.span() for m in _WORD_PATTERN.finditer(chunk)]
    for size in (2, 3, 4, 1):
        if len(words) <= size:
            continue
        name, before = chunk[words[-size][0] :], chunk[: words[-size - 1][1]]
        if not name[0].isupper():
            continue
        head = before.split()[-1].lower()
        is_title = before.rsplit(None, 1)[-1].rstrip(".") in _TITLE_WORDS
        titled = _TRAILING_TITLE_PATTERN.search(before) if is_title else None
        known = (is_person_noun(head) and head not in PLURAL_PERSON_NOUNS) or titled is not None
        known = known or (size > 1 and may_be_occupation(before))
        plain = size > 1 or len(words) == 2 or _without_article(before)[:1].islower()
        if known and plain and _NAME_PATTERN.fullmatch(name):
            if names_organisation(name):
                continue
            before = re.sub(r"\A(?:the\s+|an?\s+)?\d{1,3}-years?-old\s+", "", before)
            before = before[: titled.start()].rstrip() or before if titled else before
            role = (
                DETERMINER_PATTERN.sub("", before, count=1) if before.split()[0].lower() in FUNCTION_WORDS else before
            )
            if _may_be_role(role.split()):
                return NounPhrase(
                    PhraseKind.NAME,
                    at + words[-size][0],
                    at + len(chunk),
                    strip_possessive(name),
                    role=strip_article(role),
                    lead_start=at,
                )
    return _parse_role_at_organisation_before_name(chunk, at)


def _without_article(role: str) -> str:
    """Return `farmer` of `The farmer`."""
    article, _, rest = role.partition(" ")
    return rest if rest and article in ("The", "A", "An") else role


def _may_be_role(words: list[str]) -> bool:
    """Return True for a role of plain words; `and` joins two: `scientist and co-author`."""
    plain = all(
        word.lower() not in FUNCTION_WORDS or (word == "and" and n and is_person_noun(words[n - 1].lower()))
        for n, word in enumerate(words)
    )
    return plain and not words[0][:1].isdigit()


_ROLE_AT_ORGANISATION_PATTERN = re.compile(
    rf"(?P<role>(?:[\w'’&-]+\s+){{1,6}}?(?:of|for|at|with)\s+(?:the\s+)?{CAPITALISED_WORD}(?:\s+(?:(?:of|for|and|&)\s+)?"
    rf"{CAPITALISED_WORD})*)\s+(?P<name>(?:{CAPITALISED_WORD}|{INITIALS})(?:\s+{INITIALS})?\s+(?:{PARTICLES}\s+)?{FAMILY_WORD})\Z"
)


def _parse_role_at_organisation_before_name(chunk: str, at: int) -> NounPhrase | None:
    """Parse `agronomist and secretary of the Yuna Farm Group Ida Moss`: the given name tells where the name begins."""
    match = (
        _ROLE_AT_ORGANISATION_PATTERN.fullmatch(chunk)
        if " of " in chunk or " for " in chunk or " at " in chunk
        else None
    )
    if not match or match["name"].split()[0] not in GIVEN_NAMES:
        return None
    role = strip_article(match["role"])
    head = re.split(r"\s(?:of|for|at|with)\s", role)[0].split()[-1].lower()
    if head not in PERSON_NOUNS:
        return None
    start = at + match.start("name")
    return NounPhrase(PhraseKind.NAME, start, at + len(chunk), match["name"], role=role, lead_start=at)


_BODY_BEFORE_NAME_PATTERN = re.compile(
    rf"(?:[Tt]he\s+|[Aa]n?\s+)?(?P<kind>(?:[\w-]+\s+){{0,4}}?[a-z-]+)\s+(?P<name>{CAPITALISED_WORD}(?:\s+(?:(?:of|for|and|&)\s+(?:the\s+)?)?{CAPITALISED_WORD}){{0,5}})\Z"
)


def parse_body_before_name(chunk: str, at: int) -> NounPhrase | None:
    """Parse `civil action group Outa`, `the election watchdog Association for Fair Votes`: the name of a body."""
    if not _MAY_END_NAME_PATTERN.match(chunk.rsplit(None, 1)[-1]) or BODY_KINDS.isdisjoint(chunk.split()):
        return None
    match = _BODY_BEFORE_NAME_PATTERN.fullmatch(chunk)
    if not match:
        return None
    words = match["kind"].split()
    if words[-1] not in BODY_KINDS or any(word.lower() in FUNCTION_WORDS or word in AUXILIARIES for word in words):
        return None
    start = at + match.start("name")
    return NounPhrase(PhraseKind.ORGANISATION, start, at + len(chunk), strip_possessive(match["name"]), lead_start=at)
