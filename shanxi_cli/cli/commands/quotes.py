"""`find_quotes`: who said what in the sentences that match, or how often."""

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
    GlobalOptions,
    TerminalOptions,
    TimeoutOptions,
)
from shanxi_cli.cli.options.quotes import QuoteOptions
from shanxi_cli.cli.rows import choose_row_format, format_count, limit_rows
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.quotes import ANY_QUOTE, QuoteFilter, count_speakers, find_quotes, sort_quotes, summarize_quotes
from shanxi_cli.model.options import QuoteOrder, Scope
from shanxi_cli.model.quote import Quote
from shanxi_cli.output import make_quotes_printer
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.searcher import MATCH_ALL, compile_query


def print_quotes(
    text: str | None,
    chosen: QuoteOptions,
    form: FigureFormatOptions,
    style: TerminalOptions,
    patience: TimeoutOptions,
    where: ArchiveOptions,
    settings: GlobalOptions,
) -> int:
    """Prints the quotes that `text` (None: all) finds; the status is 0 when there are any, else 1.

    Query and options are understood first: a mistake in them needs neither folders nor an engine.
    """
    kind = choose_row_format(form)
    query = (
        MATCH_ALL if text is None else compile_query(text, WordOperator.ANY if chosen.any_word else WordOperator.ALL)
    )
    asked = _make_quote_filter(chosen)
    printer = make_quotes_printer(kind, sys.stdout, choose_terminal_style(style, settings), choose_pager(style))
    session = Session(resolve_locations(where, settings), patience)
    found = session.ask(lambda archive: _find_rows(archive, query, text, chosen, asked))
    if chosen.group_by:
        printer.summaries(limit_rows(summarize_quotes(found.rows, chosen.group_by), chosen.limit), chosen.group_by)
    else:
        shown = limit_rows(found.rows, chosen.limit, DEFAULT_ROWS)
        printer.quotes(shown)
        print_row_count(len(shown), found.rows, "quote", kind)
    if not found.rows:
        _report_no_quotes(found, query, text, chosen, asked, form.json)
    print_notice_if_any(found.neighbour)
    return 0 if found.rows else 1


def _find_rows(
    archive: Archive, query: QueryPlan, text: str | None, chosen: QuoteOptions, asked: QuoteFilter
) -> SentenceRows:
    engine, order = archive.engine, chosen.sort or QuoteOrder.DATE

    def others() -> Sequence[tuple[str, int]]:
        return count_speakers(find_quotes(engine, query, scope=chosen.scope)) if asked != ANY_QUOTE else []

    def read(scope: Scope) -> Sequence[Quote]:
        return sort_quotes(find_quotes(engine, query, asked, scope), order)

    return find_sentence_rows(archive, query, text, chosen.scope, read, others)


def _make_quote_filter(chosen: QuoteOptions) -> QuoteFilter:
    """What the options ask for. `UsageError` for one that is empty, and for two that do not go together."""
    for name, value in (("--by", chosen.by), ("--org", chosen.org)):
        if value is not None and not any(c.isalnum() for c in value):
            raise UsageError(f"{name} is empty")
    if chosen.sort and chosen.group_by:
        raise UsageError("--sort and --group-by do not go together")
    return QuoteFilter(chosen.by or "", chosen.org or "", chosen.voice)


def _report_no_quotes(
    found: SentenceRows, query: QueryPlan, text: str | None, chosen: QuoteOptions, asked: QuoteFilter, json: bool
) -> None:
    """Tells on stderr why there is no quote: no article, none of such a speaker, or none where the words stand."""
    if found.why and text is not None:
        report_no_results(found.why, found.outline.coverage, query, text, "shanxi quotes", json)
        return
    if json:
        others = [{"speaker": name, "quotes": many} for name, many in found.others]
        nothing = {"query": text, "articles": found.articles, "speakers": others, "in": dict(found.wider)}
        print(to_json({"schema": SCHEMA_VERSION, "nothing": nothing}), file=sys.stderr)
        return
    parts = [f"{format_count(found.articles, 'article')} found, but no quote in a {chosen.scope.value} that matches"]
    if found.others:
        kind = "of such a speaker" if asked.by or asked.organisation else "like this"
        parts = [f"no quote is {kind}; there are {join_name_counts(found.others)}"]
    print_notice("; ".join([*parts, *suggest_wider_scopes(found)]))
