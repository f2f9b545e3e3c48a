"""`search` and `list`: one request, answered in the form that was asked for."""

import shlex
import sys
import time
from typing import TYPE_CHECKING

from shanxi_cli.archive import Archive
from shanxi_cli.cli.context import Session, choose_pager, choose_terminal_style, read_ids, resolve_locations
from shanxi_cli.cli.messages import print_notice, print_notice_if_any
from shanxi_cli.cli.options.common import (
    ArchiveOptions,
    GlobalOptions,
    HitFormatOptions,
    HitOptions,
    TerminalOptions,
    TimeoutOptions,
)
from shanxi_cli.cli.output_format import choose_format, choose_limit
from shanxi_cli.cli.rows import format_count
from shanxi_cli.cli.shaanxi_notice import shaanxi_notice
from shanxi_cli.indexing.manifest import ManifestSummary
from shanxi_cli.model.options import HitOrder
from shanxi_cli.model.results import Results
from shanxi_cli.output import Format, make_results_printer
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.searcher import MATCH_ALL, NearDuplicates, compile_query, make_hits, search_matches
from shanxi_cli.util.frozen_record import Record

if TYPE_CHECKING:
    from shanxi_cli.search.suggest import NoResultsReport

DEFAULT_HITS = 10


class SearchRequest(Record):
    """What one command line asks: verb, words (None: every article), whether any may match, order, options.

    `phrase` is the query as a phrase where its words came as one argument: its quotes were the shell's.
    """

    verb: str
    text: str | None
    any_word: bool
    order: HitOrder
    which: HitOptions
    answer: HitFormatOptions
    phrase: str = ""


class _SearchResult(Record):
    """What was found: how many articles match, those to be shown, and what there is to say beside them.

    `ways` is how many match with any and with all of the words, where that is to be said; `why` tells
    why nothing was found. `seconds` is what matches and passages took. `shaanxi_notice` is the line about Shaanxi,
    or empty.
    """

    total: int
    results: Results
    outline: ManifestSummary
    seconds: float
    ways: tuple[int, int] | None
    why: "NoResultsReport | None"
    neighbour: str


def run_search(
    request: SearchRequest,
    style: TerminalOptions,
    patience: TimeoutOptions,
    where: ArchiveOptions,
    settings: GlobalOptions,
) -> int:
    """Prints the answer to a request; the exit status is 0 when an article matches, else 1.

    The query is understood first: a mistake in it needs neither folders nor an engine.
    """
    form = choose_format(request.answer, Format)
    query = _parse_request(request)
    printer = make_results_printer(
        form,
        sys.stdout,
        choose_terminal_style(style, settings),
        choose_pager(style),
        request.answer.fields,
        "\0" if request.answer.null else "\n",
    )
    if request.answer.explain:
        from shanxi_cli.cli.explain import print_explanation  # rare

        return print_explanation(query, request.text or "")
    within = _read_id_filter(request.which)
    session = Session(resolve_locations(where, settings), patience, request.answer.quiet)
    found = session.ask(lambda archive: _search_archive(archive, request, query, within, form))
    if request.answer.count:
        print(found.results.total)
    if not (request.answer.count or request.answer.quiet):
        printer.results(found.results)
        sys.stdout.flush()
        if sys.stdout.isatty():
            from shanxi_cli.cli.history import save_shown_hits  # a pipe is not remembered

            save_shown_hits({hit.rank: hit.article.id for hit in found.results.hits})
        _print_notices(request, where, query, found, form)
    if not request.answer.quiet:
        print_notice_if_any(found.neighbour)
    return 0 if found.total else 1


def _search_archive(
    archive: Archive, request: SearchRequest, query: QueryPlan, within: list[str] | None, form: Format
) -> _SearchResult:
    started = time.perf_counter()
    matches = search_matches(archive.engine, query, request.order, within)
    total, answer, collapse = len(matches), request.answer, _should_collapse(request, form)
    if not total:
        archive.confirm()
    if answer.count or answer.quiet:
        shown = NearDuplicates(archive.engine).collapse_matches(matches)[0] if collapse else matches
        return _SearchResult(
            total, Results(len(shown), ()), archive.outline, 0, None, None, shaanxi_notice(archive.engine, query)
        )
    limit, offset = choose_limit(request.which.limit, DEFAULT_HITS), request.which.offset
    results = make_hits(
        archive.engine,
        query,
        matches,
        slice(offset, None if limit is None else offset + limit),
        with_passages=form in (Format.TERMINAL, Format.JSONL) or "passage" in (answer.fields or ""),
        collapse=collapse,
    )
    seconds = time.perf_counter() - started
    ways = why = None
    if request.text is not None and not total:
        from shanxi_cli.search.suggest import explain_no_results  # only now

        why = explain_no_results(archive.engine, query)
    elif request.text is not None and form is Format.TERMINAL:
        any_word, all_words = (
            archive.engine.count(query.with_operator(want)) for want in (WordOperator.ANY, WordOperator.ALL)
        )
        ways = any_word, all_words
    return _SearchResult(total, results, archive.outline, seconds, ways, why, shaanxi_notice(archive.engine, query))


def _should_collapse(request: SearchRequest, form: Format) -> bool:
    """Only people are spared the same text twice, unless it is asked for: a script gets all that matches."""
    wanted = request.which.collapse
    return wanted if wanted is not None else form is Format.TERMINAL and not request.answer.count


def _print_notices(
    request: SearchRequest, where: ArchiveOptions, query: QueryPlan, found: _SearchResult, form: Format
) -> None:
    """What is said on stderr beside an answer: why there is none, or how much of it is shown."""
    if found.why and request.text is not None:
        from shanxi_cli.cli.no_results import format_command_prefix, report_no_results  # only now

        command = format_command_prefix(request.verb, request.which, where)
        report_no_results(found.why, found.outline.coverage, query, request.text, command, request.answer.json)
    elif not found.total:
        print_notice("there are no articles in " + " or ".join(found.outline.roots))
    elif form is Format.TERMINAL:
        print(_format_search_footer(found, request), file=sys.stderr)


def _read_id_filter(which: HitOptions) -> list[str] | None:
    return None if which.within is None else read_ids(which.within)


def _parse_request(request: SearchRequest) -> QueryPlan:
    want = WordOperator.ANY if request.any_word else WordOperator.ALL
    return MATCH_ALL if request.text is None else compile_query(request.text, want)


def _format_search_footer(found: _SearchResult, request: SearchRequest) -> str:
    """How many articles match, how many are shown, with any and with all of the words, and how long it took."""
    results = found.results
    shown = len(results.hits)
    total = format_count(results.total, "article")
    if shown < results.total:
        first = request.which.offset + 1
        span = f"{first} to {request.which.offset + shown}" if request.which.offset else f"{shown:,}"
        total = f"showing {span} of {total}" if shown else f"showing none of {total}"
    parts = [total]
    if results.collapsed:
        parts.append(f"{format_count(results.collapsed, 'near-duplicate')} hidden (--no-collapse shows all)")
    if request.phrase:
        parts.append(f"as a phrase: shanxi {request.verb} {shlex.quote(request.phrase)}")
    if found.ways and found.ways[0] != found.ways[1]:
        parts.append(f"{found.ways[0]:,} with any of the words, {found.ways[1]:,} with all")
    return f"{'; '.join(parts)} · {found.seconds * 1000:.0f} ms"
