"""Constructs of whole lines: callouts, admonitions, footnotes, definitions, imports of MDX, formulas."""

import re
from collections.abc import Iterator

from shanxi_cli.corpus.markdown.titles_of_blocks import find_component_title

_FENCE = re.compile(
    r"(?P<indent>[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<mark>`{3,}(?=[^`]*\Z)|~{3,})(?P<info>.*)\Z"
)
_PROSE_FENCE = re.compile(
    r"\{(?:note|warning|tip|important|caution|danger|hint|attention|error|seealso|see-also|admonition|todo|versionadded|"
    r"versionchanged|deprecated|epigraph|pull-quote|margin|sidebar|topic|dropdown|card|grid|tab-set|tab-item|figure)\}"
    r"[ \t]*(?P<title>.*)",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"( {0,3}(?:>[ \t]?)*)\[\^[^\]\s]{1,200}\]:[ \t]*(.*)\Z")
_ADMONITION = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+(?P<what>[^\n]*)\Z")
_ADMONITION_TITLE = re.compile(r"(?:[\w-]+[ \t]+)*\"(?P<title>.*)\"[ \t]*\Z")
_COLONS = re.compile(
    r"[ \t]*:{3,}[ \t]*(?:(?:\{[^{}]*\}|[\w-]+)[ \t]*"
    r"(?:\[(?P<label>.*)\]|(?P<title>[^\[\]{}:]*))?[ \t]*(?:\{[^{}]*\})?[ \t]*:*)?[ \t]*\Z"
)
_CALLOUT = re.compile(r"(?P<quote>[ \t]*(?:>[ \t]?)+)\[![\w| +-]{1,60}\][+-]?[ \t]*(?P<title>.*)\Z")
_IMPORT = re.compile(
    r"import\s(?:[^\n\"']*\sfrom\s*)?[\"'][^\"'\n]+[\"'];?\s*\Z|import\s*\{\s*\Z|import\s+[\w*{][^\"']*,\s*\Z"
)
_EXPORT = re.compile(r"export\s+(?:default|const|let|var|function|class|async|\{|\*)")
_COMPONENT = re.compile(r"[ \t]*</?[A-Z][\w.]*(?:\s[^<>]*)?/?>[ \t]*\Z")
_MARKDOWN_TAG = re.compile(
    r"[ \t]*<(?P<name>[a-z][a-z\d-]*)(?=[\s>])(?P<values>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>(?P<rest>.*)\Z",
    re.IGNORECASE,
)
_IS_MARKDOWN = re.compile(r"\smarkdown(?:\s*=\s*[\"']?(?:1|block|span|true)[\"']?)?(?=\s|\Z)", re.IGNORECASE)
_DEFINITION = re.compile(r" {0,3}:[ \t]+(\S.*)\Z")
_TABLE_OF_CONTENTS = re.compile(r"[ \t]*(?:\[TOC\]|\[\[(?:_TOC_|toc)\]\])[ \t]*\Z", re.IGNORECASE)
_KRAMDOWN_CONTENTS = re.compile(r"[ \t]*\{:[^{}]*\btoc\b[^{}]*\}[ \t]*\Z")


_FIRST_CHARACTERS = frozenset("$[!?=:>ie<")
"""Characters that a line begins with if it may be translated."""
_CONSTRUCT = re.compile(r"\s*(?:\$\$|\[(?:[\^\[]|(?i:toc))|[!?=:]|>.*\[|import|export|</?[A-Z]|<.*(?i:markdown))")
"""The beginning of a line that may be translated where no construct is open."""


