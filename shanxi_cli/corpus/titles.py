"""Titles of articles that give none: the first heading, else the name of the file made readable."""

import re

from shanxi_cli.corpus.dates import find_date_in_name
from shanxi_cli.corpus.markdown import render_heading

_ATX_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<text>.+?)[ \t]*(?:[ \t]#+)?[ \t]*\Z")
_HTML_HEADING = re.compile(r"\s*<h[1-6](?:\s[^<>]*)?>(?P<text>.{1,2000}?)</h[1-6]>\s*\Z", re.IGNORECASE)
_SETEXT_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*\Z")
_BLOCK_START = re.compile(r"\s*(?:[-*+>|<#]|\d{1,9}[.)]\s|\Z)")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_ATTRIBUTES = re.compile(r"\s*\{[:#.][^{}]*\}\Z")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_REFERENCE = re.compile(r"(?<!!)\[([^\[\]]+)\]\[[^\[\]]*\]")
MAX_HEADING = 1_000
"""Characters of a heading that can be a title."""


def take_heading(body: str) -> tuple[str, str]:
    """Return the text of the first heading of a Markdown body, and the body without it; empty and the body for none.

    Headings are those of Markdown (`# ...`, or underlined) and of HTML (`<h1>`) on one line, outside code blocks.
    """
    lines = body.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        if match := _FENCE.match(line):
            mark = match["fence"]
            if not fence:
                fence = mark
            elif mark.startswith(fence) and not line.strip().strip(mark[0]):
                fence = ""
            continue
        if fence:
            continue
        size, text = _read_heading(lines, number)
        if text and len(text) <= MAX_HEADING:
            return text, "\n".join([*lines[:number], *lines[number + size :]])
    return "", body


def make_readable_title(name: str) -> str:
    """Return the title of an article from the last part of its id: no date in front, words instead of hyphens.

    >>> make_readable_title("2021-07-22-coal-town_plants-trees")
    'Coal town plants trees'
    """
    name = name.rpartition("/")[2]
    _, rest = find_date_in_name(name)
    if not any(char.isalnum() for char in rest):
        return name
    words = rest if " " in rest else re.sub(r"[-_]+", " ", rest)
    words = " ".join(words.split())
    return words[:1].upper() + words[1:] if words == words.lower() else words


def _read_heading(lines: list[str], number: int) -> tuple[int, str]:
    """Return the number of lines of the heading that begins in a line, and its text; 0 and empty for none."""
    line = lines[number]
    if match := _ATX_HEADING.match(line) or (_HTML_HEADING.match(line) if len(line) < 3_000 else None):
        return 1, _remove_markup(match["text"])
    follows = lines[number + 1] if number + 1 < len(lines) else ""
    is_paragraph_start = number == 0 or not lines[number - 1].strip()
    if is_paragraph_start and _SETEXT_UNDERLINE.match(follows) and not _BLOCK_START.match(line):
        return 2, _remove_markup(line)
    return 0, ""


def _remove_markup(text: str) -> str:
    if len(text) > 2 * MAX_HEADING:
        return ""
    return render_heading(_REFERENCE.sub(r"\1", _IMAGE.sub("", _ATTRIBUTES.sub("", text))))
