"""Facets of places by level: the number of articles of each country, province, city or county.

Places of other kinds (streets, parks, villages, mountains, parts of the world) are left out. Cities and counties are
those of the gazetteer of Shanxi.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.engines.base import Engine, Found
from shanxi_cli.explore.facets import FacetSelection, make_facet
from shanxi_cli.model.options import Level
from shanxi_cli.model.views import Facets
from shanxi_cli.places.gazetteer import DivisionLevel, find_divisions, load_divisions
from shanxi_cli.query.ast import Phrase, Word
from shanxi_cli.query.fields import AUTHORED_FIELDS
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.unparse import to_text
from shanxi_cli.util.lexicon import load_list

_COUNTY_LEVELS = (DivisionLevel.DISTRICT, DivisionLevel.COUNTY, DivisionLevel.COUNTY_LEVEL_CITY)
_OWN_PROVINCE = "Shanxi"


def count_places(
    engine: Engine,
    matches: Found,
    level: Level,
    text: str,
    selection: FacetSelection,
    *,
    authored: bool = False,
) -> Facets:
    """Count the places of a level among the matches of the query `text`.

    An article counts once for each place. A city or county of Shanxi, and Shanxi itself, has the articles that `place:`
    finds, with all of their names and members; another place those with one of its names as a whole value. With
    `authored`, the places of front matters alone are counted.
    """
    named = {number for number, values in matches.values(AUTHORED_FIELDS["place"]).items() if values}
    places = matches.values("place")
    searched, placed, rows = named if authored else places.keys(), set[int](), []
    numbers_of = _numbers_by_value(places, searched)
    for name, names in sorted(_group_names(level, numbers_of).items(), key=lambda pair: fold_text(pair[0])):
        leaves = tuple(_make_leaf(each) for each in sorted(names))
        if find_divisions(name) and level is not Level.COUNTRY:
            found = engine.search(plan_query(leaves[0])).among(searched)
        else:
            found = set[int]().union(*(numbers_of[each] for each in names))
        placed |= found
        if len(found) >= selection.least:
            clause = " OR ".join(map(to_text, leaves))
            part = f"({clause})" if len(leaves) > 1 else clause
            rows.append(make_facet(name, len(found), part, text, len(found - named)))
    rows = selection.sort(rows)
    derived = None if authored else len(placed - named)
    shown, without = tuple(rows[: selection.limit]), len(places) - len(placed)
    return Facets(level.value, shown, len(rows), len(places), without, derived=derived)


def _numbers_by_value(places: Mapping[int, Sequence[str]], numbers: Iterable[int]) -> dict[str, set[int]]:
    numbers_of: dict[str, set[int]] = {}
    for number in numbers:
        for value in places[number] or ("",):
            numbers_of.setdefault(value, set()).add(number)
    return numbers_of


def _make_leaf(name: str) -> Word | Phrase:
    return Word(name, "place") if name.isalnum() else Phrase(name, "place")


def _group_names(level: Level, values: Iterable[str]) -> dict[str, set[str]]:
    """Return the usual name of each place of a level -> the names to search for, which are among the values."""
    groups: dict[str, set[str]] = {}
    match level:
        case Level.CITY:
            return {place.name: {place.name} for place in load_divisions() if place.level is DivisionLevel.CITY}
        case Level.COUNTY:
            for value in values:
                for name in _county_names(value):
                    groups[name] = {name}
            return groups
        case Level.PROVINCE:
            groups[_OWN_PROVINCE] = {_OWN_PROVINCE}  # its members count, whether it is named or not
    usual_names = _usual_names(level)
    for value in values:
        usual = usual_names.get(fold_text(value))
        if usual and usual != _OWN_PROVINCE:
            groups.setdefault(usual, set()).add(value)
    return groups


def _county_names(value: str) -> Iterator[str]:
    """Yield the names of the counties and districts that a value means.

    A name that may mean something else without its kind is none (`Xinjiang`), unless it is of two of them (`Pinglu`).
    """
    meant = [place for place in find_divisions(value) if place.level in _COUNTY_LEVELS]
    for place in meant:
        if place.unambiguous:
            yield place.name
        elif len(meant) > 1 or fold_text(value) != fold_text(place.name):
            yield value


@cache
def _usual_names(level: Level) -> dict[str, str]:
    """Return each folded name of a country or province -> its usual name."""
    lines = (
        line.split("; ") for line in load_list("places/countries" if level is Level.COUNTRY else "places/provinces")
    )
    return {fold_text(name): names[0] for names in lines for name in names}
