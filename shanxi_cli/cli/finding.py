"""`search` and `list`: one request, answered in the form that was asked for."""

import sys
import time

from shanxi_cli.cli.options import Answer, Settings, Style, Where, Which
from shanxi_cli.cli.reporting import notify
from shanxi_cli.cli.session import locations, look, opened, pager
from shanxi_cli.engines import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.grammar import Want
from shanxi_cli.model import Order, Results
from shanxi_cli.printers import Format, make_results_printer
from shanxi_cli.query import Query
from shanxi_cli.record import Record
from shanxi_cli.searching import EVERYTHING, search, understand

SHOWN_ON_A_TERMINAL = 10


class Request(Record):
    """What one command line asks: the words (None: every article), whether any may match, the order, the options."""

    text: str | None
    any_word: bool
    order: Order
    which: Which
    answer: Answer


def find(request: Request, style: Style, where: Where, settings: Settings) -> int:
    """Prints the answer to a request; the exit status is 0 when an article matches, else 1.

    The query is understood first: a mistake in it needs neither folders nor an engine.
    """
    form = _form(request.answer)
    query = _understood(request)
    started = time.perf_counter()
    engine = opened(locations(where, settings)).engine
    if request.answer.count or request.answer.quiet:
        total = engine.count(query)
        if request.answer.count:
            print(total)
        return 0 if total else 1
    results = search(
        engine,
        query,
        request.order,
        limit=_limit(request.which),
        offset=request.which.offset,
        with_passages=form in (Format.TERMINAL, Format.JSONL),
    )
    make_results_printer(form, sys.stdout, look(style, settings), pager(style)).results(results)
    sys.stdout.flush()
    if not results.total:
        asked = "there is nothing" if request.text is None else f"nothing found for {request.text}"
        notify(f"{asked} in {_articles(engine.size())}")
    elif form is Format.TERMINAL:
        print(_footer(results, request, engine, time.perf_counter() - started), file=sys.stderr)
    return 0 if results.total else 1


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
    if request.text is not None:
        any_word, all_words = (engine.count(understand(request.text, want)) for want in (Want.ANY, Want.ALL))
        if any_word != all_words:
            parts.append(f"{any_word:,} with any of the words, {all_words:,} with all")
    return f"{'; '.join(parts)} · {seconds * 1000:.0f} ms"


def _articles(number: int) -> str:
    return f"{number:,} article" + ("" if number == 1 else "s")
