"""Places of a text: those of the gazetteers, and names that a kind beside them makes places (`Ulan county`).

The divisions of Shanxi are found by `places.gazetteer`, with its rules for Shaanxi and for Chinese text.
"""

import re
from collections.abc import Iterator, Sequence

from shanxi_cli.extraction.names.evidence import find_evidence
from shanxi_cli.extraction.names.segments import Segment, cut_segment, opens_sentence
from shanxi_cli.places.world_gazetteer import WorldPlace, is_larger_place, load_world_places
from shanxi_cli.util.lexicon import load_list

_KINDS = frozenset(["County", "Province", "Prefecture", "Oblast", "Township", "Village", "Parish", "Peninsula"])
"""Kinds that make a place of a name when they are part of it."""
_KIND_BEHIND = re.compile(r" (?:county|province|prefecture|oblast|township|village|district)(?![\w-])")
_DIRECTIONS = frozenset(
    "North South East West Northern Southern Eastern Western Central Downtown Mainland Greater Upper Lower".split()
)
_HYPHEN_TAIL = re.compile(r"-[a-z]+\Z")
_STATE_ABBREVIATIONS = dict(line.split("\t") for line in load_list("places/state_abbreviations"))
_DATELINE = re.compile(
    r"(?P<city>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,3})(?:, (?P<country>[A-Z][\w.]*(?: [A-Z][\w.]*){0,3}))?"
    r"(?:, [A-Z][a-z]+\.? \d{1,2})?(?:, \d{4})?\.? ?(?:\([A-Z][\w ]*\) ?[-–—:]+|[–—]|--| - |:(?= ))"
)
_CURRENCY_SIGN = "$£€¥"
_RELATIVE_BEFORE = re.compile(
    r"\b(?:his|her|my|their|our|whose|a|the) (?:\w+ )?(?:wife|husband|son|daughter|sister|brother|mother|father|"
    r"partner|girlfriend|boyfriend|fianc[eé]e?|dog|cat|child|baby|twin|niece|nephew|"
    r"cousin|friend|granddaughter|grandson),? \Z",
    re.IGNORECASE,
)
_RELATIVE_REACH = 40


def find_datelines(text: str) -> Iterator[str]:
    """Yield the cities and countries of datelines: `HANOI, Vietnam (AP) —`."""
    starts = [0, *(break_.end() for break_ in re.finditer("\n\n", text))]
    for match in filter(None, (_DATELINE.match(text, start) for start in starts)):
        name = " ".join(word.capitalize() for word in match["city"].split())
        larger = match["country"] and _find_larger(match["country"])
        if not larger and match.group().endswith(":") and not _is_certain(name):
            continue  # a heading or a speaker: `NICE: It is over`
        if name in load_world_places() or larger:
            yield _usual_name(name)
        if larger:
            yield larger.name


def _find_larger(name: str) -> WorldPlace | None:
    """Return the country, state or region of a name or of its abbreviation (`Calif.`), or None."""
    place = load_world_places().get(_STATE_ABBREVIATIONS.get(name, name))
    return place if is_larger_place(place) else None


def _is_certain(name: str) -> bool:
    place = load_world_places().get(name)
    return place is not None and place.alone


def _usual_name(name: str) -> str:
    place = load_world_places().get(name)
    return place.name if place else name


def find_place(text: str, segments: Sequence[Segment], at: int, segment: Segment) -> tuple[str, bool]:
    """Return the place that a segment, or its part `segment`, names, and whether other evidence makes it certain.

    The name is empty for no place. `segment` is behind or before other words only where roles are cut off.
    """
    segment = _trim_segment(segment)
    name = segment.name
    place = load_world_places().get(name)
    if place is not None and _is_no_place(text, segment):
        return "", False
    if place is None and len(segment.words) > 1 and segment.words[-1] in _KINDS:
        return (name, True) if not segment.possessive or len(segment.words) == 2 else ("", False)
    behind = _names_larger_behind(text, segments, at, segment)
    if place is None:
        short = len(segment.words) < 3 and segment.words[0] != "The"
        has_kind = short and not segment.possessive and _KIND_BEHIND.match(text, segment.end) is not None
        has_kind = has_kind and not opens_sentence(text, segment.start)
        return (name, True) if has_kind or (short and behind and _follows_in(text, segment)) else ("", False)
    certain = (
        behind
        or _is_listed(text, segments, at, segment)
        or bool(find_evidence("place", text, segment.start, segment.end))
    )
    return (place.name, certain and place.alone) if place.alone or certain else ("", False)


def _is_no_place(text: str, segment: Segment) -> bool:
    """Return True for a name before the sign of a currency (`US$5`), and for a relative's (`his wife, Sydney,`)."""
    if text[segment.end : segment.end + 1] in tuple(_CURRENCY_SIGN):
        return True
    return len(segment.words) == 1 and bool(
        _RELATIVE_BEFORE.search(text, max(0, segment.start - _RELATIVE_REACH), segment.start)
    )


def _trim_segment(segment: Segment) -> Segment:
    """Return a segment without a direction before it and a tail behind a hyphen: `Southern Ohio`, `Oslo-based`."""
    words = segment.words
    if len(words) > 1 and words[0] in _DIRECTIONS and segment.name not in load_world_places():
        segment = cut_segment(segment, 1, len(words))
    if "-" in segment.words[-1] and (tail := _HYPHEN_TAIL.search(segment.words[-1])):
        words = (*segment.words[:-1], segment.words[-1][: tail.start()])
        segment = segment._replace(words=words, end=segment.end - len(tail.group()))
    return segment


def _names_larger_behind(text: str, segments: Sequence[Segment], at: int, segment: Segment) -> bool:
    """Return True if a country, state or region is named behind a comma: `Reading, England`."""
    if at + 1 >= len(segments) or segment.end != segments[at].end:
        return False
    after = segments[at + 1]
    return text[segment.end : after.start] == ", " and _find_larger(after.name) is not None


def _is_listed(text: str, segments: Sequence[Segment], at: int, segment: Segment) -> bool:
    """Return True if a country or state is named beside a name: `Egypt and Jordan`."""
    if segment.end != segments[at].end or segment.start != segments[at].start:
        return False
    for before, after in ((at - 1, at), (at, at + 1)):
        if before >= 0 and after < len(segments):
            other = load_world_places().get(segments[after if before == at else before].name)
            gap = text[segments[before].end : segments[after].start]
            if is_larger_place(other) and other and other.alone and gap in (" and ", ", ", ", and ", " or "):
                return True
    return False


def find_leading_place(segment: Segment) -> int:
    """Return how many words at the beginning of a segment name a country, a state or a region; 0 for none."""
    for length in range(len(segment.words) - 1, 0, -1):
        place = load_world_places().get(" ".join(segment.words[:length]))
        if is_larger_place(place) and place and place.alone:
            return length
    return 0


def _follows_in(text: str, segment: Segment) -> bool:
    return text.endswith((" in ", " at ", " near ", " from ", "In ", "At ", "Near "), 0, segment.start)
