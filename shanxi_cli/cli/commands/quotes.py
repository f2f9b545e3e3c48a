"""`quotes`: quotes of the matching sentences with their speakers, or their number by group."""

import sys
from collections.abc import Sequence

from shanxi_cli.archive import Archive
from shanxi_cli.cli.commands._sentences import (
    SentenceAnswer,
    SentenceRequest,
    find_sentence_rows,
    join_name_counts,
    make_sentence_request,
    print_no_rows,
    print_row_count,
    suggest_wider_scopes,
)
from shanxi_cli.cli.context import choose_pager, choose_terminal_style, open_session
from shanxi_cli.cli.messages import print_notice_if_any
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.sentences import QuoteOptions
from shanxi_cli.cli.output_format import DEFAULT_ROWS, choose_limit, require_at_most_one, take_rows
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.quotes import ANY_QUOTE, QuoteFilter, count_speakers, find_quotes, sort_quotes, summarize_quotes
from shanxi_cli.model.options import QuoteOrder, Scope
from shanxi_cli.model.quote import Quote
from shanxi_cli.output import QuotesPrinter, make_quotes_printer
from shanxi_cli.util.text import pluralize


def run_quotes(options: QuoteOptions, settings: GlobalOptions) -> int:
    """Print the quotes that match; exit status 0 for at least one, else 1."""
    request = make_sentence_request("quotes", options.query, options.scope, options.format, options.session, settings)
    quote_filter = _make_quote_filter(options)
    style, pager = choose_terminal_style(options.session.terminal, settings), choose_pager(options.session.terminal)
    printer = make_quotes_printer(request.form, sys.stdout, style, pager)
    session = open_session(options.session, settings)
    answer = session.run(lambda archive: _find_quotes(archive, request, options, quote_filter))
    _print_quotes(answer, request, options, printer)
    if not answer.rows:
        others = [{"speaker": name, "quotes": count} for name, count in answer.others]
        print_no_rows(answer, request, "speakers", others, _explain_no_quotes(answer, request, options))
    print_notice_if_any(answer.notice)
    return 0 if answer.rows else 1


def _make_quote_filter(options: QuoteOptions) -> QuoteFilter:
    """Return the filter of the options. `UsageError` for an empty one, and for two that exclude each other."""
    for name, value in (("--by", options.by), ("--org", options.org)):
        if value is not None and not any(char.isalnum() for char in value):
            raise UsageError(f"{name} is empty")
    require_at_most_one({"--sort": options.sort, "--group-by": options.group_by})
    return QuoteFilter(options.by or "", options.org or "", options.voice)


def _find_quotes(
    archive: Archive, request: SentenceRequest, options: QuoteOptions, quote_filter: QuoteFilter
) -> SentenceAnswer:
    engine, query, order = archive.engine, request.query, options.sort or QuoteOrder.DATE

    def count_others() -> Sequence[tuple[str, int]]:
        return count_speakers(find_quotes(engine, query, scope=request.scope)) if quote_filter != ANY_QUOTE else []

    def find(scope: Scope) -> Sequence[Quote]:
        return sort_quotes(find_quotes(engine, query, quote_filter, scope), order)

    return find_sentence_rows(archive, request, find, count_others)


def _print_quotes(
    answer: SentenceAnswer, request: SentenceRequest, options: QuoteOptions, printer: QuotesPrinter
) -> None:
    if options.group_by:
        summaries = summarize_quotes(answer.rows, options.group_by)
        printer.summaries(take_rows(summaries, options.limit or None), options.group_by)
        return
    shown = take_rows(answer.rows, choose_limit(options.limit, DEFAULT_ROWS))
    printer.quotes(shown)
    print_row_count(len(shown), answer.rows, "quote", request.form)


def _explain_no_quotes(answer: SentenceAnswer, request: SentenceRequest, options: QuoteOptions) -> str:
    """Return why there is no quote: none by the speaker, or none in the matching sentences."""
    reason = f"{pluralize(answer.articles, 'article')} found, but no quotes in a {request.scope.value} that matches"
    if answer.others:
        speaker = " of ".join(f"'{name}'" for name in (options.by, options.org) if name)
        kind = f" {options.voice.value}" if options.voice else ""
        quotes = f"no{kind} quotes by {speaker}" if speaker else f"no{kind} quotes"
        reason = f"{quotes}; there are quotes by {join_name_counts(answer.others)}"
    return "; ".join([reason, *suggest_wider_scopes(answer)])
