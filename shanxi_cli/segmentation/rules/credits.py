"""Credits of pictures: find a credit in a text and separate it from its caption.

A credit is known by its form: a name and an agency with a slash between, brackets that begin with Photo,
`Picture: NAME`, `Photos provided to China Daily`, a bare agency after a full stop, and similar forms.
"""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from shanxi_cli.analysis.word_frequency import word_frequency
from shanxi_cli.segmentation.lexicon import AGENCIES, PUBLICATION_ENDINGS
from shanxi_cli.segmentation.rules.names import is_agency
from shanxi_cli.segmentation.sentence_boundaries import ends_with_stop

_CAPS_WORD_REGEX = r"(?:[A-ZÀ-Þ]\.|(?:Mc|Mac|O['’])?[A-ZÀ-Þ][A-ZÀ-Þ'’-]*(?![a-z]))"
_CAPS_NAME_REGEX = rf"{_CAPS_WORD_REGEX}(?:\s+{_CAPS_WORD_REGEX}){{0,4}}"
_NAME_WORD_REGEX = r"(?:[A-ZÀ-Þ]\.|(?:Dr|St|Jr|Sr)\.|[A-ZÀ-Þ][\w'’-]*)"
_NAME_REGEX = rf"{_NAME_WORD_REGEX}(?:\s+(?:(?:de|van|von|bin|al|der|la)\s+)?{_NAME_WORD_REGEX}){{0,4}}"
_AGENCY_NAMES_REGEX = "|".join(
    sorted((re.escape(name).replace(r"\ ", r"\s+") for name in AGENCIES), key=len, reverse=True)
)
_PUBLICATION_ENDINGS_REGEX = "|".join(sorted(PUBLICATION_ENDINGS, key=len, reverse=True))
_AGENCY_REGEX = rf"(?:(?:for|FOR|For)\s+)?(?:(?i:{_AGENCY_NAMES_REGEX})|(?:[A-Z][\w.'’-]*\s+){{1,4}}(?i:{_PUBLICATION_ENDINGS_REGEX}))(?:\s+(?i:photos?|pool|images))?"
_PICTURE_KIND_REGEX = r"(?i:(?:staff|file|special|courtesy|agency)\s+(?:photos?|photographs?|pictures?)|photos?|photographs?|photography|pictures?|pics?|pix|images?|photo\s+credits?|picture\s+credits?|illustrations?|graphics?|drawings?|cartoons?|artwork)"
_CREDIT_PREPOSITION_REGEX = r"(?i:by|from|courtesy(?:\s+of)?|via|supplied\s+by|provided\s+(?:by|to)|taken\s+by)"
_CREDITED_NAMES_REGEX = (
    rf"(?:{_CAPS_NAME_REGEX}|{_NAME_REGEX})(?:\s*(?:,|&|and|AND)\s+(?:{_CAPS_NAME_REGEX}|{_NAME_REGEX}))*"
)
_STRONG_CREDIT_REGEXES = (
    rf"(?:{_PICTURE_KIND_REGEX}\s+{_CREDIT_PREPOSITION_REGEX}\s+)?{_CAPS_NAME_REGEX}(?:\s*(?:,|&|AND)\s*{_CAPS_NAME_REGEX})*\s*/\s*(?:FOR\s+)?[A-Z][A-Z'’.& -]*[A-Z](?![a-z])(?:\s*/\s*[A-Z][A-Z ]*[A-Z](?![a-z]))?",
    rf"(?:{_PICTURE_KIND_REGEX}\s+{_CREDIT_PREPOSITION_REGEX}\s+)?{_NAME_REGEX}(?:\s*(?:,|&|and)\s+{_NAME_REGEX})*\s*/\s*{_AGENCY_REGEX}",
    rf"{_AGENCY_REGEX}\s*/\s*{_NAME_REGEX}",
    rf"\[\s*(?:{_PICTURE_KIND_REGEX}|{_AGENCY_REGEX}|(?i:file|courtesy|provided|credit))\b[^\]]{{0,90}}\]",
    rf"\[\s*{_NAME_REGEX}\s*/\s*[^\]]{{2,60}}\]",
    rf"\(\s*(?:{_PICTURE_KIND_REGEX}|(?i:file|courtesy|credit|ap\s+photo|handout))\b[^)]{{0,90}}\)",
    rf"\(\s*(?:{_AGENCY_REGEX}|{_NAME_REGEX})\s*(?:/|via|,|:)\s*[^)]{{2,60}}\)",
    rf"\(\s*(?i:{_AGENCY_NAMES_REGEX})\s*\)",
)
_TRAILING_CREDIT_REGEXES = (
    *_STRONG_CREDIT_REGEXES,
    rf"{_PICTURE_KIND_REGEX}\s*(?:[:|/-]|{_CREDIT_PREPOSITION_REGEX}\s*:?)\s*(?:{_CREDIT_PREPOSITION_REGEX}\s+)?(?:{_CREDITED_NAMES_REGEX}|{_AGENCY_REGEX})(?:\s*[/|,(]\s*[\w .&'’-]{{2,40}}\)?)?\.?",
    rf"(?:{_PICTURE_KIND_REGEX}\s+)?(?i:supplied|provided|courtesy)\s+(?i:to|by|of)\s+(?:the\s+)?(?:[A-Z][\w'’.&-]*\s*){{1,6}}\.?",
    rf"(?:{_PICTURE_KIND_REGEX}\s+)?(?i:handout|file\s+photo|file\s+picture|file|submitted|contributed|supplied|handout\s+photo)(?:\s*(?:via|/|,)\s*{_CREDITED_NAMES_REGEX})?",
    rf"(?i:credit|image\s+credit|source|©|copyright|courtesy)\s*[:©]?\s*(?:{_CREDITED_NAMES_REGEX}|{_AGENCY_REGEX})(?:\s*/\s*{_AGENCY_REGEX})?",
    rf"(?i:{_AGENCY_NAMES_REGEX})(?:\s+(?i:photos?|pictures?))?",
    rf"(?:{_CAPS_NAME_REGEX}|{_NAME_REGEX})\s+(?i:photos?|pictures?|file\s+photos?|file|photography|illustration)",
    rf"\|\s*{_PICTURE_KIND_REGEX}\s*\|\s*(?:{_CREDITED_NAMES_REGEX})(?:\s*\|\s*{_CREDITED_NAMES_REGEX})*",
    rf"{_PICTURE_KIND_REGEX}\s*\|\s*(?:{_CREDITED_NAMES_REGEX})(?:\s*\|\s*{_CREDITED_NAMES_REGEX})*",
    rf"(?:{_CREDITED_NAMES_REGEX})\s*\|\s*(?:{_PICTURE_KIND_REGEX}|{_AGENCY_REGEX}|{_CREDITED_NAMES_REGEX})",
    rf"(?:{_PICTURE_KIND_REGEX}\s+)?(?:[A-Z][A-Z'’.&-]*\s+){{1,4}}(?:{_PUBLICATION_ENDINGS_REGEX.upper()})",
    rf"{_CAPS_NAME_REGEX},\s+(?:[A-Z][A-Z'’.&-]*\s+){{1,4}}(?:{_PUBLICATION_ENDINGS_REGEX.upper()})",
    r"(?:SUBMITTED|CONTRIBUTED|SUPPLIED|HANDOUT|COURTESY)(?:\s+(?:PHOTOS?|PICTURES?|IMAGES?))?",
    rf"{_CAPS_NAME_REGEX}",
)
_TRAILING_CREDIT_PATTERN = re.compile(rf"(?P<credit>{'|'.join(f'(?:{p})' for p in _TRAILING_CREDIT_REGEXES)})\Z")
_CREDIT_START_PATTERN = re.compile(
    r"(?:(?<=[.!?”\"’')\]:,])|(?<=[a-z0-9]))[\s—–|•·/-]+(?=[\[(A-ZÀ-Þ©|])|\A(?=[\[(A-ZÀ-Þ©|])"
)
"""Possible starts of a credit: after the end of a sentence, or a capital or bracket after a lower-case letter."""
_INNER_CREDIT_PATTERN = re.compile(
    rf"(?<=[.!?”\"’')\]a-z0-9])\s+(?P<credit>{'|'.join(f'(?:{p})' for p in _STRONG_CREDIT_REGEXES)})(?=\s|\Z)"
)
_LEADING_CREDIT_PATTERN = re.compile(
    rf"\A(?P<credit>{'|'.join(f'(?:{p})' for p in (*_STRONG_CREDIT_REGEXES, _TRAILING_CREDIT_REGEXES[len(_STRONG_CREDIT_REGEXES)]))})\s*[:.|—–-]?\s+(?=[A-Z\"“‘])"
)
_CREDIT_HINT_PATTERN = re.compile(
    rf"[/\[(:|©]|\b{_PICTURE_KIND_REGEX}\b|(?i:provided|supplied|courtesy|credit)|\b[A-Z]{{2,}}\b"
)
_AFTER_SENTENCE_PATTERN = re.compile(r"[.!?”\"’')\]]\s+[|—–\[(]?\s*[A-Z©]")


