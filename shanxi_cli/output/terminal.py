"""Terminal output for people: titles, passages with their marks and whole articles, laid out by Rich to the window.

Text from articles is sanitized and passed to Rich as `Text`, never as markup, so that `[b]` and `:fire:` are printed
literally. A mark is bold and underlined as well as coloured.
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from shanxi_cli.matching.article_marks import KEYWORD_SEPARATOR, ArticleMarks, MarkedArticle
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Hit, Mark, Results, Snippet
from shanxi_cli.output.base import TerminalStyle
from shanxi_cli.output.labels import (
    format_byline,
    format_copy_count,
    format_date,
    format_date_line,
    format_retelling,
    format_source_line,
)
from shanxi_cli.output.terminal_text import WrappedText
from shanxi_cli.util.sanitize import sanitize_line

MARK_STYLE = "bold underline yellow"
TITLE_STYLE = "bold"
META_STYLE = "dim"
ID_STYLE = "cyan"
BAR_STYLE = "blue"
_MAX_WIDTH = 100
"""Columns of running text; longer lines are hard to read."""
_PADDING = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)


class TerminalPrinter:
    """Prints results and articles to a window of any width."""

    def __init__(self, out: TextIO, style: TerminalStyle, pager: list[str]) -> None:
        self._out = out
        self._pager = pager
        styled = style is TerminalStyle.STYLED
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

    def results(self, results: Results) -> None:
        """Print a block per hit: rank and title, id, date and source, then the passages."""
        near = results.near or ()
        width = max((len(str(hit.rank)) for hit in (*results.hits, *near)), default=1)
        blocks = [self._hit(hit, width) for hit in results.hits]
        if near:
            heading = "Near in meaning, without a word of the query:"
            blocks += [WrappedText(heading, style=TITLE_STYLE), Text(), *(self._hit(hit, width) for hit in near)]
        self._print_blocks(blocks)

    def articles(self, articles: Iterable[MarkedArticle]) -> None:
        """Print the articles with a rule between them."""
        blocks: list[RenderableType] = []
        for marked in articles:
            if blocks:
                blocks.append(Text("─" * min(self._console.width, _MAX_WIDTH), style=META_STYLE))
            blocks.append(lay_out_article(marked))
        self._print_blocks(blocks)

    def _hit(self, hit: Hit, rank_width: int) -> RenderableType:
        article = hit.article
        facts = [format_date(article), article.publication, ", ".join(article.author)]
        facts += [format_retelling(article), format_copy_count(len(hit.alike))]
        lines = [
            highlight_marks(hit.title.text, hit.title.marks, TITLE_STYLE),
            WrappedText(sanitize_line(article.id), style=ID_STYLE),
            WrappedText(join_facts(facts), style=META_STYLE),
            *(lay_out_passage(snippet) for snippet in hit.snippets),
        ]
        return rank_block(hit.rank, rank_width, lines)

    def _print_blocks(self, blocks: Sequence[RenderableType]) -> None:
        """Lay out the blocks to at most `_MAX_WIDTH` columns and print them."""
        width = min(self._console.width, _MAX_WIDTH)
        with self._console.capture() as captured:
            for block in blocks:
                self._console.print(block, width=width)
        self._write(captured.get())

    def _print_lines(self, lines: Iterable[Text]) -> None:
        """Print lines that are already laid out, without folding or cropping them."""
        with self._console.capture() as captured:
            for line in lines:
                self._console.print(line, no_wrap=True, overflow="ignore", crop=False)
        self._write(captured.get())

    def _write(self, text: str) -> None:
        """Write `text` without trailing spaces, through the pager when it is longer than the window."""
        text = _PADDING.sub(lambda match: match.group().replace(" ", ""), text)
        height = shutil.get_terminal_size().lines
        if self._pager and text.count("\n") >= height and _show_in_pager(text, self._pager):
            return
        self._out.write(text)


def highlight_marks(text: str, marks: Sequence[Mark], style: str = "") -> Text:
    """Return `text` sanitized, with `marks` (half-open, in characters, into `text`) in the style of marks."""
    shown = WrappedText(style=style, no_wrap=False)
    at = 0
    for start, end in marks:
        shown.append(sanitize_line(text[at:start]))
        shown.append(sanitize_line(text[start:end]), MARK_STYLE)
        at = end
    shown.append(sanitize_line(text[at:]))
    return shown


def join_facts(facts: Iterable[str]) -> str:
    """Return the facts that are not empty on one sanitized line, separated by ` · `."""
    return sanitize_line(" · ".join(fact for fact in facts if fact))


def rank_block(rank: int, rank_width: int, lines: Sequence[RenderableType]) -> RenderableType:
    """Return lines beside their rank, with an empty line below them."""
    return _RankedBlock(f"{rank:>{rank_width}}", Group(*lines, Text()))


class _RankedBlock:
    """A block beside its rank: a table of one row, without the import of Rich's tables (3 of 80 ms)."""

    def __init__(self, rank: str, content: RenderableType) -> None:
        self._rank = rank
        self._content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        style = console.get_style(META_STYLE)
        margin = [Segment(self._rank, style), Segment("  ", style)]
        width = len(self._rank) + 2
        inside = options.update(width=max(1, options.max_width - width), overflow="fold", no_wrap=False)
        for line in console.render_lines(self._content, inside, pad=False):
            yield from (*margin, *line, Segment.line())
            margin = [Segment(" " * width, style)]


