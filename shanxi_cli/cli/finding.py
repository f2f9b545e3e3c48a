"""`search` and `list`: one request, answered in the form that was asked for."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from shanxi_cli.cli.reporting import notify
from shanxi_cli.cli.session import opened
from shanxi_cli.engines import Engine
from shanxi_cli.grammar import Want
from shanxi_cli.locations import Locations
from shanxi_cli.model import Order, Results
from shanxi_cli.printers import Format, Look, make_results_printer
from shanxi_cli.searching import EVERYTHING, search, understand

SHOWN_ON_A_TERMINAL = 10


@dataclass(frozen=True, slots=True)
class Request:
    """What one command line asks. `limit`: None for the default, 0 for all. `form`: None for the default."""

    text: str
    want: Want
    order: Order
    limit: int | None
    offset: int
    form: Format | None
    count: bool
    quiet: bool
    look: Look
    pager: list[str]


def answer(request: Request, where: Callable[[], Locations]) -> int:
    """Prints the answer to a request; the exit status is 0 when an article matches, else 1.

    The query is understood first: a mistake in it needs neither folders nor an engine.
    """
    query = understand(request.text, request.want) if request.text.strip() else EVERYTHING
    started = time.perf_counter()
    engine = opened(where()).engine
    if request.count or request.quiet:
        total = engine.count(query)
        if request.count:
            print(total)
        return 0 if total else 1
    on_terminal = sys.stdout.isatty()
    form = request.form or (Format.TERMINAL if on_terminal else Format.LINES)
    limit = request.limit if request.limit is not None else SHOWN_ON_A_TERMINAL if on_terminal else 0
    results = search(
        engine,
        query,
        request.order,
        limit=limit or None,
        offset=request.offset,
        with_passages=form in (Format.TERMINAL, Format.JSONL),
    )
    make_results_printer(form, sys.stdout, request.look, request.pager).results(results)
    sys.stdout.flush()
    if not results.total:
        notify(f"nothing found for {request.text} in {_articles(engine.size())}")
    elif form is Format.TERMINAL:
        print(_footer(results, request, engine, time.perf_counter() - started), file=sys.stderr)
    return 0 if results.total else 1


def _footer(results: Results, request: Request, engine: Engine, seconds: float) -> str:
    """How many articles match, how many are shown, with any and with all of the words, and how long it took."""
    shown = len(results.hits)
    total = _articles(results.total)
    if shown < results.total:
        first = request.offset + 1
        total = f"{first} to {request.offset + shown} of {total}" if shown else f"none of {total}"
    parts = [total]
    if request.text.strip():
        any_word, all_words = (engine.count(understand(request.text, want)) for want in (Want.ANY, Want.ALL))
        if any_word != all_words:
            parts.append(f"{any_word:,} with any of the words, {all_words:,} with all")
    return f"{'; '.join(parts)} · {seconds * 1000:.0f} ms"


def _articles(number: int) -> str:
    return f"{number:,} article" + ("" if number == 1 else "s")
