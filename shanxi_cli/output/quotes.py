"""Quotes as tables for lines, csv and jsonl, as `docs/output.md` specifies."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from shanxi_cli.model.options import QuoteGrouping
from shanxi_cli.model.quote import Quote, QuoteSummary
from shanxi_cli.output.day_columns import make_day_columns
from shanxi_cli.output.table import ColumnGetters, DataTable, RowWriter

QUOTE_COLUMNS: ColumnGetters = {
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
    "title": lambda q: q.article.title,
    **make_day_columns(lambda q: q.article),
}
DEFAULT_QUOTE_LINE_COLUMNS = ("article", "date", "speaker", "role", "organisation", "basis", "kind", "sentence")
QUOTE_SUMMARY_COLUMNS = ("quotes", "direct", "indirect")


class QuoteTablePrinter:
    """Prints quotes as lines, csv or jsonl."""

    def __init__(self, writer: RowWriter) -> None:
        self.writer = writer

    def quotes(self, quotes: Sequence[Quote]) -> None:
        """See `QuotesPrinter`."""
        self.writer.write(DataTable(QUOTE_COLUMNS, quotes, DEFAULT_QUOTE_LINE_COLUMNS, make_object=_make_quote_object))

    def summaries(self, summaries: Sequence[QuoteSummary], by: QuoteGrouping) -> None:
        """See `QuotesPrinter`."""
        columns: ColumnGetters = {by.value: lambda s: s.group or None}
        columns |= {name: attrgetter(name) for name in QUOTE_SUMMARY_COLUMNS}
        self.writer.write(DataTable(columns, summaries, tuple(columns)))


def _make_quote_object(quote: Quote) -> dict[str, Any]:
    speech, speaker = quote.speech, quote.speech.speaker
    return {
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
