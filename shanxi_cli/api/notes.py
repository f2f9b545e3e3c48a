"""The query of an answer: its plan, and what was noted about it, as the commands print it."""

from typing import Any

from shanxi_cli.answers.query_plans import plan_words
from shanxi_cli.api.arguments import QuerySettings
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import CorrectedQuery, format_corrections, format_unknown_part
from shanxi_cli.search.searcher import MATCH_ALL
from shanxi_cli.search.suggest import NoResultsReport, explain_no_results
from shanxi_cli.util.text import pluralize


def make_plan(query: str, settings: QuerySettings) -> QueryPlan:
    """Return the plan of a query as typed (empty: every article) with the dates of the settings."""
    return plan_words(query.strip() or None, settings.want, settings, prefix="")


def describe_answer(
    opened: OpenedArchive,
    query: str,
    corrected: CorrectedQuery,
    notice: str,
    *,
    found: bool,
    report: NoResultsReport | None = None,
) -> dict[str, Any]:
    """Return the fields of a `RowSequence` about its query.

    Without results (`found`), the notes say which parts no article has; `report` has them if it is known.
    """
    notes = [format_corrections(corrected.corrections)] if corrected.corrections else []
    proposal = None
    if found:
        notes += map(format_unknown_part, corrected.unknown)
    elif corrected.plan != MATCH_ALL and (report or not opened.engine.count(corrected.plan)):
        report = report or explain_no_results(opened.engine, corrected.plan)
        notes += _format_parts(report)
        proposal = report.proposal
    notes += [notice] if notice else []
    return {"query": query, "corrections": corrected.corrections, "notes": tuple(notes), "proposal": proposal}


def _format_parts(report: NoResultsReport) -> list[str]:
    """Return a line for each part of a query without results."""
    lines = []
    for part in report.parts:
        line = f"{part.text}: {pluralize(part.articles, 'article')}"
        if part.similar:
            line += "; similar: " + ", ".join(f"{word} ({articles:,})" for word, articles in part.similar)
        lines.append(line)
    return lines
