"""`quotes`: who said what in the sentences that match, or how often."""

import sys

from shanxi_cli.archive import Archive
from shanxi_cli.cli.neighbour import remark_neighbour
from shanxi_cli.cli.nothing import report_nothing
from shanxi_cli.cli.options import FigureForm, Settings, Style, Where
from shanxi_cli.cli.quote_options import ChosenQuotes
from shanxi_cli.cli.reporting import notify
from shanxi_cli.cli.rows import first, form_of, number, of
from shanxi_cli.cli.session import locations, look, opened, pager
from shanxi_cli.errors import UsageError
from shanxi_cli.grammar import Want
from shanxi_cli.model import QuoteSorting, Scope
from shanxi_cli.printers import FigureFormat, make_quotes_printer
from shanxi_cli.printers.jsonl import SCHEMA, to_json
from shanxi_cli.query import Query
from shanxi_cli.quotes import ANYBODY, Asked, grouped, ordered, quotes, speakers
from shanxi_cli.searching import EVERYTHING, understand

SHOWN_ON_A_TERMINAL = 20
SPEAKERS_NAMED = 8
"""Speakers that a message names, where quotes are of others than the one asked for."""


def print_quotes(
    text: str | None, chosen: ChosenQuotes, form: FigureForm, style: Style, where: Where, settings: Settings
) -> int:
    """Prints the quotes that `text` (None: all) finds; the status is 0 when there are any, else 1.

    Query and options are understood first: a mistake in them needs neither folders nor an engine.
    """
    kind = form_of(form)
    query = EVERYTHING if text is None else understand(text, Want.ANY if chosen.any_word else Want.ALL)
    asked = _asked(chosen)
    printer = make_quotes_printer(kind, sys.stdout, look(style, settings), pager(style))
    archive = opened(locations(where, settings))
    found = ordered(quotes(archive.engine, query, asked, chosen.scope), chosen.sort or QuoteSorting.DATE)
    if chosen.group_by:
        printer.summaries(first(grouped(found, chosen.group_by), chosen.limit), chosen.group_by)
    else:
        shown = first(found, chosen.limit, SHOWN_ON_A_TERMINAL)
        printer.quotes(shown)
        if found and kind is FigureFormat.TERMINAL:
            articles = len({quote.article.id for quote in found})
            sys.stdout.flush()
            print(f"{of(len(shown), len(found), 'quote')} in {number(articles, 'article')}", file=sys.stderr)
    if not found:
        _say_nothing(archive, query, text, chosen, asked, form.json)
    remark_neighbour(archive.engine, query)
    return 0 if found else 1


def _asked(chosen: ChosenQuotes) -> Asked:
    """What the options ask for. `UsageError` for one that is empty, and for two that do not go together."""
    for name, value in (("--by", chosen.by), ("--org", chosen.org)):
        if value is not None and not any(c.isalnum() for c in value):
            raise UsageError(f"{name} is empty")
    if chosen.sort and chosen.group_by:
        raise UsageError("--sort and --group-by do not go together")
    return Asked(chosen.by or "", chosen.org or "", chosen.voice)


def _say_nothing(
    archive: Archive, query: Query, text: str | None, chosen: ChosenQuotes, asked: Asked, json: bool
) -> None:
    """Tells on stderr why there is no quote: no article, none of such a speaker, or none where the words stand."""
    engine = archive.engine
    articles = engine.count(query)
    if not articles and text is not None:
        report_nothing(archive, query, text, "shanxi quotes", json)
        return
    others = speakers(quotes(engine, query, scope=chosen.scope)) if asked != ANYBODY else []
    wider = {s.value: len(quotes(engine, query, asked, s)) for s in list(Scope)[list(Scope).index(chosen.scope) + 1 :]}
    if json:
        named = [{"speaker": name, "quotes": many} for name, many in others]
        nothing = {"query": text, "articles": articles, "speakers": named, "in": wider}
        print(to_json({"schema": SCHEMA, "nothing": nothing}), file=sys.stderr)
        return
    parts = [f"{number(articles, 'article')} found, but no quote in a {chosen.scope.value} that matches"]
    if others:
        shown = ", ".join(f"{name} ({many:,})" for name, many in others[:SPEAKERS_NAMED])
        kind = "of such a speaker" if asked.by or asked.organisation else "like this"
        parts = [f"no quote is {kind}; there are {shown}" + ", ..." * (len(others) > SPEAKERS_NAMED)]
    notify("; ".join([*parts, *(f"--in {name} has {many:,}" for name, many in wider.items() if many)]))
