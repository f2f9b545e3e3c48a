"""The body of an article laid out for the terminal: headings, lists, quotations, tables and code by Rich.

See `Article.layout` for the layout of a paragraph. Bullets and bars stand for the marks of lists and quotations.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Mark
from shanxi_cli.output.body_parts import cell_spans, cut_marks, line_spans

_MARGIN_STYLE = "dim"
_HEADING_STYLE = "bold"
_CODE_STYLE = "cyan"
_CODE_INDENT = "    "
_ITEM = re.compile(r"(?:- |\d+\. )(?:[☐☑] )?\Z")
_MARKS_OF_FIRST_LINE = re.compile(r"[-\d.☐☑]")

_Row = tuple[str, str, Sequence[Mark]]
"""The layout, the text and the marks of a paragraph."""

Highlighter = Callable[[str, Sequence[Mark], str], Text]
"""Returns a text with its marks, in a style."""


def lay_out_body(article: Article, marks: Sequence[Sequence[Mark]], highlight: Highlighter) -> Iterator[RenderableType]:
    """Yield the paragraphs of an article with empty lines between them; `marks` has the marks of each."""
    layout = article.layout or ("",) * len(article.paragraphs)
    rows = list(zip(layout, article.paragraphs, marks, strict=True))
    at, before = 0, ""
    while at < len(rows):
        kind = rows[at][0]
        end = at + 1
        while kind[-1:] in tuple("Rr") and end < len(rows) and rows[end][0][-1:] == "r":
            end += 1
        if not (_is_item(kind) and _is_in_list(before)):
            yield Text(_continue_quote(before, kind), style=_MARGIN_STYLE)
        if kind[-1:] in tuple("Rr"):
            yield _lay_out_table(rows[at:end], highlight)
        else:
            yield _lay_out_paragraph(rows[at], highlight)
        at, before = end, kind


def _is_item(kind: str) -> bool:
    return _ITEM.search(kind[:-1]) is not None


def _is_in_list(kind: str) -> bool:
    return kind[:-1].strip("> ") != "" or kind.startswith("  ")


def _continue_quote(before: str, kind: str) -> str:
    """Return the bar beside the empty line between two paragraphs of one quotation."""
    return "│" if before.startswith("> ") and kind.startswith("> ") else ""


def _lay_out_paragraph(row: _Row, highlight: Highlighter) -> RenderableType:
    kind, text, marks = row
    prefix, letter = kind[:-1], kind[-1:]
    if letter == "c":
        lines = [cut_marks(text, marks, *span) for span in line_spans(text)]
        shown = Text("\n").join(highlight(line, inside, _CODE_STYLE) for line, inside in lines)
        prefix += _CODE_INDENT
    elif letter == "i":
        shown = Text.assemble(("Picture: ", _MARGIN_STYLE), highlight(text, marks, ""))
    else:
        shown = highlight(text, marks, _HEADING_STYLE if letter.isdigit() else "")
    shown.overflow = "fold"
    return _Indented(prefix, shown) if prefix else shown


def _lay_out_table(rows: Sequence[_Row], highlight: Highlighter) -> RenderableType:
    cells = [[cut_marks(text, marks, *span) for span in cell_spans(text)] for _, text, marks in rows]
    width = max(map(len, cells))
    has_head = rows[0][0].endswith("R")
    table = Table(box=box.SIMPLE_HEAD, show_header=has_head, show_edge=False, pad_edge=False, header_style="")
    padded = [[highlight(*cell, "") for cell in row] + [Text()] * (width - len(row)) for row in cells]
    for column in range(width):
        head = padded[0][column] if has_head else Text()
        head.stylize(_HEADING_STYLE)
        table.add_column(head, overflow="fold")
    for row in padded[has_head:]:
        table.add_row(*row)
    return table


class _Indented:
    """A paragraph behind the marks of its lists and quotations, and below them."""

    def __init__(self, prefix: str, text: Text) -> None:
        self._first = prefix.replace("- ", "• ").replace("> ", "│ ")
        self._rest = _MARKS_OF_FIRST_LINE.sub(" ", prefix).replace("> ", "│ ")
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Wrap the text beside its marks, which take at most half of the width."""
        room = options.max_width // 2
        first, rest = self._first[-room:], self._rest[-room:]
        for line in self._text.wrap(console, options.max_width - cell_len(first), overflow="fold"):
            yield _put_beside(first, line)
            first = rest


def _put_beside(mark: str, line: Text) -> Text:
    shown = Text(no_wrap=True, overflow="fold")
    shown.append(mark, _MARGIN_STYLE)
    shown.append_text(line)
    return shown
