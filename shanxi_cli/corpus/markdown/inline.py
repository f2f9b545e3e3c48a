"""Inline text of Markdown: emphasis, links, images, code spans, raw HTML and references to characters."""

import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from shanxi_cli.corpus.markdown.html_text import read_attributes
from shanxi_cli.corpus.markdown.simple_inline import SimpleMarkup, find_simple_markup, has_inline_markup, is_image
from shanxi_cli.corpus.markdown.superscripts import resolve_superscripts

_TYPED_QUOTATION = re.compile(
    r"(?<![^\s(\[—–_-])``(?=[^`\s][^`]*[\w.,?!…-]''(?:[\s.,;:?!)\]—–]|\Z)|[^`\s][^`]*[.,?!]\"(?:\s|\Z))"
)
"""The opening mark of a quotation as agency wires print it: two backticks that two apostrophes answer."""
_ADDRESS = re.compile(
    r"(?<![\w@/])(?:https?://|ftp://|www\.(?=\w))[^\s<>\"'`|\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+", re.IGNORECASE
)
_SCHEME = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_IMAGE_FILE = re.compile(
    r"[^\s/]*\.(?:jpe?g|png|gif|svg|webp|avif|bmp|tiff?)\Z|(?:image|img|untitled)\Z", re.IGNORECASE
)
_IMAGE_SIZE = re.compile(r"\|\s*\d{1,5}(?:x\d{1,5})?\s*\Z")  # of Obsidian
_REFERENCE = re.compile(r"(?<![\w\]])\[([^\[\]]{1,500})\] ?\[[\w./:#-]{1,200}\]")
_NEW_LINE_TAGS = frozenset("br p div li td th tr hr h1 h2 h3 h4 h5 h6 ul ol table summary details".split())
_HIDDEN_TAGS = frozenset("script style svg template".split())
_MAX_LINK = 2_000
_TRAILING = ".,:;!?)*_~]}"


def _describe_image(text: str) -> str:
    """Return the description of an image without its size; nothing if it is the name of its file."""
    text = _IMAGE_SIZE.sub("", text)
    return "" if _IMAGE_FILE.match(text.strip()) else text


class InlineRenderer:
    """Renders the inline texts of one page; `links` are the targets in their order, as keys.

    `is_image` is True after a text that was nothing but one image or several.
    """

    def __init__(self, md: MarkdownIt, env: dict[str, Any]) -> None:
        self._md = md
        self._env = env
        self.links: dict[str, None] = {}
        self.is_image = False

    def render(self, content: str) -> str:
        """Return a text as it appears on the page; its white space is not normalized."""
        self.is_image = False
        if "``" in content:
            content = _TYPED_QUOTATION.sub(r"\`\`", content)
        if not has_inline_markup(content):
            return self.shorten_addresses(content)
        if (simple := find_simple_markup(content, self._env)) is not None:
            self.is_image = is_image(content, simple)
            return self._render_simple(content, simple)
        tokens: list[Token] = []
        content = resolve_superscripts(content)
        self._md.inline.parse(content, self._md, self._env, tokens)
        kinds = {
            token.type for token in tokens if not (token.type in ("text", "softbreak") and not token.content.strip())
        }
        self.is_image = "image" in kinds and kinds <= {"image", "link_open", "link_close"}
        return "".join(self._pieces(tokens))

    def add_link(self, target: str) -> None:
        """Add the target of a link, unless it is on the same page."""
        if target and target[0] != "#" and len(target) <= _MAX_LINK and not target.startswith(("data:", "javascript:")):
            self.links.setdefault(" ".join(target.split()))

    def shorten_addresses(self, text: str) -> str:
        """Return a text with the addresses in it shortened to their hosts, and add them to the links."""
        if "://" not in text and "www." not in text.lower():
            return text
        return _ADDRESS.sub(self._shorten_address, text)

    def _render_simple(self, content: str, found: list[SimpleMarkup]) -> str:
        """Return a text with all its markup, which is simple."""
        pieces: list[str] = []
        at = 0
        for markup in found:
            pieces += (self.shorten_addresses(content[at : markup.start]), self._simple_piece(markup))
            at = markup.end
        pieces.append(self.shorten_addresses(content[at:]))
        return "".join(pieces)

    def _simple_piece(self, markup: SimpleMarkup) -> str:
        if markup.is_final:
            return markup.text
        if markup.is_image:
            return _describe_image(self.shorten_addresses(markup.text))
        self.add_link(markup.target)
        found = find_simple_markup(markup.text, {}) if has_inline_markup(markup.text) else None
        return self._render_simple(markup.text, found) if found else self.shorten_addresses(markup.text)

    def _shorten_address(self, match: re.Match[str]) -> str:
        address = match.group()
        trimmed = address.rstrip(_TRAILING)
        if ")" in address[len(trimmed) :] and trimmed.count("(") > trimmed.count(")"):
            trimmed += address[len(trimmed) : address.index(")", len(trimmed)) + 1]
        self.add_link(trimmed)
        host, _, rest = _SCHEME.sub("", trimmed).partition("/")
        host = re.split(r"[?#]", host)[0]
        return host + ("/…" if rest else "") + address[len(trimmed) :]

    def _pieces(self, tokens: list[Token]) -> Iterator[str]:
        text: list[str] = []  # adjacent texts, in which an address may be split
        hidden = 0
        for token in tokens:
            kind = token.type
            if kind == "text" or (kind == "text_special" and token.content not in (":", ".", "[", "]")):
                if not hidden:
                    text.append(token.content)
                continue
            if kind in ("em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"):
                continue
            yield self._finish_text(text)
            text = []
            if kind == "html_inline":
                tag, piece = self._read_tag(token.content)
                if tag.lstrip("/") in _HIDDEN_TAGS and not token.content.endswith("/>"):
                    hidden = max(0, hidden + (-1 if tag[0] == "/" else 1))
                yield piece
            elif not hidden:
                yield self._piece(token)  # with `https\://` too: an address that is escaped is text
        yield self._finish_text(text)

    def _finish_text(self, texts: list[str]) -> str:
        """Join adjacent texts; a reference that is defined in another file of its site is its words."""
        text = "".join(texts)
        return self.shorten_addresses(_REFERENCE.sub(r"\1", text) if "][" in text or "] [" in text else text)

    def _piece(self, token: Token) -> str:
        match token.type:
            case "link_open":
                self.add_link(str(token.attrs.get("href", "")))
            case "image":
                return _describe_image("".join(self._pieces(token.children or [])))
            case "code_inline" | "text_special":
                return token.content
            case "softbreak" | "hardbreak":
                return "\n"
        return ""

    def _read_tag(self, tag: str) -> tuple[str, str]:
        """Return the name of a raw tag (with `/` if it closes; `!` for a comment) and the text it stands for."""
        match = re.match(r"<(/?[A-Za-z][\w.-]*)", tag)
        if not match:
            return "!", ""
        name = match[1].lower()
        if name in ("a", "img"):
            values = read_attributes(tag)
            self.add_link(values.get("href", ""))
            alt = values.get("alt", "")
            return name, "" if _IMAGE_FILE.match(alt) else alt
        return name, "\n" if name.lstrip("/") in _NEW_LINE_TAGS else ""
