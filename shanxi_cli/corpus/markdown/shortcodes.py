"""Shortcodes of Hugo and tags of Liquid: what a reader sees of them."""

import re

_CODE_START = re.compile(
    r"\{\{[<%]\s{0,20}(?P<hugo>(?:[\w.-]{1,40}/)?[\w.-]{0,40}(?:highlight|code)[\w-]{0,40})\b(?:(?!\}\}).){0,500}?(?<!/)[>%]\}\}"
    r"|\{%-?\s{0,20}(?P<liquid>highlight|codeblock|code|raw|verbatim|comment)\b(?:(?!%\}).){0,500}?%\}",
    re.DOTALL,
)
_MAX_OPEN = 20
"""Names of shortcodes that are not closed, after which no other is looked for: each costs a search of the text."""
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
VALUE = re.compile(r"([\w-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|'([^']*)')")
_QUOTED = re.compile(r"[\"'`]([^\"'`]*)[\"'`]")
_SHOWN_VALUES = ("caption", "title", "summary", "text", "label", "alt")
_BRANCHES = frozenset(("else", "elsif", "elseif", "elif", "when", "case"))
_IN_ADDRESS = re.compile(r"\]\([^()\n]*\Z|\]:[ \t]*[^\n]*\Z|(?:href|src)\s*=\s*[\"']?[^\"'\n]*\Z")


def translate_code_shortcodes(text: str) -> str:
    """Return a text in which shortcodes that enclose code are fenced code, and comments are left out."""
    if "{{" not in text and "{%" not in text:
        return text
    pieces: list[str] = []
    open_names: set[str] = set()
    at = 0
    while len(open_names) < _MAX_OPEN and (start := _CODE_START.search(text, at)):
        name = start["hugo"] or start["liquid"]
        end = None if name in open_names else _end_pattern(start).search(text, start.end())
        if end:
            code = _translate_code(name, text[start.end() : end.start()])
            pieces += [text[at : start.start()], code]
            at = end.end()
        else:
            open_names.add(name)
            pieces.append(text[at : start.end()])
            at = start.end()
    return "".join([*pieces, text[at:]])


def _end_pattern(start: re.Match[str]) -> re.Pattern[str]:
    if start["hugo"]:
        return re.compile(rf"\{{\{{[<%]\s{{0,20}}/\s{{0,20}}{re.escape(start['hugo'])}\s{{0,20}}[>%]\}}\}}")
    return re.compile(rf"\{{%-?\s{{0,20}}end{start['liquid']}\s{{0,20}}-?%\}}")


def _translate_code(name: str, code: str) -> str:
    if name == "comment":
        return ""
    if _FENCE.search(code):
        return f"\n{code}\n"
    if name in ("raw", "verbatim"):
        return code if "\n" in code else code.replace("{", "&#123;")
    if "\n" not in code.strip("\n"):
        return f"`{code.strip()}`" if code.strip() and "`" not in code else code
    return f"\n\n```\n{code.strip(chr(10))}\n```\n\n"


def translate_shortcode(match: re.Match[str]) -> str:
    """Return what a shortcode or tag leaves: a path in the address of a link, else its captions and titles."""
    shortcode = match.group()
    inner = shortcode.strip("{}<>%- \n\t")
    if inner.startswith("/*"):
        return shortcode.replace("/*", "", 1).replace("*/", "", 1).replace("<", "&lt;").replace("{", "&#123;")
    start = match.start()
    if _IN_ADDRESS.search(match.string, max(0, start - 300), start):
        return _find_path(inner)
    if shortcode.startswith(("{{<", "{{%")):
        values = {name.lower(): a or b or c for name, a, b, c in VALUE.findall(inner)}
        shown = next((values[name] for name in _SHOWN_VALUES if values.get(name)), "")
        return " ".join(shown.replace('\\"', '"').split())
    return " " if inner.split(maxsplit=1)[:1] and inner.split(maxsplit=1)[0] in _BRANCHES else ""


def _find_path(inner: str) -> str:
    """Return the page that a shortcode such as `ref "page.md"` names; empty for a variable."""
    quoted = _QUOTED.search(inner)
    words = inner.split()
    path = quoted[1] if quoted else words[1] if len(words) > 1 and "|" not in words and "=" not in words[1] else ""
    return re.sub(r"[\s()<>]", lambda found: f"%{ord(found[0]):02X}", path)
