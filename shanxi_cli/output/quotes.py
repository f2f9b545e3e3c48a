"""Quotes for scripts, spreadsheets and programs: lines, csv, jsonl, as `docs/output.md` promises. No Rich here."""

from collections.abc import Callable, Sequence
from typing import Any, TextIO

from shanxi_cli.model.nouns import Quote, QuoteGrouping, QuoteSummary
from shanxi_cli.output.columns import flat
from shanxi_cli.output.csv_format import write_rows
from shanxi_cli.output.jsonl import SCHEMA, to_json
from shanxi_cli.util.sanitize import clean_line

COLUMNS: dict[str, Callable[[Quote], Any]] = {
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
LINES = ("article", "date", "speaker", "role", "organisation", "basis", "kind", "sentence")
SUMMARY = ("quotes", "direct", "indirect")


def quote_object(quote: Quote) -> dict[str, Any]:
    """A quote as `docs/output.md` describes it."""
    speech, speaker = quote.speech, quote.speech.speaker
    return {
        "schema": SCHEMA,
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


def _summary(summary: QuoteSummary, by: QuoteGrouping) -> dict[str, Any]:
    return {by.value: summary.group or None, **{name: getattr(summary, name) for name in SUMMARY}}


class QuoteLines:
    """A line each, a tab between; what is absent is empty."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def quotes(self, quotes: Sequence[Quote]) -> None:
        """See `QuotesPrinter`."""
        for quote in quotes:
            self._line([COLUMNS[name](quote) for name in LINES])

    def summaries(self, summaries: Sequence[QuoteSummary], by: QuoteGrouping) -> None:
        """See `QuotesPrinter`."""
        for summary in summaries:
            self._line(_summary(summary, by).values())

    def _line(self, values: Any) -> None:
        self._out.write("\t".join(clean_line(flat(value)) for value in values) + "\n")


class QuoteCsv:
    """A header, and a row each."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def quotes(self, quotes: Sequence[Quote]) -> None:
        """See `QuotesPrinter`."""
        write_rows(self._out, list(COLUMNS), ([of(quote) for of in COLUMNS.values()] for quote in quotes))

    def summaries(self, summaries: Sequence[QuoteSummary], by: QuoteGrouping) -> None:
        """See `QuotesPrinter`."""
        write_rows(self._out, [by.value, *SUMMARY], (_summary(summary, by).values() for summary in summaries))


class QuoteJsonl:
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
            self._out.write(to_json({"schema": SCHEMA, **_summary(summary, by)}) + "\n")
