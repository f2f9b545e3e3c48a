"""YAML front matter: parse it into plain text values and write it. Knows YAML and nothing about articles.

Built on parser events, which need no recursion and expand nothing: an alias has no value, an anchor or a tag changes
none, and what is nested deeper than articles use is dropped, so that no file costs more than reading it (a "billion
laughs" attack has nothing to laugh about). Every scalar remains text: `no` is not False and `12:30` is not a number.
Only YAML's null (`~`, `null`) is nothing.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NoReturn

import yaml

from shanxi_cli.errors import ArticleError
from shanxi_cli.util.line_joining import is_unspaced

MAX_CHARACTERS = 800_000  # keeps the words of captions within their zone (`analysis.document_fields`)
_MAX_DEPTH = 4
_MAX_ENTRIES = 5_000  # of broken front matter, whose entries are parsed one by one
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TOO_DEEP = "nested too deeply"
_FIRST_LINE = 2  # the line after an opening --- in line 1
_NON_PRINTABLE: Any = yaml.reader.Reader.NON_PRINTABLE
_UNFOLDED = 8  # characters on each side of a line end, which tell it from other spaces
_UNNAMED = "\n"  # the key of a value whose name is a list, a mapping or several lines
_NULLS = {"", "~", "null", "Null", "NULL"}
_ENTRY_START = re.compile(
    r"(?P<quote>[\"']?)(?P<name>[^\s#\-\[\]{}\"'&*!|>%@`,][^\n:\"']{0,200})(?P=quote)\s*:(?:\s|\Z)"
)

NamePredicate = Callable[[str], bool]
"""Returns True for a name that the caller needs."""

FrontMatter = dict[str, tuple[object, int]]
"""Name -> (value, line). A value is text, a list of values, or a mapping of text to values; nothing is empty text."""


def read_front_matter(
    text: str, shown: str, first_line: int = _FIRST_LINE, needed: NamePredicate | None = None
) -> FrontMatter:
    """Parse a front matter; `first_line` is the number of its first line in the file.

    If it is broken, its entries are parsed one by one, and a broken entry is left out if its name is not `needed`.
    Raises `ArticleError` with `shown` and the line for anything else, and for a needed name with two different texts.
    Without `needed`, nothing that is broken is left out.
    """
    if len(text) > MAX_CHARACTERS:
        reason = f"the front matter has {len(text):,} characters; is it closed by a line of ---?"
        raise ArticleError(shown, reason, first_line - 1)
    try:
        return _parse_yaml(text, shown, first_line, needed)
    except ArticleError as error:
        entries = list(_split_entries(text)) if needed else []
        if needed is None or not 1 < len(entries) <= _MAX_ENTRIES:
            raise
        return _parse_entries(entries, shown, first_line, needed, error)


def _parse_entries(
    entries: list[tuple[int, str, str]], shown: str, first_line: int, needed: NamePredicate, error: ArticleError
) -> FrontMatter:
    """Parse each entry by itself, and leave out what is broken and not needed. `error` is that of the whole."""
    found: FrontMatter = {}
    dropped = False
    for number, name, block in entries:
        try:
            values = _parse_yaml(block, shown, first_line + number, needed)
        except ArticleError:
            if not name or needed(name):
                raise
            dropped = True
            continue
        for key, pair in values.items():
            if key in found and needed(key) and found[key][0] != pair[0]:
                raise error
            found[key] = pair
    if not dropped:
        raise error  # each entry is valid, but not all together
    return found


def _split_entries(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the top-level entries of a front matter: number of the first line, name (empty: none), text."""
    start, name, lines = 0, "", list[str]()
    for number, line in enumerate(text.split("\n")):
        if match := _ENTRY_START.match(line):
            if any(one.strip() for one in lines):
                yield start, name, "\n".join(lines)
            start, name, lines = number, match["name"].rstrip(), []
        lines.append(line)
    yield start, name, "\n".join(lines)


