"""Captions and their credits: where a credit stands in a text, and what of the text is the caption.

A credit is told from text by its form: a name and an agency with a stroke between, brackets that begin with Photo,
`Picture: NAME`, `Photos provided to China Daily`, a bare agency behind a full stop, and their kin.
"""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from shanxi_cli.analysis.word_frequency import word_frequency
from shanxi_cli.segmentation.lexicon import AGENCIES, PUBLICATION_ENDS
from shanxi_cli.segmentation.rules.bylines import is_agency

_CAPS_WORD_REGEX = r"(?:[A-ZÀ-Þ]\.|(?:Mc|Mac|O['’])?[A-ZÀ-Þ][A-ZÀ-Þ'’-]*(?![a-z]))"
_CAPS_NAME_REGEX = rf"{_CAPS_WORD_REGEX}(?:\s+{_CAPS_WORD_REGEX}){{0,4}}"
_NAME_WORD_REGEX = r"(?:[A-ZÀ-Þ]\.|(?:Dr|St|Jr|Sr)\.|[A-ZÀ-Þ][\w'’-]*)"
_NAME_REGEX = rf"{_NAME_WORD_REGEX}(?:\s+(?:(?:de|van|von|bin|al|der|la)\s+)?{_NAME_WORD_REGEX}){{0,4}}"
_AGENCY_NAMES_REGEX = "|".join(
    sorted((re.escape(name).replace(r"\ ", r"\s+") for name in AGENCIES), key=len, reverse=True)
)
_PUBLICATION_ENDINGS_REGEX = "|".join(sorted(PUBLICATION_ENDS, key=len, reverse=True))
_AGENCY_REGEX = rf"(?:(?:for|FOR|For)\s+)?(?:(?i:{_AGENCY_NAMES_REGEX})|(?:[A-Z][\w.'’-]*\s+){{1,4}}(?i:{_PUBLICATION_ENDINGS_REGEX}))(?:\s+(?i:photos?|pool|images))?"
_PICTURE_KIND_REGEX = r"(?i:photos?|photographs?|photography|pictures?|pics?|pix|images?|photo\s+credits?|picture\s+credits?|illustrations?|graphics?|drawings?|cartoons?|artwork)"
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
"""Where a credit may begin: behind the end of a sentence, or behind a small letter with a capital or a bracket."""
_INNER_CREDIT_PATTERN = re.compile(
    rf"(?<=[.!?”\"’')\]a-z0-9])\s+(?P<credit>{'|'.join(f'(?:{p})' for p in _STRONG_CREDIT_REGEXES)})(?=\s|\Z)"
)
_LEADING_CREDIT_PATTERN = re.compile(
    rf"\A(?P<credit>{'|'.join(f'(?:{p})' for p in (*_STRONG_CREDIT_REGEXES, _TRAILING_CREDIT_REGEXES[len(_STRONG_CREDIT_REGEXES)]))})\s*[:.|—–-]?\s+(?=[A-Z\"“‘])"
)
_DIRECTION_PATTERN = re.compile(
    r"(?:\(?(?:from|far|clockwise|top|bottom|above|below|left|right|main|inset|center|centre|pictured|main\s+picture)"
    r"(?:\s+(?:from|left|right|top|bottom|and|row|to|picture|photo|image|center|centre|above|below))*\s*[:)]|L[-–]R\s*:|pictured\s*:|(?:from|clockwise\s+from)\s+(?:top|left|above|right)\b)",
    re.IGNORECASE,
)
_POINTING_PATTERN = re.compile(
    r"\((?:pictured|left|right|center|centre|above|below|second left|second right|far left|far right|top|bottom|inset|front|back)[^)]{0,30}\)|\bpictured\b|\bfile photo\b|\bin this (?:photo|picture|image|undated)",
    re.IGNORECASE,
)
_REPORTED_SPEECH_PATTERN = re.compile(
    r"\b(?:said|told|added|noted|explained|recalled|according to|says)\b", re.IGNORECASE
)
_CREDIT_HINT_PATTERN = re.compile(
    rf"[/\[(:|©]|\b{_PICTURE_KIND_REGEX}\b|(?i:provided|supplied|courtesy|credit)|\b[A-Z]{{2,}}\b"
)
_AFTER_SENTENCE_PATTERN = re.compile(r"[.!?”\"’')\]]\s+[|—–\[(]?\s*[A-Z©]")
_SENTENCE_END_PATTERN = re.compile(r"[.!?][\"'”’)\]]*\Z")


class CreditedCaption(NamedTuple):
    """A caption as printed: its text and credit, either empty where it has none."""

    text: str
    credit: str


