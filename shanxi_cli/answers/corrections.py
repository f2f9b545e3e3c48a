"""Correction of a query by the words of an opened archive."""

from shanxi_cli.answers.query_plans import QueryFilters
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import CorrectedQuery, correct_query
from shanxi_cli.search.searcher import MATCH_ALL


def correct_in_archive(archive: OpenedArchive, plan: QueryPlan, filters: QueryFilters) -> CorrectedQuery:
    """Return a query corrected by the words of an archive, all of whose files are checked before a word is replaced."""
    if plan == MATCH_ALL:
        return CorrectedQuery(plan)
    corrected = correct_query(archive.engine, plan, correct=not filters.no_correct)
    if corrected.corrections:
        archive.ensure_full_scan()
    return corrected
