"""Blocks of a Markdown text, from the tokens of markdown-it-py."""

import re
from functools import cache

from markdown_it import MarkdownIt

from shanxi_cli.corpus.markdown.dialects import NOTHING, translate_dialects
from shanxi_cli.corpus.markdown.html_text import HtmlPiece, read_html
from shanxi_cli.corpus.markdown.inline import InlineRenderer
from shanxi_cli.corpus.markdown.plain_paragraphs import read_plain_paragraph
from shanxi_cli.corpus.markdown.rendered import RenderedText
from shanxi_cli.corpus.markdown.simple_blocks import BlockToken, read_blocks
from shanxi_cli.util.line_joining import join_lines

CELL_SEPARATOR = " | "
_TASKS = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}
_MAX_NESTING = 20
_TAG = re.compile(r"\s*</?[A-Za-z!]")


def render_blocks(text: str) -> RenderedText:
    """Return the text of a Markdown body."""
    translated = translate_dialects(text)
    writer = _BlockWriter(has_indented_code=not translated.has_components)
    writer.write(translated.text)
    blocks = writer.blocks
    if NOTHING in translated.text:
        blocks = [(kind, text) for kind, marked in blocks if (text := marked.replace(NOTHING, "").strip())]
    layout = tuple(kind for kind, _ in blocks)
    return RenderedText(
        "\n\n".join(piece for _, piece in blocks), layout if any(layout) else (), tuple(writer.inline.links)
    )


def render_line(text: str) -> str:
    """Return the text of one line that contains no blocks."""
    md = _markdown(has_indented_code=True)
    return join_lines(InlineRenderer(md, {}).render(translate_dialects(text).text))


@cache
def _markdown(*, has_indented_code: bool) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.block.ruler.before("table", "plain_paragraph", read_plain_paragraph)
    return md if has_indented_code else md.disable("code")


class _BlockWriter:
    """Turns tokens into pairs of layout and text."""

    def __init__(self, *, has_indented_code: bool) -> None:
        self._has_indented_code = has_indented_code
        self._md = _markdown(has_indented_code=has_indented_code)
        self._env: dict[str, object] = {}
        self.inline = InlineRenderer(self._md, self._env)
        self.blocks: list[tuple[str, str]] = []
        self._prefixes: list[list[str]] = []  # of each open quote and list item: of its first line, of the others
        self._lists: list[bool] = []  # True for each open ordered list
        self._row: list[str] | None = None
        self._kind = "p"
        self._follows_html = False

    def write(self, text: str) -> None:
        for token in read_blocks(text, self._md, self._env, has_indented_code=self._has_indented_code):
            handler = _HANDLERS.get(token.type)
            if handler:
                handler(self, token)
                self._follows_html = token.type == "html_block"

    def add_block(self, kind: str, text: str) -> None:
        """Add a block unless its text is empty."""
        if not text:
            return
        prefix = ""
        for pair in self._prefixes:
            prefix += pair[0]
            pair[0] = pair[1]
        self.blocks.append((prefix + kind if prefix or kind != "p" else "", text))

    def inline_text(self, token: BlockToken) -> None:
        if self._row is not None:
            self._row.append(join_lines(self.inline.render(token.content)))
            return
        content = token.content
        mark = _TASKS.get(content[:4]) if self._prefixes and self._kind == "p" else None
        if mark and self._prefixes[-1][0].endswith(("- ", ". ")):
            self._prefixes[-1][0] += mark
            content = content[4:]
        text = join_lines(self.inline.render(content))
        self.add_block("i" if self.inline.is_image and self._kind == "p" else self._kind, text)

    def code(self, token: BlockToken) -> None:
        if self._follows_html and token.type == "code_block" and _TAG.match(token.content):
            self.html(token)  # HTML that is indented, after an empty line
            token.type = "html_block"
            return
        lines = [line.rstrip() for line in token.content.expandtabs(4).split("\n") if line.strip()]
        margin = min((len(line) - len(line.lstrip()) for line in lines), default=0)
        self.add_block("c", "\n".join(line[margin:] for line in lines))

    def html(self, token: BlockToken) -> None:
        found = read_html(token.content)
        for link in found.links:
            self.inline.add_link(link)
        for piece in found.pieces:
            self._html_piece(piece)

    def _html_piece(self, piece: HtmlPiece) -> None:
        if piece.kind == "c":
            self.add_block("c", piece.text)
            return
        prefix = {"q": ["> ", "> "], "l": ["- ", "  "]}.get(piece.kind)
        if prefix:
            self._prefixes.append(prefix)
        self.add_block("p" if prefix else piece.kind, self.inline.shorten_addresses(join_lines(piece.text)))
        if prefix:
            self._prefixes.pop()

    def heading(self, token: BlockToken) -> None:
        self._kind = token.tag[1]

    def end_heading(self, token: BlockToken) -> None:
        self._kind = "p"

    def quote(self, token: BlockToken) -> None:
        self._prefixes.append(["> ", "> "])

    def end_container(self, token: BlockToken) -> None:
        self._prefixes.pop()

    def bullets(self, token: BlockToken) -> None:
        self._lists.append(False)

    def numbers(self, token: BlockToken) -> None:
        self._lists.append(True)

    def end_list(self, token: BlockToken) -> None:
        self._lists.pop()

    def item(self, token: BlockToken) -> None:
        mark = f"{token.info}. " if self._lists[-1] else "- "
        self._prefixes.append([mark, " " * len(mark)])

    def row(self, token: BlockToken) -> None:
        self._row = []

    def end_row(self, token: BlockToken) -> None:
        cells = self._row or []
        self._row = None
        if any(cells):
            self.add_block("R" if self._kind == "R" else "r", CELL_SEPARATOR.join(cells).strip())

    def table_head(self, token: BlockToken) -> None:
        self._kind = "R"

    def end_table_head(self, token: BlockToken) -> None:
        self._kind = "p"


_HANDLERS = {
    "inline": _BlockWriter.inline_text,
    "fence": _BlockWriter.code,
    "code_block": _BlockWriter.code,
    "html_block": _BlockWriter.html,
    "heading_open": _BlockWriter.heading,
    "heading_close": _BlockWriter.end_heading,
    "blockquote_open": _BlockWriter.quote,
    "blockquote_close": _BlockWriter.end_container,
    "bullet_list_open": _BlockWriter.bullets,
    "bullet_list_close": _BlockWriter.end_list,
    "ordered_list_open": _BlockWriter.numbers,
    "ordered_list_close": _BlockWriter.end_list,
    "list_item_open": _BlockWriter.item,
    "list_item_close": _BlockWriter.end_container,
    "tr_open": _BlockWriter.row,
    "tr_close": _BlockWriter.end_row,
    "thead_open": _BlockWriter.table_head,
    "thead_close": _BlockWriter.end_table_head,
}
