"""`search` and `list`: one request, answered in the form that was asked for."""

import shlex
import sys
import time
from typing import TYPE_CHECKING

from shanxi_cli.archive import Archive
from shanxi_cli.cli.context import Session, ids_in, locations, look, pager
from shanxi_cli.cli.messages import notify, notify_if
from shanxi_cli.cli.options.common import Answer, Patience, Settings, Style, Where, Which
from shanxi_cli.cli.output_format import form_of, limit_of
from shanxi_cli.cli.rows import counted
from shanxi_cli.cli.shaanxi_notice import neighbour
from shanxi_cli.indexing.manifest import Outline
from shanxi_cli.model.nouns import Order, Results
from shanxi_cli.output import Format, make_results_printer
from shanxi_cli.query.ast import Query
from shanxi_cli.query.parser import Want
from shanxi_cli.search.searcher import EVERYTHING, Alike, hits_of, matching, understand
from shanxi_cli.util.frozen_record import Record

if TYPE_CHECKING:
    from shanxi_cli.search.explain import Nothing

SHOWN_ON_A_TERMINAL = 10


class Request(Record):
    """What one command line asks: verb, words (None: every article), whether any may match, order, options.

    `phrase` is the query as a phrase where its words came as one argument: its quotes were the shell's.
    """

    verb: str
    text: str | None
    any_word: bool
    order: Order
    which: Which
    answer: Answer
    phrase: str = ""


class _Found(Record):
    """What was found: how many articles match, those to be shown, and what there is to say beside them.

    `ways` is how many match with any and with all of the words, where that is to be said; `why` tells
    why nothing was found. `seconds` is what matches and passages took. `neighbour` is the line about Shaanxi, or empty.
    """

    total: int
    results: Results
    outline: Outline
    seconds: float
    ways: tuple[int, int] | None
    why: "Nothing | None"
    neighbour: str


def find(request: Request, style: Style, patience: Patience, where: Where, settings: Settings) -> int:
    """Prints the answer to a request; the exit status is 0 when an article matches, else 1.

    The query is understood first: a mistake in it needs neither folders nor an engine.
    """
    form = form_of(request.answer, Format)
    query = _understood(request)
    printer = make_results_printer(
        form,
        sys.stdout,
        look(style, settings),
        pager(style),
        request.answer.fields,
        "\0" if request.answer.null else "\n",
    )
    if request.answer.explain:
        from shanxi_cli.cli.explain import print_explanation  # rare

        return print_explanation(query, request.text or "")
    within = _within(request.which)
    session = Session(locations(where, settings), patience, request.answer.quiet)
    found = session.ask(lambda archive: _found(archive, request, query, within, form))
    if request.answer.count:
        print(found.results.total)
    if not (request.answer.count or request.answer.quiet):
        printer.results(found.results)
        sys.stdout.flush()
        if sys.stdout.isatty():
            from shanxi_cli.cli.history import remember  # a pipe is not remembered

            remember({hit.rank: hit.article.id for hit in found.results.hits})
        _remark(request, where, query, found, form)
    if not request.answer.quiet:
        notify_if(found.neighbour)
    return 0 if found.total else 1


def _found(archive: Archive, request: Request, query: Query, within: list[str] | None, form: Format) -> _Found:
    started = time.perf_counter()
    matches = matching(archive.engine, query, request.order, within)
    total, answer, collapse = len(matches), request.answer, _collapses(request, form)
    if not total:
        archive.confirm()
    if answer.count or answer.quiet:
        shown = Alike(archive.engine).collapsed(matches)[0] if collapse else matches
        return _Found(total, Results(len(shown), ()), archive.outline, 0, None, None, neighbour(archive.engine, query))
    results = hits_of(
        archive.engine,
        query,
        matches,
        limit=limit_of(request.which.limit, SHOWN_ON_A_TERMINAL),
        offset=request.which.offset,
        with_passages=form in (Format.TERMINAL, Format.JSONL) or "passage" in (answer.fields or ""),
        collapse=collapse,
    )
    seconds = time.perf_counter() - started
    ways = why = None
    if request.text is not None and not total:
        from shanxi_cli.search.explain import why_nothing  # only now

        why = why_nothing(archive.engine, query)
    elif request.text is not None and form is Format.TERMINAL:
        any_word, all_words = (archive.engine.count(understand(request.text, want)) for want in (Want.ANY, Want.ALL))
        ways = any_word, all_words
    return _Found(total, results, archive.outline, seconds, ways, why, neighbour(archive.engine, query))


def _collapses(request: Request, form: Format) -> bool:
    """Only people are spared the same text twice, unless it is asked for: a script gets all that matches."""
    wanted = request.which.collapse
    return wanted if wanted is not None else form is Format.TERMINAL and not request.answer.count


def _remark(request: Request, where: Where, query: Query, found: _Found, form: Format) -> None:
    """What is said on stderr beside an answer: why there is none, or how much of it is shown."""
    if found.why and request.text is not None:
        from shanxi_cli.cli.no_results import asking_again, report_nothing  # only now

        command = asking_again(request.verb, request.which, where)
        report_nothing(found.why, found.outline.coverage, query, request.text, command, request.answer.json)
    elif not found.total:
        notify("there are no articles in " + " or ".join(found.outline.roots))
    elif form is Format.TERMINAL:
        print(_footer(found, request), file=sys.stderr)


def _within(which: Which) -> list[str] | None:
    return None if which.within is None else ids_in(which.within)


def _understood(request: Request) -> Query:
    want = Want.ANY if request.any_word else Want.ALL
    return EVERYTHING if request.text is None else understand(request.text, want)


def _footer(found: _Found, request: Request) -> str:
    """How many articles match, how many are shown, with any and with all of the words, and how long it took."""
    results = found.results
    shown = len(results.hits)
    total = counted(results.total, "article")
    if shown < results.total:
        first = request.which.offset + 1
        total = f"{first} to {request.which.offset + shown} of {total}" if shown else f"none of {total}"
    parts = [total]
    if results.collapsed:
        parts.append(f"{results.collapsed:,} more that are alike (--no-collapse shows them)")
    if request.phrase:
        parts.append(f"as a phrase: shanxi {request.verb} {shlex.quote(request.phrase)}")
    if found.ways and found.ways[0] != found.ways[1]:
        parts.append(f"{found.ways[0]:,} with any of the words, {found.ways[1]:,} with all")
    return f"{'; '.join(parts)} · {found.seconds * 1000:.0f} ms"