def lay_out_passage(snippet: Snippet) -> Text:
    """Return a passage with its marks, behind the name of its field unless that is the running text."""
    shown = WrappedText("", overflow="fold")
    if snippet.field not in ("body", "deck"):
        shown.append(f"{snippet.field}: ", META_STYLE)
    shown.append_text(highlight_marks(snippet.text, snippet.marks))
    return shown


def lay_out_article(marked: MarkedArticle) -> RenderableType:
    """Return an article as `show` prints it: title, deck, facts, body, pictures, names and keywords."""
    from shanxi_cli.output.terminal_layout import lay_out_body  # with Rich's tables, which a list of hits has not

    article, marks = marked.article, marked.marks or _empty_marks(marked.article)

    def highlight(text: str, text_marks: Sequence[Mark], style: str = "") -> Text:
        shown = highlight_marks(text, text_marks, style)
        shown.overflow = "fold"
        return shown

    blocks: list[RenderableType] = [highlight(article.title, marks.title, TITLE_STYLE)]
    if article.deck:
        blocks.append(highlight(article.deck, marks.deck, "italic"))
    facts = (format_byline(article), format_date_line(article), format_source_line(article), article.id)
    blocks += [WrappedText(sanitize_line(fact), style=META_STYLE, overflow="fold") for fact in facts if fact]
    blocks += lay_out_body(article, marks.paragraphs, highlight)
    for caption, caption_marks in zip(article.captions, marks.captions, strict=True):
        line = WrappedText("Picture: ", style=META_STYLE)
        line.append_text(highlight(caption.text, caption_marks))
        line.append(sanitize_line(f" ({caption.credit})" if caption.credit else ""))
        blocks += [Text(), line]
    blocks += [Text(), *derived] if (derived := _lay_out_derived_names(article)) else []
    if article.keywords:
        keywords = highlight(KEYWORD_SEPARATOR.join(article.keywords), marks.keywords)
        blocks += [Text(), WrappedText.assemble(("Keywords: ", META_STYLE), keywords)]
    return Group(*blocks)


def _lay_out_derived_names(article: Article) -> list[RenderableType]:
    """Return a line for each kind of names that are derived from the text, marked as derived."""
    kinds = zip(("Places", "People", "Organisations"), article.derived, strict=True)
    return [
        Text.assemble(
            (f"{kind} (derived): ", META_STYLE), sanitize_line(KEYWORD_SEPARATOR.join(names)), overflow="fold"
        )
        for kind, names in kinds
        if names
    ]


def _empty_marks(article: Article) -> ArticleMarks:
    return ArticleMarks((), (), ((),) * len(article.paragraphs), ((),) * len(article.captions), ())


def _show_in_pager(text: str, pager: list[str]) -> bool:
    """Show text in a pager, started without a shell; return False when it cannot be started."""
    try:
        process = subprocess.Popen(  # noqa: S603  # the pager is the user's own PAGER
            pager,
            stdin=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            # As git does: less shows colours and exits when the text fits on the screen.
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
            pass  # the user quit the pager before the end
        process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return True
