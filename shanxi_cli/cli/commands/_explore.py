"""Answer the commands that explore an archive: request, rows, output, and the reason for an empty result."""

import sys
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from shanxi_cli.answers.query_plans import describe_query, plan_words
from shanxi_cli.answers.views import find_view
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.commands._search import print_explanation
from shanxi_cli.cli.context import (
    choose_pager,
    choose_terminal_style,
    merge_archive_options,
    open_session,
    read_ids,
)
from shanxi_cli.cli.corrections import (
    are_in_rows,
    explain_corrections,
    json_corrections,
    json_notes,
    print_corrections,
)
from shanxi_cli.cli.messages import print_footer, print_notice, print_notice_if_any
from shanxi_cli.cli.no_results import format_command_prefix, report_no_results
from shanxi_cli.cli.options.common import (
    ArticleFilterOptions,
    FilterOptions,
    GlobalOptions,
    NameFilterOptions,
    PlainRowOptions,
    RowFormatOptions,
    SessionOptions,
)
from shanxi_cli.cli.output_format import (
    DEFAULT_ROWS,
    choose_id_part,
    choose_limit,
    choose_line_end,
    choose_list_format,
    default_format,
    print_bom,
)
from shanxi_cli.corpus.other_files import describe_no_articles
from shanxi_cli.engines.base import Engine, Found
from shanxi_cli.indexing.manifest import ManifestSummary
from shanxi_cli.model.results import HitOrder
from shanxi_cli.model.views import View, skip_rows
from shanxi_cli.output import TableFormat, annotate_rows, make_id_printer, make_view_printer
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.output.protocols import ViewPrinter
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import CorrectedQuery
from shanxi_cli.search.searcher import MATCH_ALL, search_matches
from shanxi_cli.search.suggest import NoResultsReport, explain_no_results
from shanxi_cli.util.frozen_record import Record, replace_fields
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.shell_words import append_query
from shanxi_cli.util.text import pluralize


class ExploreCommandOptions(Protocol):
    """Options that every one of these commands has."""

    @property
    def rows(self) -> RowFormatOptions | PlainRowOptions:
        """Format and number of the rows."""

    @property
    def session(self) -> SessionOptions:
        """Archive, timeout and terminal."""


class ExploreRequest(Record):
    """One command line: command (with its arguments), query as typed (empty: every article) and parsed, options.

    `limit` is the number of rows to find, None for all: those to print and the `offset` to skip before them. `within`
    has the ids to search, None for all. With `ids`, the ids of the articles are printed instead of the rows.
    """

    command: str
    text: str
    query: QueryPlan
    form: TableFormat
    limit: int | None
    offset: int
    within: Sequence[str] | None
    filters: FilterOptions
    options: ExploreCommandOptions
    settings: GlobalOptions
    ids: bool = False

    @property
    def searches_all(self) -> bool:
        """True when neither a query nor an option restricts the articles."""
        return self.within is None and self.query == MATCH_ALL

    def search(self, engine: Engine) -> Found:
        """Return what the query finds, the newest article first."""
        return search_matches(engine, self.query, HitOrder.NEWEST, self.within)

    def numbers(self, engine: Engine) -> Collection[int]:
        """Return the numbers of the matching articles, in no particular order."""
        return self.search(engine).numbers()

    def repeat_command(self, command: str, query: str) -> str | None:
        """Return the command line that runs another query on the same articles; None where there is none."""
        return append_query(self.command_prefix(command) or "", query) or None

    def command_prefix(self, command: str) -> str | None:
        """Return the command line up to the query, as `format_command_prefix` does."""
        archive = merge_archive_options(self.options.session.archive, self.settings)
        return format_command_prefix(command, self.filters, archive)


class ExploreResult(Record):
    """A view with `total` rows in all, the parts of its footer, and the reason why articles match but no row does."""

    view: View
    total: int
    footer: Sequence[str | None]
    empty_reason: str = ""


class ExploreAnswer(Record):
    """Result of a request, with the size of the archive, why no article matches, and the notice about Shaanxi."""

    result: ExploreResult
    articles: int
    summary: ManifestSummary
    no_results: NoResultsReport | None
    notice: str
    corrected: CorrectedQuery


def make_explore_request(
    command: str,
    options: ExploreCommandOptions,
    settings: GlobalOptions,
    *,
    words: Sequence[str] | None = None,
    filters: ArticleFilterOptions | None = None,
    ids: bool = False,
) -> ExploreRequest:
    """Return the request of a command line. Its query is parsed first: a mistake needs neither directory nor engine."""
    rows, filters = options.rows, _complete_filters(filters)
    default = default_format(TableFormat.TERMINAL, TableFormat.LINES)
    form = choose_list_format(rows, rows.form, default, ids=ids)
    text = " ".join(words or ()).strip()
    limit = choose_limit(rows.limit, DEFAULT_ROWS)
    return ExploreRequest(
        command,
        text,
        query=plan_words(text or None, WordOperator.ANY if filters.any_word else WordOperator.ALL, filters),
        form=form,
        limit=None if limit is None or ids else rows.offset + limit,
        offset=rows.offset,
        within=None if filters.within is None or getattr(rows, "explain", False) else read_ids(filters.within),
        filters=filters,
        options=options,
        settings=settings,
        ids=ids,
    )


