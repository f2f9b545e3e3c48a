"""Quotes on the terminal: speaker, sentence with the quoted words marked, and how the speaker was identified."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table

from shanxi_cli.matching.highlighter import merge_marks
from shanxi_cli.model.options import QuoteGrouping
from shanxi_cli.model.quote import Quote, QuoteSummary, SpeakerBasis
from shanxi_cli.model.results import Mark
from shanxi_cli.output.labels import format_date, format_retelling
from shanxi_cli.output.terminal import (
    ID_STYLE,
    META_STYLE,
    TITLE_STYLE,
    TerminalPrinter,
    highlight_marks,
    join_facts,
)
from shanxi_cli.output.terminal_stacks import LEAST_TABLE_COLUMNS, stack_rows
from shanxi_cli.output.terminal_text import WrappedText
from shanxi_cli.util.sanitize import sanitize_line


class TerminalQuotesPrinter(TerminalPrinter):
    """Prints quotes to a window of any width."""

    def quotes(self, quotes: Sequence[Quote]) -> None:
        """See `QuotesPrinter`. Consecutive sentences of one speaker in a paragraph are printed together."""
        self._print_blocks([block for run in _group_by_speaker(quotes) for block in _lay_out_run(run)])

    def summaries(self, summaries: Sequence[QuoteSummary], by: QuoteGrouping) -> None:
        """See `QuotesPrinter`."""
        names = (by.value, "quotes", "direct", "indirect")
        rows = [_summary_cells(summary) for summary in summaries]
        if self._console.width < LEAST_TABLE_COLUMNS:
            self._print_blocks([*stack_rows(names, rows, ID_STYLE)])
            return
        table = Table(box=None, padding=(0, 2, 0, 0), header_style=META_STYLE)
        table.add_column(by.value, style=ID_STYLE, overflow="fold")
        for name in names[1:]:
            table.add_column(name, justify="right", no_wrap=True)
        for cells in rows:
            table.add_row(*map(WrappedText, cells))
        self._print_blocks([table] if summaries else [])


def _summary_cells(summary: QuoteSummary) -> list[str]:
    counts = (summary.quotes, summary.direct, summary.indirect)
    return [sanitize_line(summary.group) or "(none)", *(f"{count:,}" for count in counts)]


def _lay_out_run(run: Sequence[Quote]) -> Iterator[RenderableType]:
    """Yield the speaker, the sentences and the facts of consecutive quotes of one speaker."""
    quote = run[0]
    speech, speaker = quote.speech, quote.speech.speaker
    head = WrappedText(overflow="fold")
    if speaker.basis is SpeakerBasis.OPEN:
        head.append(
            sanitize_line(f"unknown speaker: {speaker.printed}" if speaker.printed else "unknown speaker"), "italic"
        )
    else:
        head.append(sanitize_line(speaker.name), TITLE_STYLE)
    about = [part for part in (speaker.role, speaker.organisation) if part and part != speaker.name]
    head.append(sanitize_line("".join(f" · {part}" for part in about)))
    yield head
    marks = merge_marks(
        [Mark(low - speech.start, high - speech.start) for each in run for low, high in each.speech.said]
    )
    sentences = quote.text[speech.start : run[-1].speech.end]
    yield Padding(highlight_marks(sentences, marks), (0, 0, 0, 2))
    facts = [quote.article.id, format_date(quote.article), format_retelling(quote.article)]
    facts += [speech.voice.value, speech.rule.value, speaker.basis.value]
    yield Padding(WrappedText(join_facts(facts), style=META_STYLE, overflow="fold"), (0, 0, 1, 2))


def _group_by_speaker(quotes: Sequence[Quote]) -> Iterator[list[Quote]]:
    """Yield runs of consecutive sentences of one speaker and one voice in one paragraph."""
    run: list[Quote] = []
    for _, same in groupby(
        quotes, key=lambda q: (q.article.id, q.speech.paragraph, q.speech.speaker.name, q.speech.voice)
    ):
        for quote in same:
            if run and (not quote.speech.speaker.name or quote.speech.start - run[-1].speech.end > 2):
                yield run
                run = []
            run.append(quote)
        yield run
        run = []
