"""Names of persons and agencies: recognize them and parse lists of them."""

import re
from typing import NamedTuple

from shanxi_cli.analysis.word_frequency import COMMON_FREQUENCY, word_frequency
from shanxi_cli.segmentation.lexicon import (
    AGENCIES,
    GIVEN_NAMES,
    MONTHS,
    NAME_PARTICLES,
    PUBLICATION_ENDINGS,
    ROLE_HEADS,
    ROLES,
    SECTION_ENDINGS,
    SECTIONS,
    SURNAMES,
    WEEKDAYS,
)

CONTACT_PATTERN = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w{3,}|(?<![\w$£€])\+?\d(?:[ ()-]{0,2}\d){8,}(?!\w)"
)
_MIN_CONTACT_DIGITS = 9
_NAME_WORD_PATTERN = re.compile(r"(?:[A-ZÀ-ÖØ-ÞŠŽŚĆ](?:[\w'’.-]*\w\.?|\.)?|[A-Z]\.(?:[A-Z]\.)*)\Z")
_CAPS_WORD_PATTERN = re.compile(r"(?:(?:Mc|Mac|O['’]|D['’]|De|Di)?[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]*)\Z")
_NAME_SEPARATOR_PATTERN = re.compile(r"\s*(?:,\s*(?:and|AND|&)\s|,|;|\band\b|\bAND\b|&|\bwith\b|\bWITH\b|\|)\s*")
_PLACE_SUFFIX_PATTERN = re.compile(r"\s+(?:in|IN|from|at|near)\s+.*\Z")
_ROLE_SEPARATOR_PATTERN = re.compile(r"\s+[-–—|/•·]\s+|\s*[/|]\s*")
STAFF_PREFIX_PATTERN = re.compile(r"\b(?:our|a|staff|special|the)\b", re.IGNORECASE)
_PINYIN_PATTERN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong|ong|u|ua|uo|uai|ui|uan|un"
    r"|uang|ueng|ue|yu|v|ve)){1,3}"
)
_HONORIFICS = ("dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame", "lord")


_NO_NAME_WORDS = frozenset(
    "after against and are as at before behind between by for from in into is no not of off on or out over the to under up was with".split()
)
"""Words that headlines have and names have not."""


def contains_contact(text: str) -> bool:
    """Return True for a text with an e-mail address, a name on a network, or a telephone number."""
    if "@" not in text and sum(map(str.isdigit, text)) < _MIN_CONTACT_DIGITS:
        return False
    return bool(CONTACT_PATTERN.search(text))


class Byline(NamedTuple):
    """Names of a byline, in their order, as printed."""

    names: tuple[str, ...]


