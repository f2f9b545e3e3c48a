"""Facets of places by city: the number of articles of each city of Shanxi, including its districts and counties."""

from collections.abc import Sequence

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.facets import make_facet
from shanxi_cli.model.views import Facets
from shanxi_cli.places.gazetteer import DivisionLevel, load_divisions
from shanxi_cli.query.ast import Word
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.unparse import to_text


def count_cities(
    engine: Engine, numbers: Sequence[int], text: str, least: int, limit: int | None, *, authored: bool = False
) -> Facets:
    """Count the cities of the matches of the query `text`, the most frequent first.

    An article counts once for each city that `place:` finds it in, with `authored` in its front matter. `least` and
    `limit` are those of `count_facets`.
    """
    matches, placed, named, rows = set(numbers), set[int](), set[int](), []
    for city in sorted((place.name for place in load_divisions() if place.level is DivisionLevel.CITY), key=fold_text):
        leaf = Word(city, "place")
        plan = plan_query(leaf)
        by_author = matches & set(engine.matching_numbers(plan.without_derived()))
        in_city = by_author if authored else matches & set(engine.matching_numbers(plan))
        placed |= in_city
        named |= by_author
        if len(in_city) >= least:
            rows.append(make_facet(city, len(in_city), to_text(leaf), text, len(in_city - by_author)))
    rows.sort(key=lambda row: -row.articles)
    derived = None if authored else len(placed - named)
    return Facets("city", tuple(rows[:limit]), len(rows), len(numbers), len(matches - placed), derived=derived)
