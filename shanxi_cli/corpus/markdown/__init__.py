"""Markdown: the text that a reader of the page would see, with the layout of its paragraphs and its link targets.

`render_markdown` is CommonMark with tables and strikethrough by markdown-it-py, and the dialects of `dialects`. The
parser is imported for the first text with a mark of markup; other texts take a path of their own, with an equal result.
"""

import re
from collections.abc import Iterator
from functools import cache

from shanxi_cli.corpus.markdown.rendered import RenderedText
from shanxi_cli.util.line_joining import join_lines

_TAG = r"(?i:</?(?:i|b|em|strong|u|small|sub|sup|span|code|mark|cite|br)(?:\s[^<>]*)?/?>)"
_ITEM = re.compile(r"\n(?=[ \t]*[*-][ \t]+\S)")
_REFERENCE = r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});"


@cache
def _markup_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of what every construct of Markdown and its dialects contains; other texts have it too.

    The first is of constructs inside a line, the second of those that begin one, with the line end before it. Each
    begins with a set of characters or one character, for which `re` searches fastest.
    """
    inside = re.compile(
        r"[*_`\[<\\{&~%=+:^](?:(?<=[*_`\[<\\{])|(?<=&)[#A-Za-z]|(?<=~)~|(?<=%)%|(?<==)=|(?<=\+)\+"
        r"|(?<=:)(?://|(?:material|fontawesome|octicons|simple)-)|(?<![^\n \t]\^)(?<=\^)[\w-]+[ \t]*$)",
        re.MULTILINE,
    )
    start = re.compile(
        r"\n(?:[ \t]*(?:[#>+|=:-]|~~~|\d{1,9}[.)]|!!!|\?\?\?|\$\$)|\t| {1,3}\t| {4}|(?:import|export)\b)"
    )
    return inside, start


def render_markdown(text: str) -> RenderedText:
    """Return the text of a Markdown body, whose lines end with LF, as it appears on its page."""
    if not has_markup(text):
        return RenderedText(normalize_paragraphs(text), (), ())
    from shanxi_cli.corpus.markdown.blocks import render_blocks

    return render_blocks(text)


def render_heading(text: str) -> str:
    """Return the text of one line of Markdown, such as a heading."""
    if not has_markup(text):
        return join_lines(text)
    from shanxi_cli.corpus.markdown.blocks import render_line

    return render_line(text)


def escape_markdown(body: str) -> str:
    """Return Markdown that `render_markdown` reads as `body`, a text of plain paragraphs; unchanged where possible."""
    if not has_markup(body):
        return body
    from shanxi_cli.corpus.markdown.escape import escape_paragraphs

    return escape_paragraphs(body)


def resolve_references(line: str) -> str:
    """Return one line without tags of emphasis, references to characters of HTML resolved: `R&D` for `R&amp;D`."""
    if "<" in line:
        line = re.sub(_TAG, "", line)
    if "&" not in line or not re.search(_REFERENCE, line):
        return line
    from html import unescape

    return " ".join(unescape(line).split())


def escape_references(line: str) -> str:
    """Return a line that `resolve_references` reads as `line`."""
    line = re.sub(_REFERENCE, lambda match: f"&amp;{match.group()[1:]}", line) if "&" in line else line
    return re.sub(_TAG, lambda match: f"&lt;{match.group()[1:]}", line) if "<" in line else line


def lower_headings(markup: str) -> str:
    """Return Markdown with its headings one level lower, for a document that has it as a section."""
    lines = markup.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        if match := re.match(r" {0,3}(`{3,}|~{3,})", line):
            fence = "" if fence and match[1].startswith(fence) else fence or match[1]
        elif not fence and re.match(r"#{1,5}[ \t]", line):
            lines[number] = f"#{line}"
    return "\n".join(lines)


def has_markup(text: str) -> bool:
    """Return False for most texts without markup."""
    inside, start = _markup_patterns()
    return bool(inside.search(text) or start.search(f"\n{text}") or "www." in text.lower())


def normalize_paragraphs(body: str) -> str:
    """Return a plain body with one empty line between paragraphs, each on one line and stripped."""
    pieces = map(join_lines, _split_paragraphs(body))
    return "\n\n".join(piece for piece in pieces if piece)


def split_items(body: str) -> str:
    """Return a plain body in which the items of lists, lines that begin with `* ` or `- `, are paragraphs."""
    if not _ITEM.search(body):
        return body
    paragraphs = body.split("\n\n")
    return "\n\n".join(_ITEM.sub("\n\n", text) if _is_list(text) else text for text in paragraphs)


def _is_list(text: str) -> bool:
    """Return True if there are two items; a single line may begin with a dash inside a sentence."""
    return len(re.findall(r"^[ \t]*[*-][ \t]+\S", text, re.MULTILINE)) > 1


def _split_paragraphs(body: str) -> Iterator[str]:
    piece: list[str] = []
    for line in body.split("\n"):
        if line.strip():
            piece.append(line)
        elif piece:
            yield "\n".join(piece)
            piece = []
    if piece:
        yield "\n".join(piece)


__all__ = [
    "RenderedText",
    "escape_markdown",
    "escape_references",
    "has_markup",
    "lower_headings",
    "normalize_paragraphs",
    "render_heading",
    "render_markdown",
    "resolve_references",
    "split_items",
]
