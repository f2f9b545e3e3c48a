"""Quotes for people, by Rich: who speaks, the sentences with what was said marked, and on what that rests."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from shanxi_cli.matching.highlighter import merge_marks
from shanxi_cli.model.options import QuoteGrouping
from shanxi_cli.model.quote import Quote, QuoteSummary, SpeakerBasis
from shanxi_cli.model.results import Mark
from shanxi_cli.output.labels import format_date
from shanxi_cli.output.terminal import TerminalPrinter, highlight_marks
from shanxi_cli.util.sanitize import sanitize_line

_META_STYLE = "dim"
_ID_STYLE = "cyan"
_NAME_STYLE = "bold"


class TerminalQuotesPrinter(TerminalPrinter):
    """Quotes in a window of any width."""

    def quotes(self, quotes: Sequence[Quote]) -> None:
        """See `QuotesPrinter`. Sentences of one speaker that follow each other in a paragraph stand together."""
        self._show([block for run in _group_by_speaker(quotes) for block in self._run(run)])

    def summaries(self, summaries: Sequence[QuoteSummary], by: QuoteGrouping) -> None:
        """See `QuotesPrinter`."""
        table = Table(box=None, padding=(0, 2, 0, 0), header_style=_META_STYLE)
        table.add_column(by.value, style=_ID_STYLE, overflow="fold")
        for name in ("quotes", "direct", "indirect"):
            table.add_column(name, justify="right", no_wrap=True)
        for one in summaries:
            cells = [sanitize_line(one.group) or "(none)", f"{one.quotes:,}", f"{one.direct:,}", f"{one.indirect:,}"]
            table.add_row(*map(Text, cells))
        self._show([table] if summaries else [])

    def _run(self, run: Sequence[Quote]) -> Iterator[RenderableType]:
        one = run[0]
        speaker, start, end = one.speech.speaker, one.speech.start, run[-1].speech.end
        head = Text(overflow="fold")
        if speaker.basis is SpeakerBasis.OPEN:
            head.append(
                sanitize_line(f"not known who: {speaker.printed}" if speaker.printed else "not known who"), "italic"
            )
        else:
            head.append(sanitize_line(speaker.name), _NAME_STYLE)
        about = [
            speaker.role if speaker.role != speaker.name else "",
            speaker.organisation if speaker.organisation != speaker.name else "",
        ]
        head.append(sanitize_line("".join(f" · {part}" for part in about if part)))
        yield head
        said = merge_marks([Mark(low - start, high - start) for quote in run for low, high in quote.speech.said])
        yield Padding(highlight_marks(one.text[start:end], said), (0, 0, 0, 2))
        facts = [one.article.id, format_date(one.article), "retelling" if one.article.edition == "retelling" else ""]
        facts += [one.speech.voice.value, one.speech.rule.value, speaker.basis.value]
        yield Padding(
            Text(sanitize_line(" · ".join(filter(None, facts))), style=_META_STYLE, overflow="fold"), (0, 0, 1, 2)
        )


def _group_by_speaker(quotes: Sequence[Quote]) -> Iterator[list[Quote]]:
    """Sentences of one speaker and one voice that follow each other in one paragraph, together."""
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
