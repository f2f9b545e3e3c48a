"""Concordance of the articles that match a query."""

from collections.abc import Iterator, Sequence

from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.concordance import concordance_lines
from shanxi_cli.model.options import ConcordanceOrder
from shanxi_cli.model.views import ConcordanceLine
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.util.frozen_record import Record


class ContextLines(Record):
    """The lines of a concordance, iterable once, with the numbers of all matches and of the articles they are in."""

    lines: Iterator[ConcordanceLine]
    matches: int
    articles: int


def find_context_lines(
    engine: Engine, query: QueryPlan, numbers: Sequence[int], order: ConcordanceOrder
) -> ContextLines:
    """Return the matches of a query in the articles `numbers`, which are read when their lines are."""
    counts = engine.search(query).hits()
    matches = sum(counts.get(number, 0) for number in numbers)
    articles = sum(number in counts for number in numbers)
    return ContextLines(concordance_lines(engine, query, numbers, order), matches, articles)
