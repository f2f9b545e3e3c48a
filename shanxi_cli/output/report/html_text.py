"""Text of articles as HTML: sanitized and escaped, with marks; the layout of a body as elements of a page."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from shanxi_cli.matching.article_marks import MarkedArticle
from shanxi_cli.model.results import Mark
from shanxi_cli.output.body_parts import cell_spans, cut_marks, line_spans
from shanxi_cli.util.frozen_record import Record, replace_fields
from shanxi_cli.util.sanitize import sanitize_line

_ITEM = re.compile(r"(?P<number>\d+)?(?:- |\. )(?P<task>[☐☑] )?\Z")
_MAX_DEPTH = 4
"""Depth of lists that the style sheet knows; deeper ones are shown like these."""

_LOWEST_HEADING = 6


class _Block(Record):
    """A paragraph with its marks and its place: depth of quotations, the list it is in, its kind (`Article.layout`)."""

    kind: str
    text: str
    marks: Sequence[Mark]
    quoted: int = 0
    list_tag: str = ""
    depth: int = 0
    number: str = ""
    task: str = ""


def highlight_html(text: str, marks: Sequence[Mark] = ()) -> Markup:
    """Return a line of text with its marks (half-open, in characters) as `<mark>`."""
    parts, at = [], 0
    for start, end in marks:
        parts += [
            escape(sanitize_line(text[at:start])),
            Markup("<mark>{}</mark>").format(sanitize_line(text[start:end])),
        ]
        at = end
    parts.append(escape(sanitize_line(text[at:])))
    return Markup("").join(parts)


def safe_link(address: str) -> str:
    """Return an address that a reader may follow, of the web alone; empty for any other (`javascript:`, `file:`)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def lay_out_html(marked: MarkedArticle, heading: int) -> Markup:
    """Return the body of an article as elements; its headings begin one level below `heading` and leave none out."""
    blocks = list(_read_blocks(marked))
    levels = sorted({block.kind for block in blocks if block.kind.isdigit()})
    ranks = {level: str(rank) for rank, level in enumerate(levels, 1)}
    blocks = [replace_fields(block, kind=ranks.get(block.kind, block.kind)) for block in blocks]
    parts = [_lay_out_quoted(list(group), quoted, heading) for quoted, group in groupby(blocks, lambda b: b.quoted)]
    return Markup("\n").join(parts)


def _read_blocks(marked: MarkedArticle) -> Iterator[_Block]:
    article = marked.article
    layout = article.layout or ("",) * len(article.paragraphs)
    marks = marked.marks.paragraphs if marked.marks else ((),) * len(article.paragraphs)
    for kind, text, of_text in zip(layout, article.paragraphs, marks, strict=True):
        prefix, letter = kind[:-1], kind[-1:]
        quoted = prefix.count("> ")
        prefix = prefix.replace("> ", "")
        item = _ITEM.search(prefix)
        depth = min(-(-len(prefix) // 2), _MAX_DEPTH)
        if item:
            outer = prefix[: item.start()]
            tag = "ol" if item["number"] else "ul"
            depth = min(-(-len(outer) // 2), _MAX_DEPTH)
            yield _Block(letter, text, of_text, quoted, tag, depth, item["number"] or "", (item["task"] or "").strip())
        else:
            yield _Block(letter, text, of_text, quoted, "", depth)


def _lay_out_quoted(blocks: list[_Block], quoted: int, heading: int) -> Markup:
    parts = []
    for key, group in groupby(blocks, lambda b: (b.list_tag, b.depth if b.list_tag else 0, b.kind in ("R", "r"))):
        run = list(group)
        if key[0]:
            parts.append(_lay_out_list(run))
        elif key[2]:
            parts.append(_lay_out_tables(run))
        else:
            parts += [_lay_out_paragraph(block, heading) for block in run]
    inner = Markup("\n").join(parts)
    return Markup("<blockquote>\n{}\n</blockquote>").format(inner) if quoted else inner


def _lay_out_list(run: Sequence[_Block]) -> Markup:
    depth = run[0].depth
    start = Markup(' start="{}"').format(int(run[0].number)) if run[0].number and len(run[0].number) < 9 else ""
    items = Markup("\n").join(
        Markup("<li>{}{}</li>").format(f"{b.task} " if b.task else "", highlight_html(b.text, b.marks)) for b in run
    )
    if run[0].list_tag == "ol":
        return Markup('<ol class="depth-{}"{}>\n{}\n</ol>').format(depth, start, items)
    return Markup('<ul class="depth-{}">\n{}\n</ul>').format(depth, items)


def _lay_out_tables(run: Sequence[_Block]) -> Markup:
    """Return rows as tables: a row of a head begins a new one."""
    tables: list[list[_Block]] = []
    for block in run:
        if block.kind == "R" or not tables:
            tables.append([])
        tables[-1].append(block)
    return Markup("\n").join(map(_lay_out_table, tables))


_TABLE = Markup('<div class="scroll" tabindex="0" role="group" aria-label="table"><table>\n{}\n</table></div>')
_ROW, _CELL, _HEAD = Markup("<tr>{}</tr>"), Markup("<td>{}</td>"), Markup('<th scope="col">{}</th>')


def _lay_out_table(run: Sequence[_Block]) -> Markup:
    rows = [[cut_marks(block.text, block.marks, *span) for span in cell_spans(block.text)] for block in run]
    width = max(map(len, rows))
    lines = []
    for block, cells in zip(run, rows, strict=True):
        template = _HEAD if block.kind == "R" else _CELL
        shown = [*(highlight_html(*cell) for cell in cells), *[Markup("")] * (width - len(cells))]
        lines.append(_ROW.format(Markup("").join(template.format(cell) for cell in shown)))
    return _TABLE.format(Markup("\n").join(lines))


def _lay_out_paragraph(block: _Block, heading: int) -> Markup:
    shown = highlight_html(block.text, block.marks)
    indent = Markup(' class="depth-{}"').format(block.depth) if block.depth else ""
    if block.kind == "c":
        lines = [highlight_html(*cut_marks(block.text, block.marks, *span)) for span in line_spans(block.text)]
        return Markup("<pre{}>{}</pre>").format(indent, Markup("\n").join(lines))
    if block.kind.isdigit():
        level = min(heading + int(block.kind), _LOWEST_HEADING)
        return Markup("<h{}>{}</h{}>").format(level, shown, level)
    if block.kind == "i":
        return Markup('<p class="picture">Picture: {}</p>').format(shown)
    return Markup("<p{}>{}</p>").format(indent, shown)
