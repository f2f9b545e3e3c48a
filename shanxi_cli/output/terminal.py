"""The printer for people: titles, passages with their marks, whole articles, laid out by Rich to the window.

Text from articles is cleaned and given to Rich as `Text`, never as markup, so that `[b]` and
`:fire:` are printed as they stand. A mark is bold or underlined as well as coloured.
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from shanxi_cli.matching.highlighter import TextPattern, find_marks, merge_marks
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Hit, Mark, Results, Snippet
from shanxi_cli.output import TerminalStyle
from shanxi_cli.output.labels import format_byline, format_copy_count, format_date, format_date_line, format_source_line
from shanxi_cli.util.sanitize import sanitize_line

MARK_STYLE = "bold underline yellow"
_TITLE_STYLE = "bold"
_META_STYLE = "dim"
_ID_STYLE = "cyan"
_MAX_WIDTH = 100
"""Columns of running text: longer lines are hard to read."""
_PADDING = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)


def highlight_marks(text: str, marks: Sequence[Mark], style: str = "") -> Text:
    """`text` cleaned, as Rich's text, with `marks` (half-open, in characters, into `text`) in the style of marks."""
    shown = Text(style=style, no_wrap=False)
    at = 0
    for start, end in marks:
        shown.append(sanitize_line(text[at:start]))
        shown.append(sanitize_line(text[start:end]), MARK_STYLE)
        at = end
    shown.append(sanitize_line(text[at:]))
    return shown


class TerminalPrinter:
    """Results and articles in a window of any width."""

    def __init__(self, out: TextIO, look: TerminalStyle, pager: list[str]) -> None:
        self._out = out
        self._pager = pager
        styled = look is TerminalStyle.STYLED
        self._console = Console(
            file=out,
            force_terminal=styled,
            color_system="auto" if styled else None,
            no_color=None if styled else True,
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=False,
        )
        self._styled = styled

    def results(self, results: Results) -> None:
        """A block a hit: rank and title, id, date and source, then the passages."""
        width = len(str(results.hits[-1].rank)) if results.hits else 1
        self._show([self._hit(hit, width) for hit in results.hits])

    def articles(self, articles: Iterable[Article], wanted: Sequence[TextPattern]) -> None:
        """The articles one below the other, a rule between."""
        blocks: list[RenderableType] = []
        for article in articles:
            if blocks:
                blocks.append(Text("─" * min(self._console.width, _MAX_WIDTH), style=_META_STYLE))
            blocks.append(self._article(article, wanted))
        self._show(blocks)

    def _hit(self, hit: Hit, width: int) -> RenderableType:
        article = hit.article
        head = highlight_marks(hit.title.text, hit.title.marks, _TITLE_STYLE)
        facts = [format_date(article), article.publication, ", ".join(article.author)]
        facts += ["retelling" if article.edition == "retelling" else "", format_copy_count(len(hit.alike))]
        lines = [
            head,
            Text(sanitize_line(article.id), style=_ID_STYLE),
            Text(sanitize_line(" · ".join(fact for fact in facts if fact)), style=_META_STYLE),
            *(self._passage(snippet) for snippet in hit.snippets),
            Text(),
        ]
        block = Table.grid(padding=(0, 2, 0, 0))
        block.add_column(width=width, justify="right", style=_META_STYLE)
        block.add_column(overflow="fold")
        block.add_row(str(hit.rank), Group(*lines))
        return block

    def _passage(self, snippet: Snippet) -> Text:
        shown = Text("", overflow="fold")
        if snippet.field not in ("body", "deck"):
            shown.append(f"{snippet.field}: ", _META_STYLE)
        shown.append_text(highlight_marks(snippet.text, snippet.marks))
        return shown

    def _article(self, article: Article, wanted: Sequence[TextPattern]) -> RenderableType:
        def of(field: str, text: str, style: str = "") -> Text:
            shown = highlight_marks(text, merge_marks([mark for _, mark in find_marks(wanted, field, text)]), style)
            shown.overflow = "fold"
            return shown

        blocks: list[RenderableType] = [of("title", article.title, _TITLE_STYLE)]
        if article.deck:
            blocks.append(of("deck", article.deck, "italic"))
        facts = (format_byline(article), format_date_line(article), format_source_line(article), article.id)
        blocks += [Text(sanitize_line(fact), style=_META_STYLE, overflow="fold") for fact in facts if fact]
        for paragraph in article.paragraphs:
            blocks += [Text(), of("body", paragraph)]
        for caption in article.captions:
            line = Text("Picture: ", style=_META_STYLE)
            line.append_text(of("caption", caption.text))
            line.append(sanitize_line(f" ({caption.credit})" if caption.credit else ""))
            blocks += [Text(), line]
        if article.keywords:
            blocks += [Text(), Text.assemble(("Keywords: ", _META_STYLE), of("keyword", ", ".join(article.keywords)))]
        return Group(*blocks)

    def _show(self, blocks: Sequence[RenderableType], as_they_are: bool = False) -> None:
        """Prints the blocks, through the pager when they are longer than the window.

        They are laid out to at most `_MAX_WIDTH` columns, unless they are lines that are to stay as they are.
        """
        width = min(self._console.width, _MAX_WIDTH)
        with self._console.capture() as captured:
            for block in blocks:
                if as_they_are:
                    self._console.print(block, no_wrap=True, overflow="ignore", crop=False)
                else:
                    self._console.print(block, width=width)
        text = _PADDING.sub(lambda found: found.group().replace(" ", ""), captured.get())
        height = shutil.get_terminal_size().lines
        if self._pager and text.count("\n") >= height and _show_in_pager(text, self._pager):
            return
        self._out.write(text)


def _show_in_pager(text: str, pager: list[str]) -> bool:
    """Shows text in a pager, which is started without a shell; False when it cannot be started."""
    try:
        process = subprocess.Popen(
            pager,
            stdin=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            # As git does: less shows colours, and leaves what fits on the screen.
            env={"LESS": "FRX", **os.environ},
        )
    except OSError:
        return False
    # Ctrl-C belongs to the pager while it is open: less uses it to stop a search.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert process.stdin
        try:
            process.stdin.write(text)
            process.stdin.close()
        except BrokenPipeError:
            pass  # the reader has left before the end
        process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return True
