"""Hits and articles as lines of styled text, laid out as `search` and `show` do, and the places of the marks in them.

The text is sanitized by the layout of `output`.
"""

import io
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from rich.console import Console, Group, RenderableType
from rich.segment import Segment
from rich.style import Style

from shanxi_cli.matching.article_marks import MarkedArticle
from shanxi_cli.model.results import Hit, Snippet
from shanxi_cli.output.labels import format_date, format_retelling
from shanxi_cli.output.terminal import (
    MARK_STYLE,
    META_STYLE,
    TITLE_STYLE,
    highlight_marks,
    join_facts,
    lay_out_article,
    lay_out_passage,
)
from shanxi_cli.output.terminal_text import WrappedText

TextLines: TypeAlias = list[list[Segment]]
_MARK = Style.parse(MARK_STYLE)
_MAX_PASSAGES = 2
_MAX_PASSAGE_LINES = 4


def lay_out_marked(marked: MarkedArticle, width: int) -> TextLines:
    """Return the lines of an article in `width` columns."""
    return _render(lay_out_article(marked), width)


def lay_out_hit(hit: Hit, width: int) -> TextLines:
    """Return the lines of a hit in `width` columns, the last of them empty; long passages are cut."""
    article = hit.article
    facts = join_facts([format_date(article), article.publication, format_retelling(article)])
    head = Group(highlight_marks(hit.title.text, hit.title.marks, TITLE_STYLE), WrappedText(facts, style=META_STYLE))
    passages = [_lay_out_passage(snippet, width) for snippet in hit.snippets[:_MAX_PASSAGES]]
    return [*_render(head, width), *(line for lines in passages for line in lines), []]


def find_mark_places(lines: Sequence[Sequence[Segment]]) -> list[tuple[int, int]]:
    """Return (line, segment) of each mark, in order; a mark of several segments begins at the first one."""
    return list(_iterate_places(lines))


def _lay_out_passage(snippet: Snippet, width: int) -> TextLines:
    lines = _render(lay_out_passage(snippet), width)
    return lines[:_MAX_PASSAGE_LINES]


def _render(shown: RenderableType, width: int) -> TextLines:
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=True,
        color_system="standard",
        markup=False,
        emoji=False,
        highlight=False,
    )
    return console.render_lines(shown, console.options.update(width=width), pad=False)


def _iterate_places(lines: Sequence[Sequence[Segment]]) -> Iterator[tuple[int, int]]:
    for y, line in enumerate(lines):
        before = False
        for x, segment in enumerate(line):
            marked = bool(segment.style and segment.style.underline and segment.style.color == _MARK.color)
            if marked and not before:
                yield y, x
            before = marked
