"""`find_figures`: the figures of the sentences that match, their counts, or those that do not agree."""

import sys
from collections.abc import Sequence

from shanxi_cli.archive import Archive
from shanxi_cli.cli.commands._sentences import (
    DEFAULT_ROWS,
    SentenceRows,
    find_sentence_rows,
    join_name_counts,
    print_row_count,
    suggest_wider_scopes,
)
from shanxi_cli.cli.context import Session, choose_pager, choose_terminal_style, resolve_locations
from shanxi_cli.cli.messages import print_notice, print_notice_if_any
from shanxi_cli.cli.no_results import report_no_results
from shanxi_cli.cli.options.common import (
    ArchiveOptions,
    FigureFormatOptions,
    FigureOptions,
    GlobalOptions,
    TerminalOptions,
    TimeoutOptions,
)
from shanxi_cli.cli.rows import choose_row_format, format_count, limit_rows
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.figures import (
    ANY_LIMIT,
    count_units,
    find_figures,
    find_inconsistencies,
    sort_figures,
    summarize_figures,
)
from shanxi_cli.extraction.quantities.consistency import QuantityConflict
from shanxi_cli.model.options import FigureOrder, Scope
from shanxi_cli.model.quantity import Figure, Quantity
from shanxi_cli.output import FiguresPrinter, make_figures_printer
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.query.plan.range_parser import range_from_options as chosen_limit
from shanxi_cli.search.searcher import MATCH_ALL, compile_query


def print_figures(
    text: str | None,
    chosen: FigureOptions,
    form: FigureFormatOptions,
    style: TerminalOptions,
    patience: TimeoutOptions,
    where: ArchiveOptions,
    settings: GlobalOptions,
) -> int:
    """Prints the figures that `text` (None: all) finds; the status is 0 when there are any, else 1.

    Query and options are understood first: a mistake in them needs neither folders nor an engine.
    """
    kind = choose_row_format(form)
    want = WordOperator.ANY if chosen.any_word else WordOperator.ALL
    query = MATCH_ALL if text is None else compile_query(text, want)
    within = _parse_value_range(chosen)
    printer = make_figures_printer(kind, sys.stdout, choose_terminal_style(style, settings), choose_pager(style))
    session = Session(resolve_locations(where, settings), patience)
    if chosen.check:
        return _print_flags(session.ask(lambda archive: _find_flags(archive, query)), chosen, printer)
    found = session.ask(lambda archive: _find_rows(archive, query, text, chosen, within))
    if chosen.group_by:
        printer.summaries(limit_rows(summarize_figures(found.rows, chosen.group_by), chosen.limit), chosen.group_by)
    else:
        shown = limit_rows(found.rows, chosen.limit, DEFAULT_ROWS)
        printer.figures(shown)
        print_row_count(len(shown), found.rows, "figure", kind)
    if not found.rows:
        _report_no_figures(found, query, text, chosen, form.json)
    print_notice_if_any(found.neighbour)
    return 0 if found.rows else 1


def _find_rows(
    archive: Archive, query: QueryPlan, text: str | None, chosen: FigureOptions, within: QuantityRange
) -> SentenceRows:
    engine, order = archive.engine, chosen.sort or FigureOrder.DATE

    def others() -> Sequence[tuple[str, int]]:
        return count_units(find_figures(engine, query, scope=chosen.scope)) if within != ANY_LIMIT else []

    def read(scope: Scope) -> Sequence[Figure]:
        return sort_figures(find_figures(engine, query, within, scope), order)

    return find_sentence_rows(archive, query, text, chosen.scope, read, others)


def _find_flags(archive: Archive, query: QueryPlan) -> Sequence[tuple[QuantityConflict, tuple[Quantity, ...]]]:
    found = find_inconsistencies(archive.engine, query)
    if not found:
        archive.confirm()
    return found


def _print_flags(
    found: Sequence[tuple[QuantityConflict, tuple[Quantity, ...]]], chosen: FigureOptions, printer: FiguresPrinter
) -> int:
    printer.flags(limit_rows(found, chosen.limit))
    if not found:
        print_notice("no figures were found that do not agree")
    return 0 if found else 1


def _parse_value_range(chosen: FigureOptions) -> QuantityRange:
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


def _report_no_figures(
    found: SentenceRows, query: QueryPlan, text: str | None, chosen: FigureOptions, json: bool
) -> None:
    """Tells on stderr why there is no figure: no article, none within the limits, or none where the words stand."""
    if found.why and text is not None:
        report_no_results(found.why, found.outline.coverage, query, text, "shanxi figures", json)
    elif json:
        others = [{"unit": unit or None, "figures": number} for unit, number in found.others]
        nothing = {"query": text, "articles": found.articles, "units": others, "in": dict(found.wider)}
        print(to_json({"schema": SCHEMA_VERSION, "nothing": nothing}), file=sys.stderr)
    elif found.others:
        there = [(unit or "no unit", number) for unit, number in found.others]
        print_notice(f"no figure is within these limits; there are {join_name_counts(there)}")
    else:
        message = (
            f"{format_count(found.articles, 'article')} found, but no figure in a {chosen.scope.value} that matches"
        )
        print_notice("; ".join([message, *suggest_wider_scopes(found)]))
