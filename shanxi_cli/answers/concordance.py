"""Concordance of the articles that match a query."""

from collections.abc import Iterator

from shanxi_cli.engines.base import Engine, Found
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


def find_context_lines(engine: Engine, query: QueryPlan, found: Found, order: ConcordanceOrder) -> ContextLines:
    """Return the matches of a query in the articles that it has found, which are read when their lines are."""
    hits = found.hits()
    numbers = (match.number for match in found)
    return ContextLines(concordance_lines(engine, query, numbers, order), sum(hits.values()), len(hits))
