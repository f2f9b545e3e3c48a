"""Captions without a credit: recognize them by their wording."""

import re

from shanxi_cli.segmentation.sentence_boundaries import ends_with_stop

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
_NON_ACTION_WORDS = frozenset("was were had will would can could should in at of who from and have has".split())
_PRESENT_VERB_PATTERN = re.compile(r"\b(?:is|are|has|have)\b\s*(?:\w+(?:ed|en|ing)\b)?|\b[a-z]{3,}(?:s|ing)\b")


def points_to_picture(text: str) -> bool:
    """Return True for a short text that points to a picture: `(right)`, `pictured`, `From left:`."""
    return len(text.split()) <= 40 and (starts_with_direction(text) or bool(_POINTING_PATTERN.search(text)))


def starts_with_direction(text: str) -> bool:
    """Return True for a text that begins with the position of its picture: `From left:`, `Above:`."""
    return bool(_DIRECTION_PATTERN.match(text))


def is_verbless_sentence(text: str) -> bool:
    """Return True for one sentence without a finite verb: `Bales of wool beside a lighter in the harbour`."""
    return (
        len(text.split()) <= 30
        and not _FINITE_VERB_PATTERN.search(text)
        and not re.search(r"[.!?]\s", text)
        and ends_with_full_stop(text)
    )


def ends_with_full_stop(text: str) -> bool:
    """Return True for a text that ends a sentence and does not begin with a quotation."""
    return ends_with_stop(text) and text[:1] not in "\"“‘'"


def describes_people(text: str) -> bool:
    """Return True for a text that says in the present tense what people do: `Fishermen mend nets at the pier`."""
    if not is_likely_caption(text) or len(text.split()) > 40 or len(re.findall(r"[.!?]\s", text)) > 1:
        return False
    if not _PLACE_PREPOSITION_PATTERN.search(text) or re.match(
        r"(?:Others?|However|Whether|After|Another|Either|Neither)\b", text
    ):
        return False
    if not _PEOPLE_SUBJECT_PATTERN.match(text):
        return bool(_POINTING_PATTERN.search(text)) or starts_with_direction(text)
    return _starts_with_action(text)


def _starts_with_action(text: str) -> bool:
    """Return True for a text that begins with people and a present-tense verb: `Two men carry ...`."""
    match = _PEOPLE_SUBJECT_PATTERN.match(text)
    if not match:
        return False
    verb, who = match["verb"].lower(), match["who"].lower()
    if verb.endswith("ed") or verb in _NON_ACTION_WORDS:
        return False
    several = who.endswith(("s", "men", "women", "children", "people", "staff", "police")) and not who.endswith("ss")
    return verb in ("is", "are") or verb.endswith("ing") or verb.endswith("s") != several


def is_likely_caption(text: str) -> bool:
    """Return True for a text that reads as a caption without a credit: short, descriptive, without speech."""
    words = text.split()
    if not 4 <= len(words) <= 60:
        return False
    if starts_with_direction(text) or _POINTING_PATTERN.search(text):
        return True
    if _REPORTED_SPEECH_PATTERN.search(text) or text[:1] in "\"“‘'" or not ends_with_stop(text):
        return False
    return len(words) <= 40 and _is_present_tense(text)


def _is_present_tense(text: str) -> bool:
    """Return True for a text whose first sentence is in the present tense, as captions are."""
    first = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[0]
    if re.search(r"\b(?:was|were|had|did|would|could|will|went|came|began|became|made|took|rose|fell|grew)\b", first):
        return False
    return bool(_PRESENT_VERB_PATTERN.search(first)) or _starts_with_action(first)