def _parse_yaml(text: str, shown: str, first_line: int, needed: NamePredicate | None) -> FrontMatter:
    # Checked here because the C parser reports no line for it.
    if unreadable := _NON_PRINTABLE.search(text):
        line = text.count("\n", 0, unreadable.start()) + first_line
        raise ArticleError(shown, "a control character in the front matter; remove it", line)
    try:
        return _Composer(shown, first_line, needed).compose(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + first_line if mark else max(1, first_line - 1)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        if "nesting depth" in problem or "nesting level" in problem:
            raise ArticleError(shown, _TOO_DEEP, line) from error
        raise ArticleError(shown, f"broken YAML: {problem}{_suggest_fix(problem, text, mark)}", line) from error


def _suggest_fix(problem: str, text: str, mark: Any) -> str:
    """Return advice for the most common mistakes."""
    if "mapping values are not allowed" in problem:
        return "; put a value that has a colon in quotes"
    if "cannot start any token" not in problem:
        return ""
    lines = text.split("\n")
    rest = lines[mark.line][mark.column :] if mark and mark.line < len(lines) else ""
    if rest.startswith("\t"):
        return "; write spaces where there is a tab"
    return f"; put a value that begins with {rest[0]} in quotes" if rest else ""


class _Composer:
    """Stack machine over parser events: each open list or mapping is a frame."""

    def __init__(self, shown: str, first_line: int, needed: NamePredicate | None) -> None:
        self.shown = shown
        self.first_line = first_line
        self.needed = needed
        self.lines: dict[str, int] = {}

    def compose(self, text: str) -> FrontMatter:
        stack: list[_Frame] = []
        root: Any = None
        skipped = 0  # open collections below the deepest frame
        for event in yaml.parse(text, Loader=_LOADER):
            line = (event.start_mark.line if event.start_mark else 0) + self.first_line
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._refuse("a second document in the front matter", line)
            elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                if skipped or len(stack) == _MAX_DEPTH:
                    skipped += 1
                else:
                    stack.append(_Frame([] if isinstance(event, yaml.SequenceStartEvent) else {}))
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                if skipped:
                    skipped -= 1
                    value: Any = ""
                else:
                    value = stack.pop().value
                root = root if skipped else self._add_value(stack, value, line)
            elif isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)) and not skipped:
                root = self._add_value(stack, _read_scalar_event(event, text, is_key=_is_key(stack)), line)
        if not isinstance(root, dict):
            if root in (None, ""):
                return {}
            self._refuse("the front matter must consist of lines of name: value", self.first_line)
        return {name: (value, self.lines[name]) for name, value in root.items()}

    def _add_value(self, stack: "list[_Frame]", value: Any, line: int) -> Any:
        """Add a finished value to the innermost frame; return the value, for the root."""
        if not stack:
            return value
        frame = stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        elif frame.key is None:
            frame.key = value if isinstance(value, str) and "\n" not in value else _UNNAMED
            if len(stack) == 1 and frame.key not in self.lines:
                self.lines[frame.key] = line
        else:
            self._set_value(frame, frame.key, value, line, is_top=len(stack) == 1)
            frame.key = None
        return value

    def _set_value(self, frame: "_Frame", key: str, value: Any, line: int, *, is_top: bool) -> None:
        """Set the value of a name: of a name that is given twice, the last, or both lists."""
        old = frame.value.get(key, "")
        if is_top and old and value and old != value:
            if isinstance(old, str) and isinstance(value, str) and self.needed and self.needed(key):
                self._refuse(f"{key} is given twice", line)
            if isinstance(old, list) or isinstance(value, list):
                value = [*(old if isinstance(old, list) else [old]), *(value if isinstance(value, list) else [value])]
        if key != _UNNAMED and (value or not old):
            frame.value[key] = value

    def _refuse(self, reason: str, line: int) -> NoReturn:
        raise ArticleError(self.shown, reason, line)


class _Frame:
    """An open list or mapping; `key` is the name whose value comes next."""

    __slots__ = ("key", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.key: str | None = None


def _is_key(stack: list[_Frame]) -> bool:
    return bool(stack) and isinstance(stack[-1].value, dict) and stack[-1].key is None


def _read_scalar_event(event: Any, text: str, *, is_key: bool) -> str:
    """Return the text of a scalar of `text`; empty for an alias, and for null where it is a value."""
    if isinstance(event, yaml.AliasEvent):
        return ""
    is_null = event.value in _NULLS and event.implicit[0] and not is_key
    if is_null:
        return ""
    value = str(event.value)
    return value if value.isascii() or event.style == "|" else _unfold_chinese(value, event, text)


def _unfold_chinese(value: str, event: Any, text: str) -> str:
    """Return the value of a scalar without the spaces that YAML makes of line ends between Chinese characters."""
    raw = text[event.start_mark.index : event.end_mark.index].strip("\"'")
    lines = [line.strip() for line in raw.split("\n")]
    for before, after in pairwise(lines):
        if before and after and is_unspaced(before, after):
            end, begin = before[-_UNFOLDED:], after[:_UNFOLDED]
            value = value.replace(f"{end} {begin}", end + begin, 1)
    return value


def write_front_matter(values: dict[str, object]) -> str:
    """Return `values` as front matter that `read_front_matter` parses to equal values, without its `---` lines."""
    return str(yaml.dump(values, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000_000))
