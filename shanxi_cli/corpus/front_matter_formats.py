"""Front matter of every format: find it at the beginning of a file, and parse YAML, TOML or JSON. Knows no fields.

    ---         YAML to a line of --- or ...; ---toml and ---json are known too
    +++         TOML to a line of +++
    ;;;         JSON to a line of ;;;
    {           JSON to its closing brace
    # ...       lines of known names and values right below a heading (Notion)
    Title: ...  lines of names and values to an empty line, one of them the title (Pelican, MultiMarkdown)

Empty lines and byte order marks before it are skipped. A file that begins otherwise has no front matter: all is text.
"""

import json
import re
import tomllib
from datetime import date, datetime, time
from typing import Any, NamedTuple

from shanxi_cli.corpus.frontmatter import MAX_CHARACTERS, FrontMatter, NamePredicate, read_front_matter
from shanxi_cli.errors import ArticleError

_OPENING = re.compile(r"(?P<fence>---|\+\+\+|;;;)[ \t]*(?P<kind>yaml|yml|toml|json)?[ \t]*\Z", re.IGNORECASE)
_KINDS = {"---": "yaml", "+++": "toml", ";;;": "json"}
_CLOSINGS = {"---": ("---", "..."), "+++": ("+++",), ";;;": (";;;",)}
_PLAIN_ENTRY = re.compile(r"(?P<name>[A-Za-z][\w -]{0,40}):(?:[ \t]+(?P<value>\S[^\n]*)|[ \t]*)\Z")
_JSON_START = re.compile(r"\{\s*(?:\"|\})")
_YAML_START = re.compile(r"[^\s#][^\n]*?:(?:\s|\Z)|[\[{\-?%\"'&*!]")
_MAX_TOML_CHARACTERS = 100_000  # the parser of the standard library takes quadratic time for some tables
_MAX_DEPTH = 4
_MAX_PLAIN_LINES = 100
_PROPERTIES = frozenset(
    (
        *("created", "created time", "created by", "created at", "last edited", "last edited time", "last edited by"),
        *("date", "updated", "published", "publish date", "tags", "tag", "author", "authors", "category", "status"),
        *("type", "url"),
    )
)
"""Names of properties that an export of Notion has below its title, in lower case."""

LONG_DOTTED_KEY_PATTERN = re.compile(r"(?:[\w\"'-]{1,80}[ \t]*\.[ \t]*){40}")
"""A key of TOML that the parser of the standard library takes quadratic time for."""


class SplitText(NamedTuple):
    """A file divided: the kind and the text of its front matter (both empty: none), its first line, and the body."""

    kind: str
    front: str
    first_line: int
    body: str


def split_front_matter(text: str, shown: str) -> SplitText:
    """Divide the text of a file, whose lines end with LF, into front matter and body.

    Raises `ArticleError` if the front matter is not closed.
    """
    rest = text.lstrip("\ufeff \t\n")
    start = text.rfind("\n", 0, len(text) - len(rest)) + 1
    if text[start : len(text) - len(rest)].strip("\ufeff"):
        return SplitText("", "", 1, text)  # indented
    number = text.count("\n", 0, start) + 1
    if _JSON_START.match(rest):
        return _split_json(rest, number, shown)
    lines = rest.split("\n")
    opening = _OPENING.match(lines[0])
    if not opening:
        if end := _find_properties_end(lines):
            below = "\n".join([lines[0], *lines[end:]])
            return SplitText("plain", "\n".join(lines[1:end]).lstrip("\n"), number + 1 + (not lines[1].strip()), below)
        end = _find_plain_end(lines)
        front, body = "\n".join(lines[:end]), "\n".join(lines[end:])
        return SplitText("plain", front, number, body) if end else SplitText("", "", 1, text)
    fence = opening["fence"]
    kind = (opening["kind"] or _KINDS[fence]).lower().replace("yml", "yaml")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in _CLOSINGS[fence]), 0)
    front = "\n".join(lines[1 : end or len(lines)])
    if kind == "yaml" and not _looks_like_yaml(front, is_closed=end > 0):
        return SplitText("", "", 1, rest)  # a rule above text
    if not end:
        raise ArticleError(shown, f"the front matter is not closed by a line of {fence}", number)
    if lines[end].rstrip() == "..." and lines[end + 1 : end + 2] == ["---"]:
        end += 1
    return SplitText(kind, front, number + 1, "\n".join(lines[end + 1 :]))


