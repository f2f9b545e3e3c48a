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


def count_cities(engine: Engine, numbers: Sequence[int], text: str, least: int, limit: int | None) -> Facets:
    """Count the cities of the matches of the query `text`, the most frequent first.

    An article counts once for each city that `place:` finds it in. `least` and `limit` are those of `count_facets`.
    """
    matches, placed, rows = set(numbers), set[int](), []
    for city in sorted((place.name for place in load_divisions() if place.level is DivisionLevel.CITY), key=fold_text):
        leaf = Word(city, "place")
        in_city = matches & set(engine.matching_numbers(plan_query(leaf)))
        placed |= in_city
        if len(in_city) >= least:
            rows.append(make_facet(city, len(in_city), to_text(leaf), text))
    rows.sort(key=lambda row: -row.articles)
    return Facets("city", tuple(rows[:limit]), len(rows), len(numbers), len(matches - placed))
