"""Simple blocks of Markdown, read line by line; markdown-it reads the rest.

markdown-it looks at each character of each line with each of its rules. Paragraphs, headings, fenced code, quotes and
lists are most of what people write, and their lines say what they are: those are read here, to the tokens of
markdown-it. Whatever could be something else (tables, HTML, indented code, definitions of links, lazy lines, tabs in an
indentation) is left to it, from the line where that block begins to the next line at which blocks of any kind end. A
test compares the two for texts of all sorts.
"""

import re
from collections.abc import Iterable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block.html_block import HTML_SEQUENCES
from markdown_it.token import Token

_SPACE = " \t"
_TRIMMED = " \t\n\v\f\r\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""White space that markdown-it removes from both ends of a paragraph; Python would remove control characters too."""
_MAX_DEPTH = 6  # of lists and quotes in each other; markdown-it ignores what is deeper than 20 levels, two a list
_NOT_SIMPLE = -1
_UNDECIDED = -2  # only the whole text tells
_HEADING = r"(?P<heading>#{1,6})(?:[ \t]|\Z)"
_FENCE = r"(?P<fence>`{3,}(?=[^`]*\Z)|~{3,})"
_START = re.compile(
    rf" {{0,3}}(?:{_HEADING}|{_FENCE}|(?P<rule>(?:\*[ \t]*){{3,}}\Z|(?:-[ \t]*){{3,}}\Z|(?:_[ \t]*){{3,}}\Z)"
    r"|(?P<item>[-+*]|\d{1,9}[.)])(?:(?P<gap>[ \t]+)|\Z)|(?P<quote>>)|(?P<html><))"
)
"""The beginning of any block but a paragraph, a table, indented code and a definition."""
_INTERRUPTION = re.compile(
    rf" {{0,3}}(?:{_HEADING}|{_FENCE}|(?P<underline>=+|-+)[ \t]*\Z|(?P<unclear>[-*_|:][-*_|: \t]*\Z)|(?P<html><)"
    r"|(?P<item>[-+*]|0{0,8}1[.)])[ \t]+[^ \t]|(?P<quote>>))"
)
"""A line that ends the paragraph above it, underlines it, or may do either."""
_ITEM_END = re.compile(rf" {{0,3}}(?:{_HEADING}|{_FENCE}|(?:[-+*]|\d{{1,9}}[.)])(?:[ \t]|\Z))")
"""A line that ends the item above it even if it is indented less."""
_DELIMITERS = re.compile(r"[ \t]*[-|:][-|: \t]*\Z")
_INDENTED = re.compile(r" {0,3}\t| {4}")
_QUOTE = re.compile(r" {0,3}> ?")
_CLOSING_MARKS = re.compile(r"[ \t]#+\Z")
_ENDLESS = re.compile(r"```|~~~|<(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)
"""The beginning of what may go on after an empty line and a line without indentation."""


class SimpleToken:
    """The part of `markdown_it.token.Token` that is needed to write a block."""

    __slots__ = ("content", "info", "tag", "type")

    def __init__(self, kind: str, content: str = "", *, tag: str = "", info: str = "") -> None:
        self.type = kind
        self.content = content
        self.tag = tag
        self.info = info


BlockToken = Token | SimpleToken


def read_blocks(text: str, md: MarkdownIt, env: dict[str, Any], *, has_indented_code: bool) -> Iterable[BlockToken]:
    """Return the tokens of a text's blocks that have a meaning, and collect the definitions of links in `env`.

    Simple paragraphs have no tokens of their own, and each item of a simple list is a list. Where indented lines are
    not code, a block may begin with any indentation, and markdown-it reads all.
    """
    lines = text.split("\n")
    tokens: list[Any] = []
    at = 0 if has_indented_code else _UNDECIDED
    while 0 <= at < len(lines):
        size = len(tokens)
        end = _read_block(lines, at, tokens, 0)
        if end == _NOT_SIMPLE:
            del tokens[size:]
            end = _find_end(lines, at)
            tokens += parse_blocks("\n".join(lines[at:end]), md, env)
        at = end
    return parse_blocks(text, md, env) if at == _UNDECIDED else tokens


def parse_blocks(text: str, md: MarkdownIt, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of markdown-it."""
    tokens: list[Token] = []
    md.block.parse(f"{text}\n", md, env, tokens)  # an HTML block in a quote that ends with the text breaks it
    return tokens


def _find_end(lines: list[str], start: int) -> int:
    """Return the first line after `start` with which no block goes on that began before it."""
    for at in range(start, len(lines)):
        line = lines[at]
        if at > start and line[:1] not in _SPACE and not lines[at - 1].strip(_SPACE):
            return at
        if _ENDLESS.search(line):
            break
    return len(lines)


def _read_block(lines: list[str], at: int, tokens: list[Any], depth: int) -> int:
    """Read the block that begins in a line; return the number of the line after it, or `_NOT_SIMPLE`."""
    line = lines[at]
    if line[:1].isalpha():
        return _read_paragraph(lines, at, tokens)
    if not line.strip(_SPACE):
        return at + 1
    match = _START.match(line)
    if "|" in line and at + 1 < len(lines) and _DELIMITERS.match(lines[at + 1]):
        # markdown-it looks for a table first, whatever a line begins with, unless a list goes on there.
        return _UNDECIDED if match and match["item"] else _NOT_SIMPLE
    if match is None:
        return _NOT_SIMPLE if _INDENTED.match(line) else _read_paragraph(lines, at, tokens)
    if match["heading"]:
        text = line[match.end("heading") :].rstrip(_SPACE)
        _add_heading(tokens, len(match["heading"]), _CLOSING_MARKS.sub("", text))
        return at + 1
    if match["fence"]:
        return _read_fence(lines, at, tokens, match)
    if match["rule"]:
        return at + 1
    if match["item"] and depth < _MAX_DEPTH:
        return _read_item(lines, at, tokens, match, depth)
    if match["quote"] and depth < _MAX_DEPTH:
        return _read_quote(lines, at, tokens, depth)
    if match["html"] and depth == 0:
        return _read_html(lines, at, tokens)
    return _NOT_SIMPLE


def _read_all(lines: list[str], tokens: list[Any], depth: int) -> bool:
    """Read the blocks inside an item or a quote; return False if one of them is not simple."""
    at = 0
    while 0 <= at < len(lines):
        at = _read_block(lines, at, tokens, depth)
    return at >= 0


def _add_heading(tokens: list[Any], level: int, content: str) -> None:
    tokens += (
        SimpleToken("heading_open", tag=f"h{level}"),
        SimpleToken("inline", content.strip(_TRIMMED)),
        SimpleToken("heading_close"),
    )


def _read_paragraph(lines: list[str], start: int, tokens: list[Any]) -> int:
    at, size = start + 1, len(lines)
    level = 0
    while at < size:
        line = lines[at]
        if not line[:1].isalpha():
            if not line.strip(_SPACE):
                break
            if match := _INTERRUPTION.match(line):
                underline = match["underline"]
                if match["unclear"] or (underline and "|" in lines[at - 1]):
                    return _NOT_SIMPLE  # it may be a table
                if not match["html"] or _find_html_end(line, interrupts=True):
                    level = 0 if not underline else 1 if underline[0] == "=" else 2
                    break
        at += 1
    content = "\n".join(lines[start:at]).strip(_TRIMMED)
    if content[:1] == "[" and "]:" in content:
        return _NOT_SIMPLE  # a definition
    if level:
        _add_heading(tokens, level, content)
        return at + 1
    tokens.append(SimpleToken("inline", content))
    return at


def _find_html_end(line: str, *, interrupts: bool) -> re.Pattern[str] | None:
    """Return the pattern of the last line of the HTML that begins in a line; None if it is HTML inside a paragraph.

    If `interrupts` is true, only HTML that ends a paragraph without an empty line counts.
    """
    line = line.lstrip(_SPACE)
    found = next((sequence for sequence in HTML_SEQUENCES if sequence[0].search(line)), None)
    return found[1] if found and (found[2] or not interrupts) else None


def _read_html(lines: list[str], start: int, tokens: list[Any]) -> int:
    pattern = _find_html_end(lines[start], interrupts=False)
    if pattern is None:
        return _read_paragraph(lines, start, tokens)
    texts = (lines[at].lstrip(_SPACE) for at in range(start, len(lines)))
    end = next((at for at, text in enumerate(texts, start) if pattern.search(text)), len(lines))
    if end < len(lines) and lines[end].strip(_SPACE):
        end += 1
    tokens.append(SimpleToken("html_block", "\n".join(lines[start:end])))
    return end


def _read_fence(lines: list[str], start: int, tokens: list[Any], match: re.Match[str]) -> int:
    mark, indent = match["fence"], match.start("fence")
    end = next((at for at in range(start + 1, len(lines)) if _closes_fence(lines[at], mark)), len(lines))
    code = lines[start + 1 : end]
    if indent:
        if any("\t" in line[:indent] for line in code):
            return _NOT_SIMPLE
        code = [line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in code]
    tokens.append(SimpleToken("fence", "\n".join(code)))
    return end + 1


def _closes_fence(line: str, mark: str) -> bool:
    if mark not in line:
        return False
    text = line.strip(_SPACE)
    return text.startswith(mark) and not text.strip(mark[0]) and not _INDENTED.match(line)


def _read_item(lines: list[str], start: int, tokens: list[Any], match: re.Match[str], depth: int) -> int:
    gap, number, width = match["gap"] or "", match["item"][:-1], match.end()
    first = lines[start][width:]
    if not first or not 1 <= len(gap) <= 4 or "\t" in gap or _START.match(first):
        return _NOT_SIMPLE
    inner = [first]
    margin = " " * width
    at = start + 1
    while at < len(lines):
        line = lines[at]
        if not line.strip(_SPACE):
            inner.append("")
        elif line.lstrip(" ")[0] == "\t":
            return _NOT_SIMPLE
        elif line.startswith(margin):
            inner.append(line[width:])
        elif inner[-1] and not _ITEM_END.match(line):
            return _NOT_SIMPLE  # a lazy line of a paragraph
        else:
            break
        at += 1
    kind = "ordered_list" if number else "bullet_list"
    tokens += (SimpleToken(f"{kind}_open"), SimpleToken("list_item_open", info=number))
    if not _read_all(inner, tokens, depth + 1):
        return _NOT_SIMPLE
    tokens += (SimpleToken("list_item_close"), SimpleToken(f"{kind}_close"))
    return at


def _read_quote(lines: list[str], start: int, tokens: list[Any], depth: int) -> int:
    inner: list[str] = []
    at = start
    while at < len(lines) and (match := _QUOTE.match(lines[at])):
        line = lines[at][match.end() :]
        if line.lstrip(" ")[:1] == "\t":
            return _NOT_SIMPLE
        inner.append(line)
        at += 1
    if at < len(lines) and lines[at].strip(_SPACE):
        return _NOT_SIMPLE  # a lazy line of a paragraph
    tokens.append(SimpleToken("blockquote_open"))
    if not _read_all(inner, tokens, depth + 1):
        return _NOT_SIMPLE
    tokens.append(SimpleToken("blockquote_close"))
    return at
