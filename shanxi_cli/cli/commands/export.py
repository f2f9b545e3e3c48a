"""`export`: articles as a folder of Markdown or a database of SQLite."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from shanxi_cli import __version__
from shanxi_cli.answers.corrections import correct_in_archive
from shanxi_cli.answers.query_plans import describe_query, plan_words, read_today
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.context import Session, merge_archive_options, read_ids, resolve_locations
from shanxi_cli.cli.corrections import json_notes, print_corrections
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.no_results import format_command_prefix, report_no_results
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.export import ExportFormat, ExportOptions
from shanxi_cli.cli.output_format import require_at_most_one
from shanxi_cli.cli.query_args import join_query_words
from shanxi_cli.corpus.other_files import describe_no_articles
from shanxi_cli.corpus.reader import display_path
from shanxi_cli.errors import UsageError
from shanxi_cli.exporters.collection import ExportCounts, ExportNote, iterate_articles, iterate_with_rows
from shanxi_cli.exporters.markdown_folder import write_markdown_folder
from shanxi_cli.exporters.sqlite_database import write_database
from shanxi_cli.exporters.target import check_target, new_file, new_folder, resolve_target
from shanxi_cli.indexing.manifest import ManifestSummary
from shanxi_cli.model.results import HitOrder
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import CorrectedQuery
from shanxi_cli.search.searcher import MATCH_ALL, search_matches
from shanxi_cli.search.suggest import NoResultsReport, explain_no_results
from shanxi_cli.util.frozen_record import Record, field_names
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.text import pluralize

_MAX_NAMED = 5
"""Ids that a notice names."""
_DATABASE_SUFFIXES = (".db", ".sqlite", ".sqlite3")
_OTHER_SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".html", ".md", ".docx", ".xlsx", ".pdf", ".zip")
"""Endings of files that an export does not write: a folder of such a name would be a surprise."""


class ExportRequest(Record):
    """One command line: query as typed (empty: every article) and parsed, the ids to search, and the place to write."""

    text: str
    query: QueryPlan
    within: Sequence[str] | None
    form: ExportFormat
    target: Path
    day: date
    options: ExportOptions


class ExportAnswer(Record):
    """Numbers of what was written, None where no article matches; then `no_results` explains a query."""

    counts: ExportCounts | None
    corrected: CorrectedQuery
    summary: ManifestSummary
    no_results: NoResultsReport | None = None


def run_export(options: ExportOptions, settings: GlobalOptions) -> int:
    """Write an export; exit status 0 for at least one article, else 1 and nothing is written."""
    require_at_most_one({"--json": options.json, "--quiet": options.quiet})
    filters, text = options.filter, join_query_words(options.query)
    query = plan_words(text, WordOperator.ANY if filters.any_word else WordOperator.ALL, filters)
    locations = resolve_locations(options.archive, settings)
    form = _choose_form(options)
    target = resolve_target(options.output, [*locations.corpus, str(locations.index)])
    check_target(target, folder=form is ExportFormat.MARKDOWN, force=options.force)
    within = None if filters.within is None else read_ids(filters.within)
    request = ExportRequest(text or "", query, within, form, target, read_today(), options)
    answer = Session(locations, quiet=options.quiet).run(lambda archive: _export_articles(archive, request))
    if answer.counts is None:
        _report_nothing(answer, request, settings)
        return 1
    if not options.quiet:
        _print_counts(answer.counts, answer, request)
        print_corrections(answer.corrected, found=True, in_rows=options.json)
    return 0


def _choose_form(options: ExportOptions) -> ExportFormat:
    """Return the format of `--format`, else that of the suffix. `UsageError` for a name that is none."""
    if options.output in ("", "-"):
        raise UsageError("--output takes the name of a folder or a file: -o dossier, -o dossier.db")
    name = options.output.lower().rstrip("/")
    is_database = name.endswith(_DATABASE_SUFFIXES)
    if options.form is None and name.endswith(_OTHER_SUFFIXES):
        hint = "for tables: shanxi list -f csv; for a page: shanxi report"
        raise UsageError(f"--output {options.output}: an export is a folder or a file that ends in .db; {hint}")
    return options.form or (ExportFormat.SQLITE if is_database else ExportFormat.MARKDOWN)


def _export_articles(archive: OpenedArchive, request: ExportRequest) -> ExportAnswer:
    """Write the articles. What is in the place of the export is replaced at the end alone: this may run twice."""
    options = request.options
    corrected = correct_in_archive(archive, request.query, options.filter)
    engine, query = archive.engine, corrected.plan
    matches = search_matches(engine, query, options.sort or HitOrder.NEWEST, request.within)
    last = options.offset + options.limit if options.limit else None
    numbers = [match.number for match in matches[options.offset : last]]
    if not numbers:
        archive.ensure_full_scan()
        unmatched = query != MATCH_ALL and not engine.count(query)
        return ExportAnswer(None, corrected, archive.summary, explain_no_results(engine, query) if unmatched else None)
    note = ExportNote(describe_query(request.text, options.filter), request.day.isoformat(), __version__)
    if request.form is ExportFormat.SQLITE:
        with new_file(request.target, force=options.force) as file:
            counts = write_database(file, iterate_with_rows(engine, numbers), note)
    else:
        with new_folder(request.target, force=options.force) as folder:
            counts = write_markdown_folder(folder, iterate_articles(engine, numbers), note)
    return ExportAnswer(counts, corrected, archive.summary)


def _print_counts(counts: ExportCounts, answer: ExportAnswer, request: ExportRequest) -> None:
    rows = {name: each for name in field_names(counts) if isinstance(each := getattr(counts, name), int)}
    if request.options.json:
        altered = {"altered": list(counts.altered)} if counts.altered else {}
        made: dict[str, Any] = {"path": str(request.target), "format": request.form.value}
        print(to_json({"schema": SCHEMA_VERSION, **made, **rows, **altered, **json_notes(answer.corrected)}))
        return
    words = ", ".join(pluralize(number, name.removesuffix("s")) for name, number in rows.items())
    print(f"{sanitize_line(display_path(str(request.target)))}: {words}", flush=True)
    if counts.altered:
        named = ", ".join(counts.altered[:_MAX_NAMED]) + ", ..." * (len(counts.altered) > _MAX_NAMED)
        print_notice(f"{pluralize(len(counts.altered), 'article')} will not be read back exactly: {named}")


def _report_nothing(answer: ExportAnswer, request: ExportRequest, settings: GlobalOptions) -> None:
    """Print on stderr why nothing was written."""
    options = request.options
    if options.quiet:
        return
    if answer.no_results and answer.summary.coverage.articles:
        command = format_command_prefix("list", options.filter, merge_archive_options(options.archive, settings))
        text = describe_query(request.text, options.filter)
        report = answer.no_results, answer.summary.coverage
        report_no_results(*report, answer.corrected, text, command, as_json=options.json)
    elif not answer.summary.coverage.articles:
        print_notice(describe_no_articles(answer.summary.roots))
    else:
        print_notice("no article is left to export: see --within, --offset and --limit")
