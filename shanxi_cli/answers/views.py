"""A view of the articles that match a query: facets, a timeline, a concordance."""

from collections.abc import Callable
from typing import TypeVar

from shanxi_cli.answers.corrections import correct_in_archive
from shanxi_cli.answers.query_plans import QueryFilters
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.engines.base import Engine
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import CorrectedQuery
from shanxi_cli.search.shaanxi_notice import find_shaanxi_notice

V = TypeVar("V")


def find_view(
    archive: OpenedArchive,
    query: QueryPlan,
    filters: QueryFilters,
    find: Callable[[Engine, QueryPlan], V],
    count_rows: Callable[[V], int],
) -> tuple[V, CorrectedQuery, str]:
    """Return what `find` returns for the corrected query, this query, and the notice about Shaanxi, or empty."""
    corrected = correct_in_archive(archive, query, filters)
    view = find(archive.engine, corrected.plan)
    if not count_rows(view):
        archive.ensure_full_scan()
    return view, corrected, find_shaanxi_notice(archive.engine, corrected.plan)
