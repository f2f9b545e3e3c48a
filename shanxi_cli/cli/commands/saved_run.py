"""`saved run`: saved searches, or what they have not reported yet.

Articles count as reported once the output has arrived: what is written into a pipe that closes, or onto a full disk, is
reported again. Nothing is printed on stderr when all is well, so that cron sends a mail only for news.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext

from shanxi_cli.answers.query_plans import read_today
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.commands.saved_show import select_searches
from shanxi_cli.cli.context import Session, choose_pager, choose_terminal_style, read_ids, resolve_locations
from shanxi_cli.cli.history import save_shown_hits
from shanxi_cli.cli.messages import print_error, print_notice
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.saved import SavedRunOptions
from shanxi_cli.cli.output_format import choose_limit, choose_line_end, choose_list_format, default_format, print_bom
from shanxi_cli.errors import QueryError, QueryTimeout, StateError
from shanxi_cli.model.results import HitOrder, Results
from shanxi_cli.output import Format, make_saved_printer
from shanxi_cli.output.base import SavedResults
from shanxi_cli.output.protocols import SavedPrinter
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.near_duplicates import NearDuplicates
from shanxi_cli.search.saved_searches import SavedSearch, load_saved_searches
from shanxi_cli.search.searcher import compile_query, make_hits, search_matches
from shanxi_cli.state.files import archive_state_folder, lock_state
from shanxi_cli.state.reported import News, load_reported, save_reported, select_news
from shanxi_cli.util.delivery import deliver_output
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.text import pluralize

DEFAULT_HITS = 10
LOCK_WAIT = 30.0
"""Seconds to wait for another process that reports on the same archive."""


class _RunRequest(Record):
    """One command line: `news` to print news alone, `remember` to remember these, `within` as of the option."""

    options: SavedRunOptions
    form: Format
    news: bool
    remember: bool
    within: Sequence[str] | None


class _SavedAnswer(Record):
    """Matches of one search: what is printed, and what was reported for it once that has arrived."""

    shown: SavedResults
    reported: Mapping[str, str]


def run_saved_run(options: SavedRunOptions, settings: GlobalOptions) -> int:
    """Run the searches; exit status 0 if any has something to print, 1 if none has, 2 if one of them failed."""
    request = _make_request(options)
    searches = select_searches(options.names, load_saved_searches())
    printer = _make_printer(request, settings)
    locations = resolve_locations(options.session.archive, settings)
    session = Session(locations, options.session.timeout, quiet=options.rows.quiet, routine=sys.stdout.isatty())
    roots = locations.corpus or session.run(lambda archive: archive.state_folders)
    with lock_state(archive_state_folder(roots), LOCK_WAIT) if request.remember else nullcontext():
        answers, failed = _answer_searches(session, searches, request)
        found = [answer for answer in answers if answer.shown.results.total]
        _print_answers(answers if not request.news else found, request, printer)
        if request.remember and found:
            deliver_output(sys.stdout)
            for answer in found:
                save_reported(roots, answer.shown.search.name, answer.reported)
    if not found and sys.stdout.isatty() and not options.rows.quiet:
        what = "nothing new" if request.news else "no results"
        print_notice(f"{what} in {pluralize(len(searches), 'saved search')}")
    return 2 if failed else 0 if found else 1


def _make_request(options: SavedRunOptions) -> _RunRequest:
    default = default_format(Format.TERMINAL, Format.LINES)
    form = choose_list_format(options.rows, options.form, default, ids=options.ids)
    news = options.new or options.peek or options.changed
    remember = news and not (options.peek or options.rows.count or options.rows.quiet)
    return _RunRequest(options, form, news, remember, None if options.within is None else read_ids(options.within))


def _make_printer(request: _RunRequest, settings: GlobalOptions) -> SavedPrinter:
    options, terminal = request.options, request.options.session.terminal
    return make_saved_printer(
        request.form,
        (sys.stdout, choose_terminal_style(terminal, settings), choose_pager(terminal)),
        options.rows.fields,
        choose_line_end(options.rows),
        (*(("search",) if _runs_several(options) else ()), *(("change",) if options.changed else ())),
    )


def _runs_several(options: SavedRunOptions) -> bool:
    """Return True if the output names the search of each row: unless one search is named on the command line."""
    return len(options.names or ()) != 1


def _answer_searches(
    session: Session, searches: Sequence[SavedSearch], request: _RunRequest
) -> tuple[list[_SavedAnswer], bool]:
    """Return the answers of the searches, and True if one failed; its error is printed, and the others go on."""
    answers, failed = [], False
    for search in searches:
        try:
            plan = compile_query(f"query:{search.name}", WordOperator.ANY, read_today())
            answers.append(session.run(_bind(search, plan, request)))
        except (QueryError, QueryTimeout, StateError) as error:
            shown = QueryTimeout(f"{search.name}: {error}") if isinstance(error, QueryTimeout) else error
            print_error(shown, ["--json"] * request.options.rows.json)
            failed = True
    return answers, failed


def _bind(search: SavedSearch, plan: QueryPlan, request: _RunRequest) -> Callable[[OpenedArchive], _SavedAnswer]:
    return lambda archive: _answer_search(archive, search, plan, request)


def _answer_search(archive: OpenedArchive, search: SavedSearch, plan: QueryPlan, request: _RunRequest) -> _SavedAnswer:
    options, engine = request.options, archive.engine
    order = options.sort or search.sort or HitOrder.RELEVANCE
    matches = search_matches(engine, plan, order, request.within)
    news: Mapping[str, News] = {}
    reported: dict[str, str] = {}
    checksums: Mapping[str, str] = {}
    if request.news:
        reported = load_reported(archive.state_folders, search.name)
        checksums = archive.load_checksums()
        news = select_news(reported, matches.ids().values(), checksums, changed=options.changed)
        matches = matches.within(news)
    if not matches:
        archive.ensure_full_scan()
    collapse = options.collapse if options.collapse is not None else request.form is Format.TERMINAL
    limit = 0 if options.rows.count or options.rows.quiet else choose_limit(options.limit, DEFAULT_HITS)
    part = slice(options.offset, None if limit is None else options.offset + limit)
    if limit == 0:
        total = NearDuplicates(engine).count(matches) if options.collapse else len(matches)
        results = Results(total, ())
    else:
        passages = request.form in (Format.TERMINAL, Format.JSONL) or "passage" in (options.rows.fields or "")
        results = make_hits(engine, plan, matches, part, with_passages=passages, collapse=collapse)
    shown = {article_id: checksums.get(article_id, "") for article_id in _list_shown_ids(results)}
    return _SavedAnswer(SavedResults(search, results, news), {**reported, **shown})


def _list_shown_ids(results: Results) -> Iterator[str]:
    """Yield the ids of the hits, and of the near-duplicates that each stands for."""
    for hit in results.hits:
        yield hit.article.id
        yield from hit.alike


def _print_answers(answers: Sequence[_SavedAnswer], request: _RunRequest, printer: SavedPrinter) -> None:
    rows = request.options.rows
    if rows.quiet:
        return
    if rows.count:
        for answer in answers:
            name = f"\t{answer.shown.search.name}" if _runs_several(request.options) else ""
            print(f"{answer.shown.results.total}{name}")
        return
    if answers:
        print_bom(rows)
    shown = [answer.shown for answer in answers]
    printer.searches(shown)
    if sys.stdout.isatty():
        hits = [hit.article.id for each in shown for hit in each.results.hits]
        save_shown_hits(dict(enumerate(hits, 1)))