def parse_standalone_credit(text: str) -> str:
    """The credit that a whole line is; empty when it is none."""
    if len(text) > 140:
        return ""
    found = _TRAILING_CREDIT_PATTERN.match(text)
    if not found:
        return ""
    credit = found["credit"]
    return "" if _is_bare_caps_name(credit) else credit


def _match_credit_at_end(text: str, start: int) -> re.Match[str] | None:
    """The credit that a text ends with, and that begins at `start` or behind; None for none."""
    for place in _CREDIT_START_PATTERN.finditer(text, start):
        if found := _TRAILING_CREDIT_PATTERN.match(text, place.end()):
            return found
    return None


def strip_credit_marks(credit: str) -> str:
    """A credit without the brackets and strokes around it."""
    if credit[:1] in "[(" and credit[-1:] in "])":
        credit = credit[1:-1]
    return credit.strip(" |.")


def split_trailing_credit(text: str) -> CreditedCaption | None:
    """Caption and credit of a text that ends with a credit; None for any other."""
    if len(text) > 1_500:
        return None
    # Only the end can be a credit, and looking there alone, where a sign of one stands, keeps pages cheap.
    start = max(0, len(text) - 160)
    if text[-1:] in ".!?\"”’'" and not _CREDIT_HINT_PATTERN.search(text, start):
        return None
    found = _match_credit_at_end(text, start)
    if not found:
        return None
    credit, caption = found["credit"], text[: found.start("credit")].rstrip(" —–|•·/-(")
    if not caption:
        return None
    ended = bool(_SENTENCE_END_PATTERN.search(caption))
    if not ended and not _is_certain_credit(credit):
        return None
    if _is_bare_caps_name(credit) and not _is_photographer_name(credit, caption):
        return None
    if re.fullmatch(r"\(.*\)", credit) and len(caption) > 400:
        return None  # an agency's signature under an article
    return CreditedCaption(caption, strip_credit_marks(credit))


def split_leading_credit(text: str) -> CreditedCaption | None:
    """Caption and credit of a text that begins with a credit; None for any other."""
    found = _LEADING_CREDIT_PATTERN.match(text[:200])
    if not found or len(text) > 1_500:
        return None
    return CreditedCaption(text[found.end() :].strip(), strip_credit_marks(found["credit"]))


def find_inner_credits(text: str, lines: Sequence[str] = ()) -> list[tuple[int, int]]:
    """Where credits stand inside a text: half-open, in characters, into `text`.

    Only forms that are certain count, and, at the end of one of the `lines` that were joined to the text, any form
    behind a full stop, when the next line begins in the middle of a sentence.
    """
    found = []
    if "/" in text or "[" in text or "(" in text:
        spans = [match.span("credit") for match in _INNER_CREDIT_PATTERN.finditer(text)]
        dateline = re.compile(r"\s*[—–-]")
        found = [span for span in spans if not _is_in_brackets(text, span[0]) and not dateline.match(text, span[1])]
    for line, after in itertools.pairwise(lines):
        start = max(0, len(line) - 80)
        match = (
            _match_credit_at_end(line, start)
            if after[:1].islower() and _AFTER_SENTENCE_PATTERN.search(line, start)
            else None
        )
        if not match or not _SENTENCE_END_PATTERN.search(line[: match.start("credit")].rstrip()):
            continue
        if _is_bare_caps_name(match["credit"]) and not _is_photographer_name(
            match["credit"], line[: match.start("credit")].rstrip()
        ):
            continue
        at = text.find(match["credit"])
        span = (at, at + len(match["credit"]))
        if at > 0 and not any(start < span[1] and span[0] < end for start, end in found):
            found.append(span)
    return sorted(found)


def _is_in_brackets(text: str, at: int) -> bool:
    before = text[max(0, at - 60) : at]
    return before.count("[") > before.count("]") or before.count("(") > before.count(")")


def _is_certain_credit(credit: str) -> bool:
    return any(re.fullmatch(pattern, credit) for pattern in _TRAILING_CREDIT_REGEXES[: len(_STRONG_CREDIT_REGEXES) + 3])


def _is_bare_caps_name(credit: str) -> bool:
    """True for a credit of a name in capitals and nothing else, which much in capitals could be."""
    bare = re.fullmatch(_CAPS_NAME_REGEX, credit) and not is_agency(credit)
    return bool(bare) and not re.match(
        rf"{_PICTURE_KIND_REGEX}\b|(?i:provided|supplied|courtesy|handout|submitted|contributed)\b", credit
    )


def _is_photographer_name(credit: str, caption: str) -> bool:
    """True for a name in capitals behind a caption, rather than an abbreviation that ends a sentence."""
    words = credit.split()
    return (
        len(words) >= 2
        and bool(_SENTENCE_END_PATTERN.search(caption))
        and any(word_frequency(word) < 20_000 for word in words)
    )