_STROKE_CREDIT_PATTERN = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]+(?:\s[A-ZÀ-Þ][\w.'’-]*){1,3}\s?/\s?[\w'’-]+(?:\s[\w'’-]+){0,3}"
    r"|[A-ZÀ-Þ][\w'’-]{3,}\s?/\s?[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w.'’-]*){1,3}"
)
"""A name and a newspaper that no list has, or the other way round, alone in their line: `Emily Reed/ itemizer-Observer`."""


class CreditedCaption(NamedTuple):
    """A caption and its credit as printed; either is empty if missing."""

    text: str
    credit: str


def parse_standalone_credit(text: str) -> str:
    """Return the credit that a whole line is; empty if it is not one."""
    if len(text) > 140:
        return ""
    if _STROKE_CREDIT_PATTERN.fullmatch(text):
        return text
    match = _TRAILING_CREDIT_PATTERN.match(text)
    if not match:
        return ""
    credit = match["credit"]
    return "" if _is_bare_caps_name(credit) else credit


def _match_credit_at_end(text: str, start: int) -> re.Match[str] | None:
    """Return the match of a credit that ends a text and begins at `start` or after; None if there is none."""
    for place in _CREDIT_START_PATTERN.finditer(text, start):
        if match := _TRAILING_CREDIT_PATTERN.match(text, place.end()):
            return match
    return None


def strip_credit_marks(credit: str) -> str:
    """Return a credit without the brackets and bars around it."""
    if credit[:1] in "[(" and credit[-1:] in "])":
        credit = credit[1:-1]
    return credit.strip(" |.")


def split_trailing_credit(text: str) -> CreditedCaption | None:
    """Return caption and credit of a text that ends with a credit; None for any other."""
    if len(text) > 1_500:
        return None
    # A credit is at the end only; searching there, and only if it has a sign of one, keeps pages fast.
    start = max(0, len(text) - 160)
    if text[-1:] in ".!?\"”’'" and not _CREDIT_HINT_PATTERN.search(text, start):
        return None
    match = _match_credit_at_end(text, start)
    if not match:
        return None
    credit, caption = match["credit"], text[: match.start("credit")].rstrip(" —–|•·/-(")
    if not caption:
        return None
    ended = ends_with_stop(caption)
    if not ended and not _is_certain_credit(credit):
        return None
    if _is_bare_caps_name(credit) and not _is_photographer_name(credit, caption):
        return None
    if re.fullmatch(r"\(.*\)", credit) and len(caption) > 400:
        return None  # an agency's signature under an article
    return CreditedCaption(caption, strip_credit_marks(credit))


def split_leading_credit(text: str) -> CreditedCaption | None:
    """Return caption and credit of a text that begins with a credit; None for any other."""
    match = _LEADING_CREDIT_PATTERN.match(text[:200])
    if not match or len(text) > 1_500:
        return None
    return CreditedCaption(text[match.end() :].strip(), strip_credit_marks(match["credit"]))


def find_inner_credits(text: str, lines: Sequence[str] = ()) -> list[tuple[int, int]]:
    """Return the spans of credits inside a text: half-open, in characters, into `text`.

    Only unambiguous forms count and, at the end of one of the `lines` that were joined to the text, any form after a
    full stop if the next line begins in the middle of a sentence.
    """
    credits = []
    if "/" in text or "[" in text or "(" in text:
        spans = [match.span("credit") for match in _INNER_CREDIT_PATTERN.finditer(text)]
        dateline = re.compile(r"\s*[—–-]")
        credits = [span for span in spans if not _is_in_brackets(text, span[0]) and not dateline.match(text, span[1])]
    for line, after in itertools.pairwise(lines):
        start = max(0, len(line) - 80)
        match = (
            _match_credit_at_end(line, start)
            if after[:1].islower() and _AFTER_SENTENCE_PATTERN.search(line, start)
            else None
        )
        if not match or not ends_with_stop(line[: match.start("credit")].rstrip()):
            continue
        if _is_bare_caps_name(match["credit"]) and not _is_photographer_name(
            match["credit"], line[: match.start("credit")].rstrip()
        ):
            continue
        at = text.find(match["credit"])
        span = (at, at + len(match["credit"]))
        if at > 0 and not any(start < span[1] and span[0] < end for start, end in credits):
            credits.append(span)
    return sorted(credits)


def _is_in_brackets(text: str, at: int) -> bool:
    before = text[max(0, at - 60) : at]
    return before.count("[") > before.count("]") or before.count("(") > before.count(")")


def _is_certain_credit(credit: str) -> bool:
    return any(re.fullmatch(pattern, credit) for pattern in _TRAILING_CREDIT_REGEXES[: len(_STRONG_CREDIT_REGEXES) + 3])


def _is_bare_caps_name(credit: str) -> bool:
    """Return True for a credit that is only a name in capitals, which is ambiguous."""
    bare = re.fullmatch(_CAPS_NAME_REGEX, credit) and not is_agency(credit)
    return bool(bare) and not re.match(
        rf"{_PICTURE_KIND_REGEX}\b|(?i:provided|supplied|courtesy|handout|submitted|contributed)\b", credit
    )


def _is_photographer_name(credit: str, caption: str) -> bool:
    """Return True for a name in capitals after a caption, not an abbreviation that ends a sentence."""
    words = credit.split()
    return len(words) >= 2 and ends_with_stop(caption) and any(word_frequency(word) < 20_000 for word in words)
