"""Quotes for scripts, spreadsheets and programs: lines, csv, jsonl, as `docs/output.md` promises. No Rich here."""

from collections.abc import Callable, Sequence
from typing import Any, TextIO

from shanxi_cli.model.options import QuoteGrouping
from shanxi_cli.model.quote import Quote, QuoteSummary
from shanxi_cli.output.columns import flatten_value
from shanxi_cli.output.csv_format import write_rows
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.util.sanitize import sanitize_line

QUOTE_COLUMNS: dict[str, Callable[[Quote], Any]] = {
    "article": lambda q: q.article.id,
    "date": lambda q: q.article.date,
    "edition": lambda q: q.article.edition,
    "speaker": lambda q: q.speech.speaker.name,
    "role": lambda q: q.speech.speaker.role,
    "organisation": lambda q: q.speech.speaker.organisation,
    "printed": lambda q: q.speech.speaker.printed,
    "basis": lambda q: q.speech.speaker.basis.value,
    "kind": lambda q: q.speech.voice.value,
    "rule": lambda q: q.speech.rule.value,
    "said": lambda q: q.said,
    "sentence": lambda q: q.sentence,
    "paragraph": lambda q: q.speech.paragraph,
    "start": lambda q: q.speech.start,
    "end": lambda q: q.speech.end,
}
DEFAULT_QUOTE_LINE_COLUMNS = ("article", "date", "speaker", "role", "organisation", "basis", "kind", "sentence")
QUOTE_SUMMARY_COLUMNS = ("quotes", "direct", "indirect")


def quote_object(quote: Quote) -> dict[str, Any]:
    """A quote as `docs/output.md` describes it."""
    speech, speaker = quote.speech, quote.speech.speaker
    return {
        "schema": SCHEMA_VERSION,
        "article": quote.article.id,
        "date": quote.article.date or None,
        "edition": quote.article.edition or None,
        "speaker": {
            "name": speaker.name or None,
            "role": speaker.role or None,
            "organisation": speaker.organisation or None,
            "printed": speaker.printed or None,
            "basis": speaker.basis.value,
        },
        "kind": speech.voice.value,
        "rule": speech.rule.value,
        "sentence": quote.sentence,
        "paragraph": speech.paragraph,
        "start": speech.start,
        "end": speech.end,
        "said": [list(mark) for mark in speech.said],
    }


def _summary_object(summary: QuoteSummary, by: QuoteGrouping) -> dict[str, Any]:
    return {by.value: summary.group or None, **{name: getattr(summary, name) for name in QUOTE_SUMMARY_COLUMNS}}


class QuoteLinesPrinter:
    """A line each, a tab between; what is absent is empty."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def quotes(self, quotes: Sequence[Quote]) -> None:
        """See `QuotesPrinter`."""
        for quote in quotes:
            self._line([QUOTE_COLUMNS[name](quote) for name in DEFAULT_QUOTE_LINE_COLUMNS])

    def summaries(self, summaries: Sequence[QuoteSummary], by: QuoteGrouping) -> None:
        """See `QuotesPrinter`."""
        for summary in summaries:
            self._line(_summary_object(summary, by).values())

    def _line(self, values: Any) -> None:
        self._out.write("\t".join(sanitize_line(flatten_value(value)) for value in values) + "\n")


class QuoteCsvPrinter:
    """A header, and a row each."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def quotes(self, quotes: Sequence[Quote]) -> None:
        """See `QuotesPrinter`."""
        write_rows(self._out, list(QUOTE_COLUMNS), ([of(quote) for of in QUOTE_COLUMNS.values()] for quote in quotes))

    def summaries(self, summaries: Sequence[QuoteSummary], by: QuoteGrouping) -> None:
        """See `QuotesPrinter`."""
        write_rows(
            self._out,
            [by.value, *QUOTE_SUMMARY_COLUMNS],
            (_summary_object(summary, by).values() for summary in summaries),
        )


class QuoteJsonlPrinter:
    """An object each."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def quotes(self, quotes: Sequence[Quote]) -> None:
        """See `QuotesPrinter`."""
        for quote in quotes:
            self._out.write(to_json(quote_object(quote)) + "\n")

    def summaries(self, summaries: Sequence[QuoteSummary], by: QuoteGrouping) -> None:
        """See `QuotesPrinter`."""
        for summary in summaries:
            self._out.write(to_json({"schema": SCHEMA_VERSION, **_summary_object(summary, by)}) + "\n")
