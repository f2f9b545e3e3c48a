"""How the name of a place in a query is read: with its other names, and in `place:` with the places that belong to it.

place:Jinzhong      Jinzhong, 晋中, and each of its districts and counties by any name
place:=Jinzhong     the word alone; this is never asked of the gazetteer
太原                太原 and Taiyuan, in a field of text or in any
"""

from functools import lru_cache

from shanxi_cli.analysis.tokenizer import tokens
from shanxi_cli.places.gazetteer import Level, Place, members, named, spellings
from shanxi_cli.query.ast import Phrase, Word
from shanxi_cli.query.plan.planner import AnyOf, Expansion, Layer, Sequence

NAMED = 3
"""Places that a reading names before it says how many more there are."""


@lru_cache
def read_place(leaf: Word | Phrase, written: Sequence | Expansion) -> Sequence | Expansion | AnyOf:
    """The lookups of a leaf that names a place of Shanxi, what is `written` first; else `written` itself."""
    meant = named(leaf.text)
    inside = tuple(other for place in meant for other in members(place)) if leaf.field == "place" else ()
    lookups = {written: None}
    for place in (*meant, *inside):
        names = [name for name in spellings(place) if leaf.field == "place" or name.isascii()]
        lookups |= dict.fromkeys(found for name in names if (found := _lookup(leaf.field, name, written)))
    if len(lookups) == 1:
        return written
    return AnyOf(leaf.field, tuple(lookups), reading(meant, inside))


def _lookup(field: str, name: str, written: Sequence | Expansion) -> Sequence | None:
    """The lookup of one name; a name is a word of the text as it is, but stems where stems were asked for."""
    stems = field != "place"
    if not name.isascii():  # as `tokens` would cut it, without loading what tells Chinese from other letters
        pairs = tuple(name[n : n + 2] for n in range(len(name) - 1))
        return Sequence(field, Layer.STEMS if stems else Layer.WORDS, pairs)
    words = list(tokens(name))
    found = Sequence(field, Layer.STEMS if stems else Layer.WORDS, tuple(t.stem if stems else t.word for t in words))
    return None if _covers(written, found) else found


def _covers(written: Sequence | Expansion, other: Sequence) -> bool:
    """True when whatever has `other` has what is written too, so that it need not be looked for."""
    if not isinstance(written, Sequence) or written.between is not None or written.layer is not other.layer:
        return False
    size = len(written.terms)
    return any(other.terms[n : n + size] == written.terms for n in range(len(other.terms) - size + 1))


def reading(meant: tuple[Place, ...], inside: tuple[Place, ...]) -> str:
    """`the city of Jinzhong, 晋中市, with its 11 districts and counties: Yuci, Taigu, Yushe, ...`"""
    told = " or ".join(map(_told, meant))
    if not inside:
        return told
    shown = ", ".join(place.name for place in inside[:NAMED])
    whose = "its" if len(meant) == 1 else "their"
    what = "cities, districts and counties" if meant[0].level is Level.PROVINCE else "districts and counties"
    return f"{told}, with {whose} {len(inside)} {what}: {shown}" + ", ..." * (len(inside) > NAMED)


def _told(place: Place) -> str:
    of = f" in {place.city}" if place.city and place.level is not Level.CITY else ""
    return f"{place.title}{of}, {place.chinese}"
