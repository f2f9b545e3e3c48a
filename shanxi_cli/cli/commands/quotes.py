"""`quotes`: quotes of the matching sentences with their speakers, or their number by group."""

from shanxi_cli.answers.quotes import find_quote_rows
from shanxi_cli.answers.sentences import SentenceAnswer
from shanxi_cli.cli.commands._search import print_explanation
from shanxi_cli.cli.commands._sentences import (
    SentenceRequest,
    join_name_counts,
    make_sentence_printer,
    make_sentence_request,
    print_counts,
    print_no_rows,
    print_sentence_rows,
    suggest_wider_scopes,
)
from shanxi_cli.cli.context import open_session
from shanxi_cli.cli.corrections import are_in_rows, explain_corrections, json_notes, print_corrections
from shanxi_cli.cli.messages import print_notice_if_any
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.sentences import QuoteOptions
from shanxi_cli.cli.output_format import require_at_most_one
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.quotes import (
    QuoteFilter,
    summarize_quotes,
)
from shanxi_cli.model.options import QuoteOrder
from shanxi_cli.output import TableFormat, annotate_rows, make_quotes_printer
from shanxi_cli.output.protocols import QuotesPrinter
from shanxi_cli.util.text import add_article, pluralize


def run_quotes(options: QuoteOptions, settings: GlobalOptions) -> int:
    """Print the quotes that match; exit status 0 for at least one, else 1."""
    request = make_sentence_request("quotes", options, settings)
    quote_filter = _make_quote_filter(options)
    printer = make_sentence_printer(request, options.session.terminal, settings, make_quotes_printer)
    if options.rows.explain:
        corrected = explain_corrections(options, settings, request.query, request.filters)
        print_explanation(corrected, request.text or "")
        return 0
    session = open_session(options.session, settings, quiet=options.rows.quiet)
    order, needed = options.sort or QuoteOrder.DATE, _count_needed_rows(request, options)
    answer = session.run(lambda archive: find_quote_rows(archive, request, quote_filter, order, needed))
    annotate_rows(printer, json_notes(answer.corrected))
    _print_quotes(answer, request, options, printer)
    if not answer.rows and not options.rows.count and not options.rows.quiet:
        others = [{"speaker": name, "quotes": count} for name, count in answer.others]
        print_no_rows(answer, request, "speakers", others, _explain_no_quotes(answer, request, options))
    if not options.rows.quiet:
        print_corrections(answer.corrected, found=bool(answer.rows), in_rows=are_in_rows(options.rows, request.form))
    print_notice_if_any(answer.notice)
    return 0 if answer.rows else 1


def _make_quote_filter(options: QuoteOptions) -> QuoteFilter:
    """Return the filter of the options. `UsageError` for an empty one, and for two that exclude each other."""
    for name, value in (("--by", options.by), ("--org", options.org)):
        if value is not None and not any(char.isalnum() for char in value):
            raise UsageError(f"{name} is empty")
    require_at_most_one({"--sort": options.sort, "--group-by": options.group_by})
    require_at_most_one({"--ids": options.ids, "--group-by": options.group_by})
    return QuoteFilter(options.by or "", options.org or "", options.voice)


def _count_needed_rows(request: SentenceRequest, options: QuoteOptions) -> int | None:
    """Return the number of quotes behind which no more are needed; None where they are counted."""
    if options.group_by or options.ids or request.rows.count or request.form is TableFormat.TERMINAL:
        return None
    return 1 if request.rows.quiet else request.part.stop


def _print_quotes(
    answer: SentenceAnswer, request: SentenceRequest, options: QuoteOptions, printer: QuotesPrinter
) -> None:
    if by := options.group_by:
        summaries = summarize_quotes(answer.rows, by)
        if not print_counts(request, len(summaries)):
            printer.summaries(summaries[request.whole_part], by)
    else:
        print_sentence_rows(request, answer.rows, printer.quotes, "quote")


def _explain_no_quotes(answer: SentenceAnswer, request: SentenceRequest, options: QuoteOptions) -> str:
    """Return why there is no quote: none by the speaker, or none in the matching sentences."""
    found, scope = pluralize(answer.articles, "article"), add_article(request.filters.scope.value)
    reason = f"{found} found, but no quotes in {scope} that matches"
    if answer.others:
        speaker = " of ".join(f"'{name}'" for name in (options.by, options.org) if name)
        kind = f" {options.voice.value}" if options.voice else ""
        quotes = f"no{kind} quotes by {speaker}" if speaker else f"no{kind} quotes"
        reason = f"{quotes}; there are quotes by {join_name_counts(answer.others)}"
        if answer.similar:
            reason = f"{quotes}; did you mean {join_name_counts(answer.similar)}?"
    return "; ".join([reason, *suggest_wider_scopes(answer)])
