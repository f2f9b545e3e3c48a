"""`report`: a dossier on a query as one file."""

import shlex
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from shanxi_cli import __version__
from shanxi_cli.answers.corrections import correct_in_archive
from shanxi_cli.answers.query_plans import describe_query, plan_words
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.context import merge_archive_options, open_session, read_ids
from shanxi_cli.cli.corrections import print_corrections
from shanxi_cli.cli.messages import print_notice, print_notice_if_any
from shanxi_cli.cli.no_results import format_command_prefix, report_no_results
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.report import ReportFormat, ReportOptions
from shanxi_cli.cli.output_format import write_bytes
from shanxi_cli.cli.query_args import join_query_words
from shanxi_cli.corpus.other_files import describe_no_articles
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.dossier import Dossier, DossierRequest, collect_dossier
from shanxi_cli.indexing.manifest import ManifestSummary
from shanxi_cli.model.results import HitOrder
from shanxi_cli.output.report.details import ReportDetails
from shanxi_cli.output.report.files import check_report_extra, format_report
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import CorrectedQuery, format_corrections, format_unknown_part
from shanxi_cli.search.searcher import MATCH_ALL
from shanxi_cli.search.shaanxi_notice import find_shaanxi_notice
from shanxi_cli.search.suggest import NoResultsReport, explain_no_results
from shanxi_cli.util.files import replace_file
from shanxi_cli.util.frozen_record import Record, replace_fields
from shanxi_cli.util.text import pluralize

_SUFFIXES = {
    ".html": ReportFormat.HTML,
    ".htm": ReportFormat.HTML,
    ".md": ReportFormat.MARKDOWN,
    ".markdown": ReportFormat.MARKDOWN,
    ".docx": ReportFormat.DOCX,
}


class _Answer(Record):
    """A dossier, and what the command prints about it."""

    dossier: Dossier
    summary: ManifestSummary
    corrected: CorrectedQuery
    notice: str
    outdated: str
    no_results: NoResultsReport | None


def run_report(options: ReportOptions, settings: GlobalOptions) -> int:
    """Write a report; exit status 0 for at least one article, else 1, and nothing is written."""
    form = _choose_form(options)
    check_report_extra(form.value)
    filters = options.scope
    text = join_query_words(options.query)
    plan = plan_words(text, WordOperator.ANY if filters.any_word else WordOperator.ALL, filters)
    request = DossierRequest(
        plan,
        options.sort or (HitOrder.RELEVANCE if text else HitOrder.NEWEST),
        filters.scope,
        options.limit or None,
        None if filters.within is None else read_ids(filters.within),
        options.full,
        filters.no_derived,
    )
    session = open_session(options.session, settings)
    answer = session.run(lambda archive: _collect(archive, request, options))
    query = describe_query(text, filters)
    if answer.dossier.total:
        details = _describe_report(answer, options, query)
        _write(format_report(answer.dossier, details, form.value), options.out)
        print_corrections(answer.corrected, found=True)
    else:
        _explain_nothing(answer, options, settings, query)
    print_notice_if_any(answer.notice)
    return 0 if answer.dossier.total else 1


def _choose_form(options: ReportOptions) -> ReportFormat:
    """Return the format by option or ending. `UsageError` where neither is known, or a terminal would get a file."""
    suffix = Path(options.out).suffix.lower() if options.out else ""
    form = options.form or _SUFFIXES.get(suffix)
    if form is None and suffix:
        raise UsageError(f"--output {options.out}: name a file that ends in .html, .md or .docx, or add --format")
    form = form or ReportFormat.HTML
    if options.out is None and form is ReportFormat.DOCX and sys.stdout.isatty():
        raise UsageError("a Word document is no text for a terminal: add -o report.docx")
    return form


def _collect(archive: OpenedArchive, request: DossierRequest, options: ReportOptions) -> _Answer:
    corrected = correct_in_archive(archive, request.plan, options.scope)
    request = replace_fields(request, plan=corrected.plan)
    dossier = collect_dossier(archive.engine, request)
    if not dossier.total:
        archive.ensure_full_scan()
    return _Answer(
        dossier,
        archive.summary,
        corrected,
        find_shaanxi_notice(archive.engine, corrected.plan),
        archive.outdated,
        _explain_no_match(archive, corrected.plan) if not dossier.total else None,
    )


def _explain_no_match(archive: OpenedArchive, plan: QueryPlan) -> NoResultsReport | None:
    return explain_no_results(archive.engine, plan) if plan != MATCH_ALL and not archive.engine.count(plan) else None


def _describe_report(answer: _Answer, options: ReportOptions, query: str) -> ReportDetails:
    return ReportDetails(
        title=options.title or query or "All articles",
        query=query,
        command=f"shanxi {shlex.join(sys.argv[1:])}",
        made=datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        program=f"shanxi {__version__}",
        coverage=_describe_coverage(answer.summary),
        notices=tuple(_list_notices(answer)),
    )


def _describe_coverage(summary: ManifestSummary) -> str:
    """Return a sentence: `Of an archive of 22 articles from 2021-06-15 to 2022-07-31, 2 of them undated.`."""
    coverage = summary.coverage
    days = f" from {coverage.first_day} to {coverage.last_day}" if coverage.first_day and coverage.last_day else ""
    undated = f", {coverage.undated:,} of them undated" if coverage.undated else ""
    return f"Of an archive of {pluralize(coverage.articles, 'article')}{days}{undated}."


def _list_notices(answer: _Answer) -> Iterator[str]:
    if answer.corrected.corrections:
        yield format_corrections(answer.corrected.corrections)
    yield from map(format_unknown_part, answer.corrected.unknown)
    if answer.outdated:
        yield f"The index was outdated: {answer.outdated}"
    if answer.summary.failed:
        yield f"{pluralize(answer.summary.failed, 'file')} could not be read as articles"
    if answer.notice:
        yield answer.notice


def _write(content: bytes, out: str | None) -> None:
    if out is None or out == "-":
        write_bytes(content)
    else:
        replace_file(Path(out), content)


def _explain_nothing(answer: _Answer, options: ReportOptions, settings: GlobalOptions, query: str) -> None:
    if answer.no_results and answer.summary.coverage.articles:
        archive = merge_archive_options(options.session.archive, settings)
        prefix = format_command_prefix("report", options.scope, archive)
        report_no_results(answer.no_results, answer.summary.coverage, answer.corrected, query, prefix, as_json=False)
    elif not answer.summary.coverage.articles:
        print_notice(describe_no_articles(answer.summary.roots))
    else:
        print_notice("none of the articles of --within matches; nothing was written")
