"""Text of raw HTML blocks: no tags, comments, scripts and styles; headings, list items, table rows and code apart."""

import re
from html import unescape
from typing import NamedTuple

from shanxi_cli.corpus.markdown.superscripts import resolve_superscripts

_TAG = re.compile(r"</?([A-Za-z][\w.:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
_ATTRIBUTE = re.compile(r"([A-Za-z_:@][\w:.-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))")
_HIDDEN = re.compile(
    "script|style|svg|iframe|object|video|audio|template|noscript|select|textarea|button|math", re.IGNORECASE
)
_BLOCK_TAGS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody thead tfoot tr ul caption".split()
)


class HtmlPiece(NamedTuple):
    """A paragraph: `kind` is `p`, a heading `1` to `6`, a quote `q`, a list item `l`, a table row `r` or code `c`."""

    kind: str
    text: str


class HtmlText(NamedTuple):
    """The paragraphs of a block of HTML, and the targets of its links."""

    pieces: list[HtmlPiece]
    links: list[str]


def read_attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag that have a value."""
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "").strip() for match in _ATTRIBUTE.finditer(tag)
    }


def read_html(text: str) -> HtmlText:
    """Return the text of a block of HTML. A comment or element that is never closed ends with the text."""
    reader = _HtmlReader()
    text = resolve_superscripts(text)
    at = 0
    while (start := text.find("<", at)) >= 0:
        reader.add_text(text[at:start])
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4)
            at = end + 3 if end >= 0 else len(text)
        elif text.startswith(("<!", "<?"), start):
            end = text.find(">", start)
            at = end + 1 if end >= 0 else len(text)
        elif match := _TAG.match(text, start):
            at = match.end()
            if _HIDDEN.fullmatch(match[1]) and text[start + 1] != "/" and not match.group().endswith("/>"):
                at = _skip_element(text, match[1], at)
            else:
                reader.add_tag(match[1].lower(), match.group())
        else:
            reader.add_text("<")
            at = start + 1
    reader.add_text(text[at:])
    reader.end_piece()
    return HtmlText(reader.pieces, reader.links)


def _skip_element(text: str, name: str, at: int) -> int:
    closing = re.compile(f"</{re.escape(name)}\\s*>", re.IGNORECASE).search(text, at)
    return closing.end() if closing else len(text)


class _HtmlReader:
    """Collects paragraphs between the tags that end one."""

    def __init__(self) -> None:
        self.pieces: list[HtmlPiece] = []
        self.links: list[str] = []
        self._text: list[str] = []
        self._kind = "p"
        self._quotes = 0
        self._is_code = False

    def add_text(self, text: str) -> None:
        if text:
            self._text.append(unescape(text) if "&" in text else text)

    def add_tag(self, name: str, tag: str) -> None:
        closes = tag[1] == "/"
        if name in ("a", "img"):
            values = read_attributes(tag)
            self.links += [values["href"]] if values.get("href") else []
            self._text.append(values.get("alt", "") if name == "img" else "")
        elif name == "br":
            self._text.append("\n")
        elif name in ("td", "th"):
            self._kind = "r"
            if not closes and "".join(self._text).strip():
                self._text.append(" | ")
        elif name in _BLOCK_TAGS and not self._is_inside_row(name):
            self._start_block(name, closes=closes)

    def _is_inside_row(self, name: str) -> bool:
        if self._kind == "r" and name not in ("tr", "table", "tbody", "thead", "tfoot"):
            self._text.append(" ")
            return True
        return False

    def _start_block(self, name: str, *, closes: bool) -> None:
        self.end_piece()
        if name == "blockquote":
            self._quotes = max(0, self._quotes + (-1 if closes else 1))
        if name == "pre":
            self._is_code = not closes
        base = "q" if self._quotes else "p"
        kind = {"li": "l", "pre": "c", "dd": "p"}.get(name, base)
        if len(name) == 2 and name[0] == "h" and name[1].isdigit():
            kind = name[1]
        self._kind = base if closes else kind

    def end_piece(self) -> None:
        """End the paragraph, and add it unless it is empty."""
        text = "".join(self._text)
        self._text = []
        if self._is_code and text.strip():
            lines = [line.rstrip() for line in text.split("\n") if line.strip()]
            self.pieces.append(HtmlPiece("c", "\n".join(lines)))
        elif text := text.strip():
            self.pieces.append(HtmlPiece(self._kind, text))
        if self._kind == "r":
            self._kind = "p"
