"""`quotes`: who said what in the sentences that match, or how often."""

import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from shanxi_cli.archive import Archive
from shanxi_cli.cli.neighbour import neighbour
from shanxi_cli.cli.nothing import report_nothing
from shanxi_cli.cli.options import FigureForm, Patience, Settings, Style, Where
from shanxi_cli.cli.quote_options import ChosenQuotes
from shanxi_cli.cli.reporting import notify, notify_if
from shanxi_cli.cli.rows import counted, first, form_of, of
from shanxi_cli.cli.session import Session, locations, look, pager
from shanxi_cli.errors import UsageError
from shanxi_cli.explaining import Nothing, why_nothing
from shanxi_cli.grammar import Want
from shanxi_cli.model import Quote, QuoteSorting, Scope
from shanxi_cli.printers import TableFormat, make_quotes_printer
from shanxi_cli.printers.jsonl import SCHEMA, to_json
from shanxi_cli.query import Query
from shanxi_cli.quotes import ANYBODY, Asked, grouped, ordered, quotes, speakers
from shanxi_cli.record import Record
from shanxi_cli.remembered import Outline
from shanxi_cli.searching import EVERYTHING, understand

SHOWN_ON_A_TERMINAL = 20
SPEAKERS_NAMED = 8
"""Speakers that a message names, where quotes are of others than the one asked for."""


class _Found(Record):
    """The quotes found, and what there is to say where there are none.

    `articles` is how many articles match. `speakers` has those of other quotes than were asked for, `wider` how many
    quotes there are in wider scopes, and `why` tells why not even an article was found. `neighbour` is the line about
    Shaanxi, or empty.
    """

    quotes: Sequence[Quote]
    outline: Outline
    neighbour: str
    articles: int = 0
    speakers: Sequence[tuple[str, int]] = ()
    wider: Mapping[str, int] = MappingProxyType({})
    why: Nothing | None = None


def print_quotes(
    text: str | None,
    chosen: ChosenQuotes,
    form: FigureForm,
    style: Style,
    patience: Patience,
    where: Where,
    settings: Settings,
) -> int:
    """Prints the quotes that `text` (None: all) finds; the status is 0 when there are any, else 1.

    Query and options are understood first: a mistake in them needs neither folders nor an engine.
    """
    kind = form_of(form)
    query = EVERYTHING if text is None else understand(text, Want.ANY if chosen.any_word else Want.ALL)
    asked = _asked(chosen)
    printer = make_quotes_printer(kind, sys.stdout, look(style, settings), pager(style))
    session = Session(locations(where, settings), patience)
    found = session.ask(lambda archive: _found(archive, query, text, chosen, asked))
    if chosen.group_by:
        printer.summaries(first(grouped(found.quotes, chosen.group_by), chosen.limit), chosen.group_by)
    else:
        shown = first(found.quotes, chosen.limit, SHOWN_ON_A_TERMINAL)
        printer.quotes(shown)
        if found.quotes and kind is TableFormat.TERMINAL:
            articles = len({quote.article.id for quote in found.quotes})
            sys.stdout.flush()
            told = f"{of(len(shown), len(found.quotes), 'quote')} in {counted(articles, 'article')}"
            print(told, file=sys.stderr)
    if not found.quotes:
        _say_nothing(found, query, text, chosen, asked, form.json)
    notify_if(found.neighbour)
    return 0 if found.quotes else 1


def _found(archive: Archive, query: Query, text: str | None, chosen: ChosenQuotes, asked: Asked) -> _Found:
    engine, line = archive.engine, neighbour(archive.engine, query)
    found = ordered(quotes(engine, query, asked, chosen.scope), chosen.sort or QuoteSorting.DATE)
    if found:
        return _Found(found, archive.outline, line)
    archive.confirm()
    articles = engine.count(query)
    if not articles and text is not None:
        return _Found((), archive.outline, line, why=why_nothing(engine, query))
    others = speakers(quotes(engine, query, scope=chosen.scope)) if asked != ANYBODY else []
    scopes = list(Scope)[list(Scope).index(chosen.scope) + 1 :]
    wider = {scope.value: len(quotes(engine, query, asked, scope)) for scope in scopes}
    return _Found((), archive.outline, line, articles, others, wider)


def _asked(chosen: ChosenQuotes) -> Asked:
    """What the options ask for. `UsageError` for one that is empty, and for two that do not go together."""
    for name, value in (("--by", chosen.by), ("--org", chosen.org)):
        if value is not None and not any(c.isalnum() for c in value):
            raise UsageError(f"{name} is empty")
    if chosen.sort and chosen.group_by:
        raise UsageError("--sort and --group-by do not go together")
    return Asked(chosen.by or "", chosen.org or "", chosen.voice)


def _say_nothing(found: _Found, query: Query, text: str | None, chosen: ChosenQuotes, asked: Asked, json: bool) -> None:
    """Tells on stderr why there is no quote: no article, none of such a speaker, or none where the words stand."""
    if found.why and text is not None:
        report_nothing(found.why, found.outline.coverage, query, text, "shanxi quotes", json)
        return
    if json:
        named = [{"speaker": name, "quotes": many} for name, many in found.speakers]
        nothing = {"query": text, "articles": found.articles, "speakers": named, "in": dict(found.wider)}
        print(to_json({"schema": SCHEMA, "nothing": nothing}), file=sys.stderr)
        return
    parts = [f"{counted(found.articles, 'article')} found, but no quote in a {chosen.scope.value} that matches"]
    if found.speakers:
        shown = ", ".join(f"{name} ({many:,})" for name, many in found.speakers[:SPEAKERS_NAMED])
        kind = "of such a speaker" if asked.by or asked.organisation else "like this"
        parts = [f"no quote is {kind}; there are {shown}" + ", ..." * (len(found.speakers) > SPEAKERS_NAMED)]
    notify("; ".join([*parts, *(f"--in {name} has {many:,}" for name, many in found.wider.items() if many)]))
