"""The people whom a text names, with what the words beside their names say of them."""

import re
from collections.abc import Iterator

from shanxi_cli.extraction.quotes.lexicon import PERSON_NOUNS, REPORTING, SAYING, TITLES
from shanxi_cli.extraction.quotes.noun_classes import is_organisation
from shanxi_cli.extraction.quotes.person_names import CAPITAL, chinese_names, is_chinese
from shanxi_cli.extraction.quotes.roles import after_name
from shanxi_cli.places.gazetteer import named

_VERBS = frozenset([*SAYING, *REPORTING])
_WHO = re.compile(rf"(?<![\w-])(?:For\s|But\s|And\s)?(?P<name>{CAPITAL}(?:\s+{CAPITAL}){{1,3}}),\s+who\b")
_FULL = re.compile(rf"(?P<title>{TITLES}\s+)?(?P<name>{CAPITAL}(?:\s+{CAPITAL}){{1,3}}),\s")
_WITH_TITLE = re.compile(rf"\b(?P<title>{TITLES})\s+(?P<name>{CAPITAL}(?:\s+{CAPITAL}){{1,2}})")
_ROLE_BEFORE = re.compile(
    r"(?<![\w'’-])((?:[\w-]+\s+){0,4}?)(?<![\w'’-])(" + "|".join(sorted(PERSON_NOUNS)) + r"),?\s+\Z", re.IGNORECASE
)
_OF_PLACES = "province|county|city|district|village|town|township|river|mountain|mountains|lake|project|program|plan"
_NO_NAMES = frozenset(
    "china chinese north south east west new central inner great hong asia europe african american international "
    "national state province county city district village town river lake mountain mountains park temple street "
    "avenue road square bridge dynasty banner autonomous region sea ocean valley island festival museum newspaper "
    "silk belt five-year party congress games olympic olympics covid kingdom republic union united world high-tech "
    "cup day year spring winter summer autumn january february march april may june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday".split()
)


def introductions(text: str) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, role, organisation) of full names in a text; the last two are empty where nothing tells them."""
    for start, end in chinese_names(text):
        yield start, end, *_said_beside(text, start, end)
    for found in _FULL.finditer(text):
        if not is_chinese(found["name"]):
            role, organisation = after_name(text, found.end("name"))
            titled = re.match(rf"{TITLES}\s+\S+\Z", found["name"])  # Ms Chen is no full name
            if role and not titled and not _names_organisation(found["name"]):
                yield found.start("name"), found.end("name"), role, organisation
    for found in _WHO.finditer(text):
        if not is_chinese(found["name"]) and not _names_organisation(found["name"]):
            yield found.start("name"), found.end("name"), "", ""
    for found in _WITH_TITLE.finditer(text):
        if not _names_organisation(found["name"]) and not is_chinese(found["name"]):
            yield found.start("name"), found.end("name"), *_said_beside(text, found.start("name"), found.end("name"))


def _said_beside(text: str, start: int, end: int) -> tuple[str, str]:
    role, organisation = after_name(text, end)
    before = None if role else _ROLE_BEFORE.search(text, max(0, start - 60), start)
    if before:
        words = before[1].split()
        cut = [n for n, word in enumerate(words) if word.lower() in _VERBS]
        words = words[cut[-1] + 1 :] if cut else words
        while words and (words[0].lower() in ("the", "a", "an", "its", "by", "of", "and", "to", "with", "as", "when")):
            words.pop(0)
        role = " ".join([*(words if len(words) < 4 and all(w.isalpha() for w in words) else []), before[2]])
    return role, organisation


def _names_organisation(name: str) -> bool:
    return is_organisation(name.split()[-1].lower())


_STRANGER = re.compile(
    rf"(?<=[a-z,] )(?<![Tt]he ){CAPITAL} {CAPITAL}(?! {CAPITAL})(?=[\s,.;:]|\Z)(?!\s+(?:{_OF_PLACES})\b)"
)


def strangers(text: str) -> Iterator[int]:
    """Where two words with capitals may name a person whom nothing introduces: `met John Smith`."""
    for found in _STRANGER.finditer(text):
        first, last = found.group().split()
        no_person = {first.lower(), last.lower()} & _NO_NAMES or named(first) or first.endswith("'s")
        if not no_person and not is_organisation(last.lower()) and not is_chinese(found.group()):
            yield found.start()
