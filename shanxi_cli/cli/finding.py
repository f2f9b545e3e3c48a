"""`search` and `list`: one request, answered in the form that was asked for."""

import shlex
import sys
import time

from shanxi_cli.archive import Archive
from shanxi_cli.cli.neighbour import remark_neighbour
from shanxi_cli.cli.options import Answer, Settings, Style, Where, Which
from shanxi_cli.cli.reporting import notify
from shanxi_cli.cli.session import ids_in, locations, look, opened, pager
from shanxi_cli.engines import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.grammar import Want
from shanxi_cli.model import Order, Results
from shanxi_cli.printers import Format, make_results_printer
from shanxi_cli.query import Query
from shanxi_cli.record import Record
from shanxi_cli.searching import EVERYTHING, hits_of, matching, understand

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


def find(request: Request, style: Style, where: Where, settings: Settings) -> int:
    """Prints the answer to a request; the exit status is 0 when an article matches, else 1.

    The query is understood first: a mistake in it needs neither folders nor an engine.
    """
    form = _form(request.answer)
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
        from shanxi_cli.cli.explanation import print_explanation  # rare

        return print_explanation(query, request.text or "")
    archive = opened(locations(where, settings), request.answer.quiet)
    started = time.perf_counter()
    matches = matching(archive.engine, query, request.order, _within(request.which))
    if request.answer.count:
        print(len(matches))
    if not (request.answer.count or request.answer.quiet):
        results = hits_of(
            archive.engine,
            query,
            matches,
            limit=_limit(request.which),
            offset=request.which.offset,
            with_passages=form in (Format.TERMINAL, Format.JSONL) or "passage" in (request.answer.fields or ""),
        )
        seconds = time.perf_counter() - started
        printer.results(results)
        sys.stdout.flush()
        if sys.stdout.isatty():
            from shanxi_cli.cli.recent import remember  # a pipe is not remembered

            remember(results.hits)
        _remark(request, where, query, archive, results, form, seconds)
    if not request.answer.quiet:
        remark_neighbour(archive.engine, query)
    return 0 if matches else 1


def _command(request: Request, where: Where) -> str | None:
    """The command line up to the query, asking the same archive in the same way; None where another query
    would not be asked of the same articles (`--within`)."""
    if request.which.within is not None:
        return None
    words = ["shanxi", request.verb]
    for name, values in (("--corpus", where.corpus or ()), ("--index", [where.index] if where.index else ())):
        words += [part for value in values for part in (name, value)]
    if request.which.any_word is not None:
        words.append("--any" if request.which.any_word else "--all")
    return shlex.join(words)


def _remark(
    request: Request, where: Where, query: Query, archive: Archive, results: Results, form: Format, seconds: float
) -> None:
    """What is said on stderr beside an answer: why there is none, or how much of it is shown."""
    if not results.total and request.text is not None:
        from shanxi_cli.cli.nothing import report_nothing  # only now

        report_nothing(archive, query, request.text, _command(request, where), request.answer.json)
    elif not results.total:
        notify("there are no articles in " + " or ".join(archive.known.roots))
    elif form is Format.TERMINAL:
        print(_footer(results, request, archive.engine, seconds), file=sys.stderr)


def _within(which: Which) -> list[str] | None:
    return None if which.within is None else ids_in(which.within)


def _understood(request: Request) -> Query:
    want = Want.ANY if request.any_word else Want.ALL
    return EVERYTHING if request.text is None else understand(request.text, want)


def _form(answer: Answer) -> Format:
    """The form that was asked for, or that fits where the answer goes."""
    given = {
        "--format": answer.form is not None,
        "--json": answer.json,
        "--ids": answer.ids,
        "--count": answer.count,
        "--quiet": answer.quiet,
        "--explain": answer.explain,
    }
    named = [name for name, value in given.items() if value]
    if len(named) > 1:
        raise UsageError(f"{named[0]} and {named[1]} do not go together")
    if answer.json:
        return Format.JSONL
    if answer.ids:
        return Format.IDS
    return answer.form or (Format.TERMINAL if sys.stdout.isatty() else Format.LINES)


def _limit(which: Which) -> int | None:
    if which.limit is None:
        return SHOWN_ON_A_TERMINAL if sys.stdout.isatty() else None
    return which.limit or None


def _footer(results: Results, request: Request, engine: Engine, seconds: float) -> str:
    """How many articles match, how many are shown, with any and with all of the words, and how long it took."""
    shown = len(results.hits)
    total = _articles(results.total)
    if shown < results.total:
        first = request.which.offset + 1
        total = f"{first} to {request.which.offset + shown} of {total}" if shown else f"none of {total}"
    parts = [total]
    if request.phrase:
        parts.append(f"as a phrase: shanxi {request.verb} {shlex.quote(request.phrase)}")
    if request.text is not None:
        any_word, all_words = (engine.count(understand(request.text, want)) for want in (Want.ANY, Want.ALL))
        if any_word != all_words:
            parts.append(f"{any_word:,} with any of the words, {all_words:,} with all")
    return f"{'; '.join(parts)} · {seconds * 1000:.0f} ms"


def _articles(number: int) -> str:
    return f"{number:,} article" + ("" if number == 1 else "s")
