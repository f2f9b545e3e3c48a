"""Corrections of a query on the command line: when they are made, the line about them, and their JSON key."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from shanxi_cli.answers.corrections import correct_in_archive
from shanxi_cli.cli.context import open_session, resolve_locations
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.common import FilterOptions, GlobalOptions, RowOptions, SessionOptions
from shanxi_cli.errors import ShanxiError
from shanxi_cli.output import Format, TableFormat
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import CorrectedQuery, format_corrections, format_unknown_part
from shanxi_cli.search.corrections import may_be_misspelt
from shanxi_cli.search.searcher import MATCH_ALL

if TYPE_CHECKING:

    class SessionCommandOptions(Protocol):
        """Options of a command that queries the archive."""

        @property
        def session(self) -> SessionOptions:
            """Archive, timeout and terminal."""


def explain_corrections(
    options: "SessionCommandOptions", settings: GlobalOptions, plan: QueryPlan, filters: FilterOptions
) -> CorrectedQuery:
    """Return a query corrected for `--explain`; as typed, with a notice, where the archive cannot be read.

    An index is built only for a query that may be misspelt.
    """
    if filters.no_correct or plan == MATCH_ALL:
        return CorrectedQuery(plan)
    try:
        if not resolve_locations(options.session.archive, settings).index.exists() and not may_be_misspelt(plan):
            return CorrectedQuery(plan)
        session = open_session(options.session, settings, quiet=True)
        return session.run(lambda archive: correct_in_archive(archive, plan, filters))
    except ShanxiError as error:
        print_notice(f"spelling not checked: {error}")
        return CorrectedQuery(plan)


def print_corrections(corrected: CorrectedQuery, *, found: bool, in_rows: bool = False) -> None:
    """Print on stderr what was searched for instead of what was typed; if `found`, also the parts in no article.

    Without results the report has these. With `in_rows`, nothing is printed: JSON objects have all of it.
    """
    sys.stdout.flush()
    if in_rows:
        return
    if corrected.corrections:
        print_notice(format_corrections(corrected.corrections))
    for part in corrected.unknown if found else ():
        print_notice(format_unknown_part(part))


def are_in_rows(options: RowOptions, form: Format | TableFormat) -> bool:
    """Return True if the output is JSON objects with all keys, where corrections are keys too."""
    return form in (Format.JSONL, TableFormat.JSONL) and options.fields is None and not options.count


def json_corrections(corrected: CorrectedQuery) -> Mapping[str, Any]:
    """Return the corrections as the key `corrected` of a JSON object; empty without any."""
    pairs = [{"typed": each.typed, "searched": each.searched} for each in corrected.corrections]
    return {"corrected": pairs} if pairs else {}


def json_notes(corrected: CorrectedQuery) -> Mapping[str, Any]:
    """Return the keys `corrected` and `unknown` of the JSON objects of an answer; empty where a query has neither."""
    unknown = [
        {"text": part.text, "similar": [{"word": word, "articles": articles} for word, articles in part.similar]}
        for part in corrected.unknown
    ]
    return {**json_corrections(corrected), **({"unknown": unknown} if unknown else {})}