def translate_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of a text, translated, each with True if it belongs to fenced code.

    Lines that stay as they are can come together, with the line ends between them.
    """
    return _LineTranslator(text).translate()


class _LineTranslator:
    """Translates lines one by one; `_fence` is the mark of open code, `_prose` has those of open fences with prose."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._has_contents = "toc" in text
        self._fence = ""
        self._prose: list[str] = []
        self._margins: list[int] = []  # indentation of the bodies of open admonitions and footnotes
        self._elements: list[tuple[str, bool]] = []  # open elements of HTML; True for those that hold Markdown
        self._skips_to_blank = False
        self._is_formula = False

    def translate(self) -> Iterator[tuple[str, bool]]:
        lines = self._lines
        at = 0
        while at < len(lines):
            end = self._find_change(at)
            if end > at:
                yield "\n".join(lines[at:end]), bool(self._fence)
            if end < len(lines):
                yield from self._translate_at(end)
            at = end + 1

    def _find_change(self, start: int) -> int:
        """Return the first line from `start` that may change the text, or whether it is code."""
        lines = self._lines
        if self._margins or self._elements or self._skips_to_blank or self._is_formula:
            return start
        if fence := self._fence:
            return next((at for at in range(start, len(lines)) if fence in lines[at]), len(lines))
        for at in range(start, len(lines)):
            line = lines[at]
            first = line[:1]
            if (first in _FIRST_CHARACTERS or first.isspace()) and _CONSTRUCT.match(line):
                return at
            if "``" in line or "~~" in line or (self._has_contents and self._is_above_contents(at)):
                return at
        return len(lines)

    def _is_above_contents(self, at: int) -> bool:
        return at + 1 < len(self._lines) and bool(_KRAMDOWN_CONTENTS.match(self._lines[at + 1]))

    def _translate_at(self, at: int) -> Iterator[tuple[str, bool]]:
        line = self._remove_margin(self._lines[at]) if self._margins else self._lines[at]
        if self._fence:
            yield line, True
            self._close_fence(line)
        elif ("``" in line or "~~" in line) and (fence := _FENCE.match(line)):
            yield from self._open_fence(fence)
        elif self._has_contents and self._is_above_contents(at):
            yield "", False
        else:
            yield from self._translate_line(line)

    def _remove_margin(self, line: str) -> str:
        if not line.strip():
            return line
        line = line.expandtabs(4) if "\t" in line[:8] else line
        indent = len(line) - len(line.lstrip(" "))
        while self._margins and indent < self._margins[-1] and not self._fence:
            self._margins.pop()
        return line[min(indent, self._margins[-1] if self._margins else 0) :]

    def _close_fence(self, line: str) -> None:
        end = line.strip(" \t>")
        if end.startswith(self._fence) and not end.strip(self._fence[0]):
            self._fence = ""

    def _open_fence(self, fence: re.Match[str]) -> Iterator[tuple[str, bool]]:
        if self._prose and fence["mark"] == self._prose[-1] and not fence["info"].strip():
            self._prose.pop()
            yield "", False
        elif prose := _PROSE_FENCE.match(fence["info"].strip()):
            self._prose.append(fence["mark"])
            yield from (("", False), (prose["title"], False), ("", False))
        else:
            self._fence = fence["mark"]
            yield fence.string, True

    def _translate_line(self, line: str) -> Iterator[tuple[str, bool]]:
        stripped = line.strip()
        if self._skips_to_blank:
            self._skips_to_blank = bool(stripped)
            return
        if not self._is_formula and stripped[:1] not in _FIRST_CHARACTERS:
            yield line, False
            return
        lines = self._translate_element(line) if stripped[:1] == "<" and not self._is_formula else None
        yield from self._translate_construct(line) if lines is None else ((each, False) for each in lines)

    def _translate_construct(self, line: str) -> Iterator[tuple[str, bool]]:
        stripped = line.strip()
        if self._is_formula or stripped.startswith("$$"):
            yield from self._formula(stripped)
        elif note := _FOOTNOTE.match(line):
            self._margins.append((self._margins[-1] if self._margins else 0) + 4)
            yield from ((note[1].rstrip(), False), (note[1] + note[2], False))
        elif admonition := _ADMONITION.match(line):
            self._margins.append(len(line) - len(line.lstrip()) + (self._margins[-1] if self._margins else 0) + 4)
            title = _ADMONITION_TITLE.match(admonition["what"])
            yield from (("", False), (title["title"] if title else "", False), ("", False))
        elif colons := _COLONS.match(line):
            yield from (("", False), ((colons["label"] or colons["title"] or "").strip(), False), ("", False))
        elif callout := _CALLOUT.match(line):
            yield from ((callout["quote"] + callout["title"], False), (callout["quote"].rstrip(), False))
        elif _IMPORT.match(line) or _EXPORT.match(line):
            self._skips_to_blank = True
        elif _COMPONENT.match(line):
            indent = line[: len(line) - len(line.lstrip())]
            yield from (("", False), (indent + find_component_title(line), False), ("", False))
        elif _TABLE_OF_CONTENTS.match(line):
            yield "", False
        elif definition := _DEFINITION.match(line):
            yield from (("", False), (definition[1], False))
        else:
            yield line, False

    def _translate_element(self, line: str) -> list[str] | None:
        """Return the lines for a tag of an element that holds Markdown, or is in one; None for any other line."""
        if self._elements:
            name, is_markdown = self._elements[-1]
            if re.fullmatch(rf"</{name}\s*>", line.strip(), re.IGNORECASE):
                self._elements.pop()
                return [""] if is_markdown else [line, ""]
        tag = _MARKDOWN_TAG.match(line)
        if not tag or not (self._elements or _IS_MARKDOWN.search(tag["values"])):
            return None
        name, rest, closing = tag["name"], tag["rest"], f"</{tag['name']}>"
        is_markdown = bool(_IS_MARKDOWN.search(tag["values"]))
        if closing.lower() in rest.lower():
            inner = rest[: rest.lower().rindex(closing.lower())]
            return ["", inner, ""] if is_markdown else [line, ""]
        if rest and not is_markdown:
            return None
        self._elements.append((name, is_markdown))
        return ["", rest.lstrip(), ""] if is_markdown else [line]

    def _formula(self, stripped: str) -> Iterator[tuple[str, bool]]:
        """Yield a formula as fenced code."""
        is_open, self._is_formula = self._is_formula, not stripped.endswith("$$") or stripped == "$$"
        if is_open:
            self._is_formula = not stripped.endswith("$$")
        elif stripped != "$$" and not stripped.endswith("$$"):
            self._is_formula = stripped.count("$$") == 1
        yield from ([] if is_open else [("", False), ("```", True)])
        yield (stripped.strip("$"), True)
        yield from ([] if self._is_formula else [("```", True)])