def parse_front_matter(split: SplitText, shown: str, needed: NamePredicate) -> FrontMatter:
    """Parse the front matter of a file. `needed` and what is raised are those of `read_front_matter`."""
    if split.kind in ("", "yaml"):
        return read_front_matter(split.front, shown, split.first_line, needed) if split.kind else {}
    if split.kind == "plain":
        return _read_plain_entries(split)
    if len(split.front) > (_MAX_TOML_CHARACTERS if split.kind == "toml" else MAX_CHARACTERS):
        raise ArticleError(shown, f"the front matter has {len(split.front):,} characters", split.first_line)
    if split.kind == "toml" and LONG_DOTTED_KEY_PATTERN.search(split.front):
        raise ArticleError(shown, "broken TOML: nested too deeply", split.first_line)
    try:
        values = tomllib.loads(split.front, parse_float=str) if split.kind == "toml" else _load_json(split.front)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "nested too deeply"
        line = re.search(r"(?:at )?\(?\bline (\d+),? column \d+.*\Z", reason)
        reason = reason[: line.start()].rstrip(" :(") if line else reason
        number = split.first_line + int(line[1]) - 1 if line else split.first_line
        raise ArticleError(shown, f"broken {split.kind.upper()}: {' '.join(reason.split())}", number) from error
    if not isinstance(values, dict):
        raise ArticleError(shown, "the front matter must consist of names and values", split.first_line)
    lines = _find_lines(split)
    return {name: (_to_text(value, 1), lines.get(name, split.first_line)) for name, value in values.items()}


def _find_plain_end(lines: list[str]) -> int:
    """Return the number of lines of names and values before the first empty line; 0 unless one of them is a title."""
    if not _PLAIN_ENTRY.match(lines[0]):
        return 0
    end, has_title = 0, False
    while end < len(lines) and lines[end].strip():
        if match := _PLAIN_ENTRY.match(lines[end]):
            has_title = has_title or match["name"].lower() == "title"
        elif not lines[end].startswith(("  ", "\t")):
            return 0
        end += 1
    return end if has_title and end <= _MAX_PLAIN_LINES else 0


def _find_properties_end(lines: list[str]) -> int:
    """Return the number of lines to the end of the properties that Notion writes below a heading; 0 for none."""
    start = 1 if lines[1:2] and lines[1].strip() else 2
    if not re.match(r"#[ \t]+\S", lines[0]) or not lines[start:]:
        return 0
    end = start
    while end < len(lines) and lines[end].strip():
        match = _PLAIN_ENTRY.match(lines[end])
        if not match or match["name"].lower() not in _PROPERTIES:
            return 0
        end += 1
    return end if end > start else 0


def _read_plain_entries(split: SplitText) -> FrontMatter:
    """Return names and values of one line each; indented lines continue a value, the first of two equal names wins."""
    found: FrontMatter = {}
    name = ""
    for number, line in enumerate(split.front.split("\n"), split.first_line):
        if match := _PLAIN_ENTRY.match(line):
            name = "" if match["name"] in found else match["name"]
            if name:
                found[name] = (match["value"] or "", number)
        elif name:
            found[name] = (f"{found[name][0]} {line.strip()}".strip(), found[name][1])
    return {name: (_split_authors(name, str(value)), number) for name, (value, number) in found.items()}


def _split_authors(name: str, value: str) -> object:
    """Return the authors of Pelican as a list: separated by semicolons, else by commas."""
    if name.lower() != "authors":
        return value
    return [text.strip() for text in value.split(";" if ";" in value else ",") if text.strip()]


def _split_json(text: str, number: int, shown: str) -> SplitText:
    try:
        _, end = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode(text)
    except (ValueError, RecursionError):
        end = 0
    if not end:
        raise ArticleError(shown, "broken JSON in the front matter; is its brace closed?", number)
    return SplitText("json", text[:end], number, text[end:])


def _load_json(text: str) -> Any:
    return json.loads(text, parse_int=str, parse_float=str)


def _looks_like_yaml(front: str, *, is_closed: bool) -> bool:
    """Return True unless the first line that says something is prose."""
    lines = (line for line in front.split("\n") if line.strip() and not line.startswith("#"))
    first = next(lines, None)
    return is_closed if first is None else bool(_YAML_START.match(first))


def _find_lines(split: SplitText) -> dict[str, int]:
    """Return the lines of the names in TOML or JSON, as far as each begins a line."""
    pattern = re.compile(r"""\s*\{?\s*["']?([\w.-]+)["']?\s*[:=]""")
    matches = ((number, pattern.match(line)) for number, line in enumerate(split.front.split("\n"), split.first_line))
    return {match[1]: number for number, match in reversed([*matches]) if match}


def _to_text(value: object, depth: int) -> object:
    """Return a value of TOML or JSON with text for every scalar, and nothing for what is nested too deeply."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, list):
        return [_to_text(item, depth + 1) for item in value] if depth < _MAX_DEPTH else ""
    if isinstance(value, dict):
        return {name: _to_text(item, depth + 1) for name, item in value.items()} if depth < _MAX_DEPTH else ""
    return "" if value is None else str(value)
