"""`figures`: the figures of the sentences that match, their counts, or those that do not agree."""

import sys
from collections.abc import Sequence

from shanxi_cli.archive import Archive
from shanxi_cli.cli.commands._sentences import SHOWN_ON_A_TERMINAL, Found, elsewhere, find, named, tell_how_many
from shanxi_cli.cli.context import Session, locations, look, pager
from shanxi_cli.cli.messages import notify, notify_if
from shanxi_cli.cli.no_results import report_nothing
from shanxi_cli.cli.options.common import Chosen, FigureForm, Patience, Settings, Style, Where
from shanxi_cli.cli.rows import counted, first, form_of
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.figures import ANY, figures, flags, grouped, ordered, units
from shanxi_cli.extraction.quantities.consistency import Flag
from shanxi_cli.model.nouns import Figure, Quantity, Scope, Sorting
from shanxi_cli.output import FiguresPrinter, make_figures_printer
from shanxi_cli.output.jsonl import SCHEMA, to_json
from shanxi_cli.query.ast import Query
from shanxi_cli.query.parser import Want
from shanxi_cli.query.plan.range import Limit
from shanxi_cli.query.plan.range_parser import chosen as chosen_limit
from shanxi_cli.search.searcher import EVERYTHING, understand


def print_figures(
    text: str | None,
    chosen: Chosen,
    form: FigureForm,
    style: Style,
    patience: Patience,
    where: Where,
    settings: Settings,
) -> int:
    """Prints the figures that `text` (None: all) finds; the status is 0 when there are any, else 1.

    Query and options are understood first: a mistake in them needs neither folders nor an engine.
    """
    kind = form_of(form)
    want = Want.ANY if chosen.any_word else Want.ALL
    query = EVERYTHING if text is None else understand(text, want)
    within = _within(chosen)
    printer = make_figures_printer(kind, sys.stdout, look(style, settings), pager(style))
    session = Session(locations(where, settings), patience)
    if chosen.check:
        return _print_flags(session.ask(lambda archive: _flags(archive, query)), chosen, printer)
    found = session.ask(lambda archive: _found(archive, query, text, chosen, within))
    if chosen.group_by:
        printer.summaries(first(grouped(found.rows, chosen.group_by), chosen.limit), chosen.group_by)
    else:
        shown = first(found.rows, chosen.limit, SHOWN_ON_A_TERMINAL)
        printer.figures(shown)
        tell_how_many(len(shown), found.rows, "figure", kind)
    if not found.rows:
        _say_nothing(found, query, text, chosen, form.json)
    notify_if(found.neighbour)
    return 0 if found.rows else 1


def _found(archive: Archive, query: Query, text: str | None, chosen: Chosen, within: Limit) -> Found:
    engine, order = archive.engine, chosen.sort or Sorting.DATE

    def others() -> Sequence[tuple[str, int]]:
        return units(figures(engine, query, scope=chosen.scope)) if within != ANY else []

    def read(scope: Scope) -> Sequence[Figure]:
        return ordered(figures(engine, query, within, scope), order)

    return find(archive, query, text, chosen.scope, read, others)


def _flags(archive: Archive, query: Query) -> Sequence[tuple[Flag, tuple[Quantity, ...]]]:
    found = flags(archive.engine, query)
    if not found:
        archive.confirm()
    return found


def _print_flags(found: Sequence[tuple[Flag, tuple[Quantity, ...]]], chosen: Chosen, printer: FiguresPrinter) -> int:
    printer.flags(first(found, chosen.limit))
    if not found:
        notify("no figures were found that do not agree")
    return 0 if found else 1


def _within(chosen: Chosen) -> Limit:
    """The limit of the options. `UsageError` for one that is none, and for options that `--check` has no use for."""
    given = {
        "--unit": chosen.unit,
        "--min": chosen.least,
        "--max": chosen.most,
        "--sort": chosen.sort,
        "--group-by": chosen.group_by,
    }
    for name, value in given.items():
        if chosen.check and value is not None:
            raise UsageError(f"--check and {name} do not go together")
        if isinstance(value, str) and not value.strip():
            raise UsageError(f"{name} is empty")
    if chosen.sort and chosen.group_by:
        raise UsageError("--sort and --group-by do not go together")
    try:
        return chosen_limit(chosen.unit, chosen.least, chosen.most)
    except ValueError as error:
        raise UsageError(f"--unit, --min, --max: {error}") from error


def _say_nothing(found: Found, query: Query, text: str | None, chosen: Chosen, json: bool) -> None:
    """Tells on stderr why there is no figure: no article, none within the limits, or none where the words stand."""
    if found.why and text is not None:
        report_nothing(found.why, found.outline.coverage, query, text, "shanxi figures", json)
    elif json:
        others = [{"unit": unit or None, "figures": number} for unit, number in found.others]
        nothing = {"query": text, "articles": found.articles, "units": others, "in": dict(found.wider)}
        print(to_json({"schema": SCHEMA, "nothing": nothing}), file=sys.stderr)
    elif found.others:
        there = [(unit or "no unit", number) for unit, number in found.others]
        notify(f"no figure is within these limits; there are {named(there)}")
    else:
        message = f"{counted(found.articles, 'article')} found, but no figure in a {chosen.scope.value} that matches"
        notify("; ".join([message, *elsewhere(found)]))
