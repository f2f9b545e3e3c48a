"""`figures`: the figures of the sentences that match, their counts, or those that do not agree."""

import sys
from collections.abc import Sequence

from shanxi_cli.archive import Archive
from shanxi_cli.cli.neighbour import remark_neighbour
from shanxi_cli.cli.nothing import report_nothing
from shanxi_cli.cli.options import Chosen, FigureForm, Settings, Style, Where
from shanxi_cli.cli.reporting import notify
from shanxi_cli.cli.rows import first, form_of, number, of
from shanxi_cli.cli.session import locations, look, opened, pager
from shanxi_cli.engines import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.figures import ANY, figures, flags, grouped, ordered, units
from shanxi_cli.grammar import Want
from shanxi_cli.language.limits import chosen as chosen_limit
from shanxi_cli.language.measuring import Limit
from shanxi_cli.model import Scope, Sorting
from shanxi_cli.printers import FigureFormat, FiguresPrinter, make_figures_printer
from shanxi_cli.printers.jsonl import SCHEMA, to_json
from shanxi_cli.query import Query
from shanxi_cli.searching import EVERYTHING, understand

SHOWN_ON_A_TERMINAL = 20
UNITS_NAMED = 8
"""Units that a message names, where figures are of others than the one asked for."""


def print_figures(
    text: str | None, chosen: Chosen, form: FigureForm, style: Style, where: Where, settings: Settings
) -> int:
    """Prints the figures that `text` (None: all) finds; the status is 0 when there are any, else 1.

    Query and options are understood first: a mistake in them needs neither folders nor an engine.
    """
    kind = form_of(form)
    want = Want.ANY if chosen.any_word else Want.ALL
    query = EVERYTHING if text is None else understand(text, want)
    within = _within(chosen)
    printer = make_figures_printer(kind, sys.stdout, look(style, settings), pager(style))
    archive = opened(locations(where, settings))
    if chosen.check:
        return _print_flags(archive.engine, query, chosen, printer)
    found = ordered(figures(archive.engine, query, within, chosen.scope), chosen.sort or Sorting.DATE)
    if chosen.group_by:
        printer.summaries(first(grouped(found, chosen.group_by), chosen.limit), chosen.group_by)
    else:
        shown = first(found, chosen.limit, SHOWN_ON_A_TERMINAL)
        printer.figures(shown)
        if found and kind is FigureFormat.TERMINAL:
            articles = len({figure.article.id for figure in found})
            sys.stdout.flush()
            print(f"{of(len(shown), len(found), 'figure')} in {number(articles, 'article')}", file=sys.stderr)
    if not found:
        _say_nothing(archive, query, text, chosen, within, form.json)
    remark_neighbour(archive.engine, query)
    return 0 if found else 1


def _print_flags(engine: Engine, query: Query, chosen: Chosen, printer: FiguresPrinter) -> int:
    found = flags(engine, query)
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


def _say_nothing(archive: Archive, query: Query, text: str | None, chosen: Chosen, within: Limit, json: bool) -> None:
    """Tells on stderr why there is no figure: no article, none within the limits, or none where the words stand."""
    engine = archive.engine
    articles = engine.count(query)
    if not articles and text is not None:
        report_nothing(archive, query, text, "shanxi figures", json)
        return
    others = units(figures(engine, query, scope=chosen.scope)) if within != ANY else []
    wider = {
        s.value: len(figures(engine, query, within, s)) for s in list(Scope)[list(Scope).index(chosen.scope) + 1 :]
    }
    if json:
        named = [{"unit": unit or None, "figures": number} for unit, number in others]
        nothing = {"query": text, "articles": articles, "units": named, "in": wider}
        print(to_json({"schema": SCHEMA, "nothing": nothing}), file=sys.stderr)
    elif others:
        notify(f"no figure is within these limits; there are {_units(others)}")
    else:
        message = f"{number(articles, 'article')} found, but no figure in a {chosen.scope.value} that matches"
        notify("; ".join([message, *(f"--in {name} has {number:,}" for name, number in wider.items() if number)]))


def _units(others: Sequence[tuple[str, int]]) -> str:
    named = [f"{unit or 'no unit'} ({number:,})" for unit, number in others[:UNITS_NAMED]]
    return ", ".join(named) + ", ..." * (len(others) > UNITS_NAMED)
