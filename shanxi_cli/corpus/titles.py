"""Titles of articles that give none: the heading above the text, else the name of the file made readable."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shanxi_cli.corpus.dates import find_date_in_name
from shanxi_cli.corpus.file_names import strip_suffix
from shanxi_cli.corpus.markdown import render_heading
from shanxi_cli.util.line_joining import join_lines

_ATX_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})[ \t]+(?P<text>.+?)[ \t]*(?:[ \t]#+)?[ \t]*\Z")
_HTML_HEADING = re.compile(r"\s*<h(?P<level>[1-6])(?:\s[^<>]*)?>(?P<text>.{1,2000}?)</h[1-6]>\s*\Z", re.IGNORECASE)
_SETEXT_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*\Z")
_BLOCK_START = re.compile(r"\s*(?:[-*+>|<#]|\d{1,9}[.)]\s|\Z)")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_ATTRIBUTES = re.compile(r"\s*\{:?[ \t]*[:#.][^{}]*\}\Z")
_ID_OF_NOTION = re.compile(r"(?<=\S)[ -][0-9a-f]{32}\Z")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_REFERENCE = re.compile(r"(?<!!)\[([^\[\]]+)\]\[[^\[\]]*\]")
_NO_TEXT = re.compile(
    r"^ {0,3}(?P<fence>```|~~~).*?(?:^ {0,3}(?P=fence)|\Z)"
    r"|<!--.*?(?:-->|\Z)|%%.*?(?:%%|\Z)|\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)|<[^<>]*>|!?\[\[?[^\[\]]*\]\]?(?:\([^()]*\))?"
    r"|^[ \t]*(?:import|export)\b[^\n]*|(?<!\S)\#\w[^\s#]*|^[ \t]*\[[^\[\]]*\]:[^\n]*",
    re.DOTALL | re.MULTILINE,
)
"""What can stand above a title: code, comments, shortcodes, tags, pictures, links, imports, hashtags."""
_WORD = re.compile(r"[^\W\d_]{2}")
_MAX_ABOVE = 5_000
MAX_HEADING = 1_000
"""Characters of a heading that can be a title."""


class _Heading(NamedTuple):
    """A heading: number of its first line, number of its lines, level, and text without markup."""

    line: int
    size: int
    level: int
    text: str


def take_heading(body: str) -> tuple[str, str]:
    """Return the heading that is the title of a Markdown body, and the body without it; empty and the body for none.

    Headings are those of Markdown (`# ...`, or underlined) and of HTML (`<h1>`) on one line, outside code blocks. The
    title is the first of level 1 if it stands above all text, or if it is the only one and no less text follows than
    precedes it. Without one of level 1, it is the first heading if that stands above all text and all others are of
    lower levels. Any other heading is that of a section.
    """
    lines = body.split("\n")
    headings = [heading for heading in _find_headings(lines) if heading.text]
    found = next((heading for heading in headings if heading.level == 1), headings[0] if headings else None)
    if found is None:
        return "", body
    rivals = sum(1 for heading in headings if heading is not found and heading.level <= found.level)
    above, below = lines[: found.line], lines[found.line + found.size :]
    if _has_text("\n".join(above)):
        is_title = found.level == 1 and not rivals and sum(map(len, below)) >= sum(map(len, above))
    else:
        is_title = found.level == 1 or not rivals
    return (found.text, "\n".join([*above, *below])) if is_title else ("", body)


def drop_title_heading(body: str, title: str) -> str:
    """Return a body without a heading that begins it and says the same as the title."""
    text = body.lstrip("\n")
    lines = text.split("\n", 2)
    heading = _read_heading(lines[:2], 0)
    if heading is None or join_lines(heading.text).casefold() not in (
        join_lines(title).casefold(),
        render_heading(title).casefold(),
    ):
        return body
    return "\n".join(lines[heading.size :])


def make_readable_title(name: str) -> str:
    """Return the title of an article from the last part of its id: no date in front, words instead of hyphens.

    >>> make_readable_title("2021-07-22-coal-town_plants-trees")
    'Coal town plants trees'
    """
    name = _ID_OF_NOTION.sub("", strip_suffix(name.rpartition("/")[2]))
    _, rest = find_date_in_name(name)
    if not any(char.isalnum() for char in rest):
        return name
    words = rest if " " in rest else re.sub(r"[-_]+", " ", rest)
    words = " ".join(words.split())
    is_plain = words == words.lower() and words.partition(" ")[0].isalpha()  # not `v2`, not `i18n`
    return words[:1].upper() + words[1:] if is_plain else words


def _find_headings(lines: list[str]) -> Iterator[_Heading]:
    """Yield the headings of a body, outside code blocks, that are not too long for a title."""
    fence = ""
    for number, line in enumerate(lines):
        if match := _FENCE.match(line):
            mark = match["fence"]
            if not fence:
                fence = mark
            elif mark.startswith(fence) and not line.strip().strip(mark[0]):
                fence = ""
            continue
        if not fence and (heading := _read_heading(lines, number)) and len(heading.text) <= MAX_HEADING:
            yield heading


def _read_heading(lines: list[str], number: int) -> _Heading | None:
    """Return the heading that begins in a line."""
    line = lines[number]
    if match := _ATX_HEADING.match(line) or (_HTML_HEADING.match(line) if len(line) < 3_000 else None):
        marks = match["level"]
        level = int(marks) if marks.isdigit() else len(marks)
        return _Heading(number, 1, level, _remove_markup(match["text"]))
    follows = lines[number + 1] if number + 1 < len(lines) else ""
    is_paragraph_start = number == 0 or not lines[number - 1].strip()
    if is_paragraph_start and (under := _SETEXT_UNDERLINE.match(follows)) and not _BLOCK_START.match(line):
        return _Heading(number, 2, 1 if "=" in under[0] else 2, _remove_markup(line))
    return None


def _has_text(above: str) -> bool:
    """Return True if there are words beside pictures, tags, comments, shortcodes and imports of modules."""
    if len(above) > _MAX_ABOVE:
        return True
    return bool(_WORD.search(_NO_TEXT.sub(" ", above)))


def _remove_markup(text: str) -> str:
    if len(text) > 2 * MAX_HEADING:
        return ""
    return render_heading(_REFERENCE.sub(r"\1", _IMAGE.sub("", _ATTRIBUTES.sub("", text))))
