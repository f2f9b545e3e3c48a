"""How the name of a place in a query is read: with its other names, and in `place:` with the places that belong to it.

place:Jinzhong      Jinzhong, 晋中, and each of its districts and counties by any name
place:=Jinzhong     the word alone; this is never asked of the gazetteer
太原                太原 and Taiyuan, in a field of text or in any
"""

from functools import lru_cache

from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.places.gazetteer import Division, DivisionLevel, division_members, division_spellings, find_divisions
from shanxi_cli.query.ast import Phrase, Word
from shanxi_cli.query.plan.planner import AlternativeLookups, ExpansionLookup, PhraseLookup, TermForm

MAX_NAMED_PLACES = 3
"""Places that a reading names before it says how many more there are."""


@lru_cache
def expand_place(
    leaf: Word | Phrase, written: PhraseLookup | ExpansionLookup
) -> PhraseLookup | ExpansionLookup | AlternativeLookups:
    """The lookups of a leaf that names a place of Shanxi, what is `written` first; else `written` itself."""
    meant = find_divisions(leaf.text)
    inside = tuple(other for place in meant for other in division_members(place)) if leaf.field == "place" else ()
    lookups = {written: None}
    for place in (*meant, *inside):
        names = [name for name in division_spellings(place) if leaf.field == "place" or name.isascii()]
        lookups |= dict.fromkeys(found for name in names if (found := _plan_name_lookup(leaf.field, name, written)))
    if len(lookups) == 1:
        return written
    return AlternativeLookups(leaf.field, tuple(lookups), describe_expansion(meant, inside))


def _plan_name_lookup(field: str, name: str, written: PhraseLookup | ExpansionLookup) -> PhraseLookup | None:
    """The lookup of one name; a name is a word of the text as it is, but stems where stems were asked for."""
    stems = field != "place"
    if not name.isascii():  # as `tokenize` would cut it, without loading what tells Chinese from other letters
        pairs = tuple(name[n : n + 2] for n in range(len(name) - 1))
        return PhraseLookup(field, TermForm.STEMS if stems else TermForm.WORDS, pairs)
    words = list(tokenize(name))
    found = PhraseLookup(
        field, TermForm.STEMS if stems else TermForm.WORDS, tuple(t.stem if stems else t.word for t in words)
    )
    return None if _covers_lookup(written, found) else found


def _covers_lookup(written: PhraseLookup | ExpansionLookup, other: PhraseLookup) -> bool:
    """True when whatever has `other` has what is written too, so that it need not be looked for."""
    if not isinstance(written, PhraseLookup) or written.between is not None or written.layer is not other.layer:
        return False
    size = len(written.terms)
    return any(other.terms[n : n + size] == written.terms for n in range(len(other.terms) - size + 1))


def describe_expansion(meant: tuple[Division, ...], inside: tuple[Division, ...]) -> str:
    """`the city of Jinzhong, 晋中市, with its 11 districts and counties: Yuci, Taigu, Yushe, ...`"""
    told = " or ".join(map(_describe_division, meant))
    if not inside:
        return told
    shown = ", ".join(place.name for place in inside[:MAX_NAMED_PLACES])
    whose = "its" if len(meant) == 1 else "their"
    what = "cities, districts and counties" if meant[0].level is DivisionLevel.PROVINCE else "districts and counties"
    return f"{told}, with {whose} {len(inside)} {what}: {shown}" + ", ..." * (len(inside) > MAX_NAMED_PLACES)


def _describe_division(place: Division) -> str:
    of = f" in {place.city}" if place.city and place.level is not DivisionLevel.CITY else ""
    return f"{place.title}{of}, {place.chinese}"