def has_role(plain: str) -> bool:
    """Return True for at most twelve words that name a role: `Business Editor`."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", plain)]
    return any(word in ROLE_HEADS or word in ("editor", "chief") for word in words) and len(words) <= 12


def is_agency(text: str) -> bool:
    """Return True for the name of an agency or a newspaper and nothing else."""
    plain = " ".join(text.replace("’", "'").strip(" .()[]—-").split())
    if plain.lower() in AGENCIES:
        return True
    words = plain.lower().removeprefix("for ").removeprefix("the ").split()
    return 2 <= len(words) <= 5 and words[-1] in PUBLICATION_ENDINGS and plain[:1].isupper() and _is_title_case(plain)


def _is_title_case(text: str) -> bool:
    return all(word[:1].isupper() or word.lower() in ("of", "and", "the", "for", "&") for word in text.split())


def parse_names(text: str, *, sure: bool) -> Byline | None:
    """Return the names of a byline without its `By`; None if a part is not a name.

    `sure`: the line had a `By`, so that single words and longer lists are accepted.
    """
    text = CONTACT_PATTERN.sub(" ", text).strip(" \t|,;·•-–—").strip()
    if not text or text[-1:] in "!?" or len(text.split()) > (24 if sure else 14):
        return None
    text = text.removesuffix(".") if not re.search(r"\b(?:Jr|Sr|[A-Z])\.\Z", text) else text
    head = _ROLE_SEPARATOR_PATTERN.split(text)[0].strip()
    mixed = bool(re.match(r"[A-ZÀ-Þ'’.-]{2,}\s+[A-ZÀ-Þ'’.-]{2,}\s", head)) and not head.isupper()
    if (is_agency(head) and "," not in head and not mixed) or (
        sure and STAFF_PREFIX_PATTERN.match(head) and has_role(head)
    ):
        return Byline((head,))
    whole = re.findall(r"[^\W\d_]{2,}", head)
    capitals = bool(whole) and whole[0].isupper()
    names: list[str] = []
    placed = False
    for part in _NAME_SEPARATOR_PATTERN.split(head):
        bare = _PLACE_SUFFIX_PATTERN.sub("", part).strip(" .,")
        name = _parse_name(bare, capitals=capitals)
        if not name:
            if names and (not part or sure or placed or _is_name_suffix(part, capitals=capitals)):
                continue
            return None
        if names and len(name.split()) == 1 and not is_agency(name):
            continue  # the rest of a place: in Taiyuan, Shanxi
        if names and ((has_role(name) and not capitals) or is_agency(name)):
            continue
        names.append(name)
        placed = bare != part.strip(" .,")
    if sure and len(names) == 1 and len(names[0].split()) == 1 and not _may_be_single_name(names[0]):
        return None
    if not names or (not sure and any(len(name.split()) < 2 for name in names)):
        return None
    return Byline(tuple(names))


def _may_be_single_name(word: str) -> bool:
    """Return True for a word in capitals that is neither a common word nor a weekday or month."""
    plain = word.lower()
    return (
        word.isupper()
        and len(plain) > 2
        and plain not in WEEKDAYS
        and plain not in MONTHS
        and word_frequency(plain) <= 500_000
    )


def _is_name_suffix(part: str, *, capitals: bool) -> bool:
    """Return True for text that may follow names without being one: a role, a place, a title of office."""
    words = part.split()
    return (
        has_role(part) or all(word.lower().strip(",.") in ROLES for word in words) or (capitals and not part.isupper())
    )


def _parse_name(text: str, *, capitals: bool) -> str:
    """Return the name that `text` is or, in `capitals`, begins with; empty for none."""
    words = text.split()
    if capitals:
        kept = []
        for word in words:
            if not (_CAPS_WORD_PATTERN.match(word) or word.lower() in NAME_PARTICLES):
                break
            kept.append(word)
        words, rest = kept, words[len(kept) :]
        if rest and not (has_role(" ".join(rest)) or is_agency(" ".join(rest))) and not kept:
            return ""
        if rest and not has_role(" ".join(rest)) and len(rest) > 3:
            return ""
        words = _strip_role(words)
    if not words or len(words) > 5:
        return ""
    fine = all(
        _NAME_WORD_PATTERN.match(word) or _CAPS_WORD_PATTERN.match(word) or word.lower() in NAME_PARTICLES
        for word in words
    )
    if not fine or not words[0][:1].isupper() or any(char.isdigit() for char in text):
        return ""
    first = words[0].lower().strip(".")
    if (
        (first.endswith("day") and first in WEEKDAYS)
        or (first in WEEKDAYS and len(words) == 1)
        or (first in MONTHS and len(words) == 1)
    ):
        return ""
    return " ".join(words)


def _strip_role(words: list[str]) -> list[str]:
    """Return a name in capitals without the role behind it, which ends with the head noun of a role."""
    if len(words) <= 2 or words[-1].lower() not in ROLE_HEADS:
        return words
    kept = len(words) - 1
    while kept > 2 and words[kept - 1].lower() in ROLES:
        kept -= 1
    return words[:kept]


def may_be_person(name: str) -> bool:
    """Return True for two to four words of which at least the last is uncommon."""
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word.lower() not in (*NAME_PARTICLES, *_HONORIFICS)]
    return (
        2 <= len(words) <= 4
        and not any(word.lower() in _NO_NAME_WORDS for word in words)
        and word_frequency(words[-1]) < 3_000
        and sum(word_frequency(word) >= 20_000 for word in words) < len(words)
        and words[-1].lower() not in SECTION_ENDINGS
        and name.lower() not in SECTIONS
    )


def is_person(name: str, *, certain: bool) -> bool:
    """Return True for a name that does not consist of common words.

    `certain`: other evidence, such as a role or a place, marks the line as a byline.
    """
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word.lower() not in (*NAME_PARTICLES, *_HONORIFICS)]
    if re.match(r"(?:[A-Z]\.\s?){1,3}[A-Z]", name) and len(words[-1]) > 2 and word_frequency(words[-1]) < 8_000:
        return True
    if not 2 <= len(words) <= 4 or words[-1].lower() in SECTION_ENDINGS or name.lower() in SECTIONS:
        return False
    first, last = words[0].lower(), words[-1].lower()
    if first not in GIVEN_NAMES and sum(word_frequency(word) >= 8_000 for word in words) >= 2:
        return False
    if first in SURNAMES and all(_is_pinyin(word) for word in words[1:]):
        return True
    return (
        certain
        or first in GIVEN_NAMES
        or (last in SURNAMES and first.isalpha() and word_frequency(first) < COMMON_FREQUENCY)
    )


def _is_pinyin(word: str) -> bool:
    """Return True for a word that consists of syllables of romanized Chinese."""
    return bool(_PINYIN_PATTERN.fullmatch(word.lower()))


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of a list, without their places and roles."""
    text = CONTACT_PATTERN.sub(" ", text)
    names: list[str] = []
    for part in _NAME_SEPARATOR_PATTERN.split(text.strip(" .()[]")):
        name = _PLACE_SUFFIX_PATTERN.sub("", part).strip(" .()[]")
        words = name.split()
        if words and len(words) <= 5 and all(_NAME_WORD_PATTERN.match(w) or w.lower() in NAME_PARTICLES for w in words):
            if len(words) == 1 and names and _PLACE_SUFFIX_PATTERN.search(text):
                continue
            names.append(name)
    return tuple(names)
