"""Expand the name of a place: to its other names, and in `place:` to the places that belong to it.

place:Jinzhong      Jinzhong, 晋中, and each of its districts and counties by any name
place:=Jinzhong     the word alone, without the gazetteer
place:US            United States, USA and the other names of the country
太原                太原 and Taiyuan, in a field of text or in any
"""

from functools import lru_cache

from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.places.gazetteer import Division, DivisionLevel, division_members, division_spellings, find_divisions
from shanxi_cli.places.other_names import find_other_names
from shanxi_cli.query.ast import Phrase, Word
from shanxi_cli.query.plan.lookups import ExpansionLookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.query_plan import PlannedLeaf

MAX_NAMED_PLACES = 3
"""Places that a description names before it counts the rest."""


@lru_cache
def expand_place(leaf: Word | Phrase, written: PhraseLookup | ExpansionLookup) -> PlannedLeaf:
    """Plan a leaf that may name a place of Shanxi: the lookup as `written` first, then those of other names."""
    meant = find_divisions(leaf.text)
    if not meant and leaf.field == "place" and (others := find_other_names(leaf.text)):
        planned = (_plan_name_lookup(leaf.field, name, written) for name in others)
        found = dict.fromkeys(lookup for lookup in planned if lookup and lookup != written)
        return PlannedLeaf(leaf, (written, *found), f"also {', '.join(others)}" if found else "")
    inside = tuple(other for place in meant for other in division_members(place)) if leaf.field == "place" else ()
    lookups: dict[PhraseLookup | ExpansionLookup, None] = {written: None}
    for place in (*meant, *inside):
        names = [name for name in division_spellings(place) if leaf.field == "place" or name.isascii()]
        lookups |= dict.fromkeys(lookup for name in names if (lookup := _plan_name_lookup(leaf.field, name, written)))
    return PlannedLeaf(leaf, tuple(lookups), describe_expansion(meant, inside) if len(lookups) > 1 else "")


def _plan_name_lookup(field: str, name: str, written: PhraseLookup | ExpansionLookup) -> PhraseLookup | None:
    """Return the lookup of one name: words as they are in `place:`, stems elsewhere; None if `written` covers it."""
    stems = field != "place"
    if not name.isascii():  # as `tokenize` would cut it, without compiling its pattern of Chinese letters
        pairs = tuple(name[n : n + 2] for n in range(len(name) - 1))
        return PhraseLookup(field, TermForm.STEMS if stems else TermForm.WORDS, pairs)
    words = list(tokenize(name))
    lookup = PhraseLookup(
        field, TermForm.STEMS if stems else TermForm.WORDS, tuple(t.stem if stems else t.word for t in words)
    )
    return None if _covers_lookup(written, lookup) else lookup


def _covers_lookup(written: PhraseLookup | ExpansionLookup, other: PhraseLookup) -> bool:
    """Return True if every text that matches `other` matches `written` too, so that `other` adds nothing."""
    if not isinstance(written, PhraseLookup) or written.max_gap is not None or written.layer is not other.layer:
        return False
    size = len(written.terms)
    return any(other.terms[n : n + size] == written.terms for n in range(len(other.terms) - size + 1))


def describe_expansion(meant: tuple[Division, ...], inside: tuple[Division, ...]) -> str:
    """Describe places: `the city of Jinzhong, 晋中市, with its 11 districts and counties: Yuci, Taigu, Yushe, ...`."""
    names = " or ".join(map(_describe_division, meant))
    if not inside:
        return names
    shown = ", ".join(place.name for place in inside[:MAX_NAMED_PLACES])
    owner = "its" if len(meant) == 1 else "their"
    what = "cities, districts and counties" if meant[0].level is DivisionLevel.PROVINCE else "districts and counties"
    return f"{names}, with {owner} {len(inside)} {what}: {shown}" + ", ..." * (len(inside) > MAX_NAMED_PLACES)


def _describe_division(place: Division) -> str:
    of = f" in {place.city}" if place.city and place.level is not DivisionLevel.CITY else ""
    return f"{place.title}{of}, {place.chinese}"
