"""The blocks of text of an HTML page or fragment, in order and complete; nothing is judged here."""

from html.parser import HTMLParser
from typing import NamedTuple

from shanxi_cli.importers.markup import simplify_markup

_BREAKING_TAGS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody td th thead title "
    "tr ul".split()
)
_VOID_TAGS = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_UNSEEN_TAGS = frozenset("script style template noscript svg".split())
_MAX_DEPTH = 400


class HtmlBlock(NamedTuple):
    r"""A run of text between two breaks of an HTML page.

    `text` has one space between words, and `\\n` for each `br`. `tags` are the open elements, outermost first;
    `marks` the classes of these, and their ids after a `#`.
    """

    text: str
    tags: tuple[str, ...]
    marks: tuple[str, ...]


class _BlockParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[HtmlBlock] = []
        self._open: list[tuple[str, tuple[str, ...]]] = []
        self._text: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._text.append("\x00")
        if tag in _BREAKING_TAGS:
            self.flush()
            if self._open and self._open[-1][0] == "p":  # a block ends an open paragraph
                self._open.pop()
        if tag in _VOID_TAGS or len(self._open) >= _MAX_DEPTH:
            return
        values = dict(attrs)
        marks = (*(values.get("class") or "").split(), *(f"#{values['id']}" for _ in "1" if values.get("id")))
        self._open.append((tag, marks))
        self._unseen += tag in _UNSEEN_TAGS

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKING_TAGS:
            self.flush()
        if all(name != tag for name, _ in self._open):
            return
        name = ""
        while name != tag:
            name, _ = self._open.pop()
            self._unseen -= name in _UNSEEN_TAGS

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._text.append(data)

    def flush(self) -> None:
        lines = (" ".join(line.split()) for line in "".join(self._text).split("\x00"))
        self._text = []
        text = "\n".join(lines).strip("\n")
        if text:
            tags = tuple(tag for tag, _ in self._open)
            self.blocks.append(HtmlBlock(text, tags, tuple(mark for _, marks in self._open for mark in marks)))


def read_html_blocks(markup: str) -> list[HtmlBlock]:
    """Return the blocks of text of a page; scripts, styles, comments and empty blocks are none."""
    parser = _BlockParser()
    parser.feed(simplify_markup(markup).text.replace("\x00", ""))
    parser.close()
    parser.flush()
    return parser.blocks


def read_html_paragraphs(markup: str) -> list[str]:
    """Return the paragraphs of a fragment of HTML; two line breaks separate paragraphs too, one is a space."""
    texts = [block.text for block in read_html_blocks(markup) if "title" not in block.tags]
    return [" ".join(piece.split()) for text in texts for piece in text.split("\n\n") if piece.strip()]
