"""`quotes`: who said what in the sentences that match, or how often."""

import sys
from collections.abc import Sequence

from shanxi_cli.archive import Archive
from shanxi_cli.cli.commands._sentences import SHOWN_ON_A_TERMINAL, Found, elsewhere, find, named, tell_how_many
from shanxi_cli.cli.context import Session, locations, look, pager
from shanxi_cli.cli.messages import notify, notify_if
from shanxi_cli.cli.no_results import report_nothing
from shanxi_cli.cli.options.common import FigureForm, Patience, Settings, Style, Where
from shanxi_cli.cli.options.quotes import ChosenQuotes
from shanxi_cli.cli.rows import counted, first, form_of
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.quotes import ANYBODY, Asked, grouped, ordered, quotes, speakers
from shanxi_cli.model.nouns import Quote, QuoteSorting, Scope
from shanxi_cli.output import make_quotes_printer
from shanxi_cli.output.jsonl import SCHEMA, to_json
from shanxi_cli.query.ast import Query
from shanxi_cli.query.parser import Want
from shanxi_cli.search.searcher import EVERYTHING, understand


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
        printer.summaries(first(grouped(found.rows, chosen.group_by), chosen.limit), chosen.group_by)
    else:
        shown = first(found.rows, chosen.limit, SHOWN_ON_A_TERMINAL)
        printer.quotes(shown)
        tell_how_many(len(shown), found.rows, "quote", kind)
    if not found.rows:
        _say_nothing(found, query, text, chosen, asked, form.json)
    notify_if(found.neighbour)
    return 0 if found.rows else 1


def _found(archive: Archive, query: Query, text: str | None, chosen: ChosenQuotes, asked: Asked) -> Found:
    engine, order = archive.engine, chosen.sort or QuoteSorting.DATE

    def others() -> Sequence[tuple[str, int]]:
        return speakers(quotes(engine, query, scope=chosen.scope)) if asked != ANYBODY else []

    def read(scope: Scope) -> Sequence[Quote]:
        return ordered(quotes(engine, query, asked, scope), order)

    return find(archive, query, text, chosen.scope, read, others)


def _asked(chosen: ChosenQuotes) -> Asked:
    """What the options ask for. `UsageError` for one that is empty, and for two that do not go together."""
    for name, value in (("--by", chosen.by), ("--org", chosen.org)):
        if value is not None and not any(c.isalnum() for c in value):
            raise UsageError(f"{name} is empty")
    if chosen.sort and chosen.group_by:
        raise UsageError("--sort and --group-by do not go together")
    return Asked(chosen.by or "", chosen.org or "", chosen.voice)


def _say_nothing(found: Found, query: Query, text: str | None, chosen: ChosenQuotes, asked: Asked, json: bool) -> None:
    """Tells on stderr why there is no quote: no article, none of such a speaker, or none where the words stand."""
    if found.why and text is not None:
        report_nothing(found.why, found.outline.coverage, query, text, "shanxi quotes", json)
        return
    if json:
        others = [{"speaker": name, "quotes": many} for name, many in found.others]
        nothing = {"query": text, "articles": found.articles, "speakers": others, "in": dict(found.wider)}
        print(to_json({"schema": SCHEMA, "nothing": nothing}), file=sys.stderr)
        return
    parts = [f"{counted(found.articles, 'article')} found, but no quote in a {chosen.scope.value} that matches"]
    if found.others:
        kind = "of such a speaker" if asked.by or asked.organisation else "like this"
        parts = [f"no quote is {kind}; there are {named(found.others)}"]
    notify("; ".join([*parts, *elsewhere(found)]))