def _complete_filters(filters: ArticleFilterOptions | None) -> FilterOptions:
    if filters is None or isinstance(filters, FilterOptions):
        return filters or FilterOptions()
    no_derived = isinstance(filters, NameFilterOptions) and filters.no_derived
    return FilterOptions(within=filters.within, since=filters.since, until=filters.until, no_derived=no_derived)


def answer_request(
    request: ExploreRequest,
    find: Callable[[Engine, ExploreRequest], ExploreResult],
    chart: Callable[[View], None] | None = None,
    prepare: Callable[[OpenedArchive], None] | None = None,
) -> int:
    """Print what `find` returns for the archive, or what `-c` and `-q` leave of it; exit status 0 for rows, else 1.

    `find` gets the request with its query corrected. `chart` draws rows, where there are any, before they are printed.
    `prepare` is called with the archive before `find`.
    """
    rows, terminal = request.options.rows, request.options.session.terminal
    style, pager, end = choose_terminal_style(terminal, request.settings), choose_pager(terminal), choose_line_end(rows)
    if request.ids:
        printer: ViewPrinter = make_id_printer(sys.stdout, choose_id_part(rows), rows.fields, end)
    else:
        printer = make_view_printer(request.form, sys.stdout, style, pager, rows.fields, end)
    if getattr(rows, "explain", False):
        corrected = explain_corrections(request.options, request.settings, request.query, request.filters)
        print_explanation(corrected, request.text)
        return 0
    session = open_session(request.options.session, request.settings, quiet=rows.quiet)

    def explore(archive: OpenedArchive) -> ExploreAnswer:
        if prepare:
            prepare(archive)
        return _explore_archive(archive, request, find)

    answer = session.run(explore)
    if chart and answer.result.total:
        chart(answer.result.view)
    _print_answer(answer, request, printer)
    return 0 if answer.result.total else 1


def _explore_archive(
    archive: OpenedArchive, request: ExploreRequest, find: Callable[[Engine, ExploreRequest], ExploreResult]
) -> ExploreAnswer:
    def find_result(engine: Engine, query: QueryPlan) -> ExploreResult:
        return find(engine, replace_fields(request, query=query))

    engine, filters = archive.engine, request.filters
    view = find_view(archive, request.query, filters, find_result, lambda result: result.total)
    result, corrected, notice = view
    query = corrected.plan
    unmatched = bool(query != MATCH_ALL and not result.total) and not engine.count(query)
    no_results = explain_no_results(engine, query) if unmatched else None
    return ExploreAnswer(result, engine.article_count(), archive.summary, no_results, notice, corrected)


def _print_answer(answer: ExploreAnswer, request: ExploreRequest, printer: ViewPrinter) -> None:
    rows, result = request.options.rows, answer.result
    if rows.count:
        print(result.total)
        print_corrections(answer.corrected, found=bool(result.total))
        return
    if rows.quiet:
        return
    if not result.total:
        _print_empty_reason(answer, request)
    print_bom(rows)
    annotate_rows(printer, json_notes(answer.corrected))
    printer.show(result.view if request.ids else skip_rows(result.view, request.offset))
    sys.stdout.flush()
    if not request.ids and request.form is TableFormat.TERMINAL and result.total:
        print_footer(sanitize_line("; ".join(part for part in result.footer if part)))
    in_rows = are_in_rows(rows, request.form) and not request.ids
    print_corrections(answer.corrected, found=bool(result.total), in_rows=in_rows)
    print_notice_if_any(answer.notice)


def _print_empty_reason(answer: ExploreAnswer, request: ExploreRequest) -> None:
    as_json = request.options.rows.json
    if answer.articles and answer.no_results:
        prefix = request.command_prefix(request.command)
        report = answer.no_results, answer.summary.coverage
        text = describe_query(request.text, request.filters)
        report_no_results(*report, answer.corrected, text, prefix, as_json=as_json)
        return
    message = answer.result.empty_reason
    if not answer.articles:
        message = describe_no_articles(answer.summary.roots)
    elif request.within is not None:
        message += "; only the articles of --within were searched"
    if as_json:
        nothing = {"query": request.text, **json_corrections(answer.corrected), "message": message}
        print(to_json({"schema": SCHEMA_VERSION, "nothing": nothing}), file=sys.stderr)
    else:
        print_notice(message)


def format_row_count(shown: int, total: int, noun: str, offset: int = 0) -> str:
    """Return how many rows are shown: `12 values`, `showing 20 of 120 values`, `showing 21 to 40 of 120 values`.

    `shown` is the number of rows up to the last that is shown, `offset` that of the rows skipped before the first.
    """
    if offset:
        where = f"{offset + 1:,} to {shown:,}" if shown > offset else "none"
        return f"showing {where} of {pluralize(total, noun)}"
    return pluralize(total, noun) if shown == total else f"showing {shown:,} of {pluralize(total, noun)}"