def points_to_picture(text: str) -> bool:
    """True for a short text that points to what a picture shows: `(right)`, `pictured`, `From left:`."""
    return len(text.split()) <= 40 and (starts_with_direction(text) or bool(_POINTING_PATTERN.search(text)))


def starts_with_direction(text: str) -> bool:
    """True for a text that begins by saying which picture it is about: `From left:`, `Above:`."""
    return bool(_DIRECTION_PATTERN.match(text))


_PEOPLE_SUBJECT_PATTERN = re.compile(
    r"(?:An?|The|Two|Three|Four|Five|Six|Some|Several|Dozens\s+of|Hundreds\s+of|Thousands\s+of)?\s*(?:[\w-]+\s+){0,2}?"
    r"\b(?P<who>[A-Za-z]*(?:er|or|ist|ee|dent|man|woman|girl|boy|child|nurse|couple|crew|team|mason|guard|clerk|chef|monk|nun|artisan|musician|technician)s?"
    r"|[A-Za-z]*men|[A-Za-z]*women|[A-Za-z]*children|people|staff|craftspeople|police|families|troops|crowds?|youths?|pupils?)\b\s+(?P<verb>[a-z]+)",
    re.IGNORECASE,
)


_PLACE_PREPOSITION_PATTERN = re.compile(
    r"\s(?:in|at|on|near|during|outside|inside|along|beside|before|past|through|over|from)\s"
)


_FINITE_VERB_PATTERN = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|could|should|said|says|can|may|might|did|does|do|became|made|came|went)\b"
)


def is_verbless_sentence(text: str) -> bool:
    """True for one sentence without a verb that tells or asks: `Bales of wool beside a lighter in the harbour.`"""
    return (
        len(text.split()) <= 30
        and not _FINITE_VERB_PATTERN.search(text)
        and not re.search(r"[.!?]\s", text)
        and ends_with_full_stop(text)
    )


def ends_with_full_stop(text: str) -> bool:
    """True for a text that ends with a full stop and does not begin with a quotation."""
    return bool(_SENTENCE_END_PATTERN.search(text)) and text[:1] not in "\"“‘'"


def describes_people(text: str) -> bool:
    """True for a text that tells, in the present tense, what somebody in a picture does: `Fishermen mend their nets at ...`."""
    if not is_likely_caption(text) or len(text.split()) > 40 or len(re.findall(r"[.!?]\s", text)) > 1:
        return False
    if not _PLACE_PREPOSITION_PATTERN.search(text) or re.match(
        r"(?:Others?|However|Whether|After|Another|Either|Neither)\b", text
    ):
        return False
    if not _PEOPLE_SUBJECT_PATTERN.match(text):
        return bool(_POINTING_PATTERN.search(text)) or starts_with_direction(text)
    return _starts_with_action(text)


_NON_ACTION_WORDS = frozenset("was were had will would can could should in at of who from and have has".split())


def _starts_with_action(text: str) -> bool:
    """True for a text that begins with people and a verb of theirs in the present tense: `Two men carry ...`."""
    found = _PEOPLE_SUBJECT_PATTERN.match(text)
    if not found:
        return False
    verb, who = found["verb"].lower(), found["who"].lower()
    if verb.endswith("ed") or verb in _NON_ACTION_WORDS:
        return False
    several = who.endswith(("s", "men", "women", "children", "people", "staff", "police")) and not who.endswith("ss")
    return verb in ("is", "are") or verb.endswith("ing") or verb.endswith("s") != several


def is_likely_caption(text: str) -> bool:
    """True for a text without a credit that reads as a caption: short, about what is to be seen, nobody speaking."""
    words = text.split()
    if not 4 <= len(words) <= 60:
        return False
    if starts_with_direction(text) or _POINTING_PATTERN.search(text):
        return True
    if _REPORTED_SPEECH_PATTERN.search(text) or text[:1] in "\"“‘'" or not _SENTENCE_END_PATTERN.search(text):
        return False
    return len(words) <= 40 and _is_present_tense(text)


_PRESENT_VERB_PATTERN = re.compile(r"\b(?:is|are|has|have)\b\s*(?:\w+(?:ed|en|ing)\b)?|\b[a-z]{3,}(?:s|ing)\b")


def _is_present_tense(text: str) -> bool:
    """True for a first sentence in the present tense: newspapers write captions so."""
    first = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[0]
    if re.search(r"\b(?:was|were|had|did|would|could|will|went|came|began|became|made|took|rose|fell|grew)\b", first):
        return False
    return bool(_PRESENT_VERB_PATTERN.search(first)) or _starts_with_action(first)
