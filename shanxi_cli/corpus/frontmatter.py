"""YAML front matter: parse it into plain text values and write it. Knows YAML and nothing about articles.

Built on parser events, which need no recursion and expand nothing: anchors, aliases and tags are
refused, and nesting is limited to the depth that articles use, so that no file costs more than reading
it (a "billion laughs" attack is refused at its first anchor). Every scalar remains text: `no` is not
False and `12:30` is not a number.
"""

from typing import Any, NoReturn

import yaml

from shanxi_cli.errors import ArticleError

MAX_CHARACTERS = 800_000  # keeps the words of captions within their zone (`analysis.document_fields`)
_MAX_DEPTH = 3
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TOO_DEEP = "nested too deeply"
_FIRST_LINE = 2  # the line after the opening ---
_NON_PRINTABLE: Any = yaml.reader.Reader.NON_PRINTABLE


def read_front_matter(text: str, shown: str) -> dict[str, tuple[object, int]]:
    """Parse a front matter into a mapping of name to (value, line).

    A value is text, a list of values, or a mapping of text to values; a missing value is empty
    text. `line` counts from 1 in the file, whose first line is the opening `---`. Raises
    `ArticleError` with `shown` and the line for anything else.
    """
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(shown, f"the front matter has {len(text):,} characters; is it closed by a line of ---?", 1)
    # Checked here because the C parser reports no line for it.
    if unreadable := _NON_PRINTABLE.search(text):
        line = text.count("\n", 0, unreadable.start()) + _FIRST_LINE
        raise ArticleError(shown, "a control character in the front matter; remove it", line)
    try:
        return _Composer(shown).compose(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + _FIRST_LINE if mark else 1
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        if (
            "nesting depth" in problem
        ):  # since PyYAML 6.0.4 its parser, which reads ahead, fails before `_Composer` does
            raise ArticleError(shown, _TOO_DEEP, line) from error
        raise ArticleError(shown, f"broken YAML: {problem}{_suggest_fix(problem)}", line) from error


def _suggest_fix(problem: str) -> str:
    """Return advice for the two most common mistakes."""
    if "mapping values are not allowed" in problem:
        return "; put a value that has a colon in quotes"
    return "; write spaces where there is a tab" if "cannot start any token" in problem else ""


class _Composer:
    """Stack machine over parser events: each open list or mapping is a frame."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.lines: dict[str, int] = {}

    def compose(self, text: str) -> dict[str, tuple[object, int]]:
        stack: list[_Frame] = []
        root: Any = None
        for event in yaml.parse(text, Loader=_LOADER):
            line = (event.start_mark.line if event.start_mark else 0) + _FIRST_LINE
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._refuse("a second document in the front matter", line)
            elif isinstance(event, yaml.AliasEvent):
                self._refuse("anchors and aliases are not supported", line)
            elif isinstance(event, yaml.ScalarEvent):
                self._refuse_decorated(event, line)
                root = self._add_value(stack, event.value, line)
            elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                self._refuse_decorated(event, line)
                if len(stack) == _MAX_DEPTH:
                    self._refuse(_TOO_DEEP, line)
                stack.append(_Frame([] if isinstance(event, yaml.SequenceStartEvent) else {}))
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                root = self._add_value(stack, stack.pop().value, line)
        if not isinstance(root, dict):
            self._refuse("the front matter must consist of lines of name: value", _FIRST_LINE)
        return {name: (value, self.lines[name]) for name, value in root.items()}

    def _refuse_decorated(self, event: Any, line: int) -> None:
        if event.anchor or (event.tag and event.tag != "!"):
            self._refuse("anchors and tags are not supported", line)

    def _add_value(self, stack: "list[_Frame]", value: Any, line: int) -> Any:
        """Add a finished value to the innermost frame; return the value, for the root."""
        if not stack:
            return value
        frame = stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        elif frame.key is None:
            if not isinstance(value, str) or "\n" in value:
                self._refuse("a name must be one line of text", line)
            if value in frame.value:
                self._refuse(f"{value} is given twice", line)
            frame.key = value
            if len(stack) == 1:
                self.lines[value] = line
        else:
            frame.value[frame.key] = value
            frame.key = None
        return value

    def _refuse(self, reason: str, line: int) -> NoReturn:
        raise ArticleError(self.shown, reason, line)


class _Frame:
    """An open list or mapping; `key` is the name whose value comes next."""

    __slots__ = ("key", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.key: str | None = None


def write_front_matter(values: dict[str, object]) -> str:
    """Return `values` as front matter that `read_front_matter` parses to equal values, without its `---` lines."""
    return str(yaml.dump(values, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000_000))
