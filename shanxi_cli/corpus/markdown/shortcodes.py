"""Shortcodes of Hugo and tags of Liquid: what a reader sees of them."""

import re

_CODE_PAIR = re.compile(
    r"\{\{[<%]\s*(?P<hugo>[\w./-]*(?:highlight|code)[\w/-]*)\b(?:(?!\}\}).){0,500}?(?<!/)[>%]\}\}(?P<hugo_code>.*?)"
    r"\{\{[<%]\s*/\s*(?P=hugo)\s*[>%]\}\}"
    r"|\{%-?\s*(?P<liquid>highlight|codeblock|code|raw|verbatim|comment)\b(?:(?!%\}).){0,500}?%\}(?P<liquid_code>.*?)"
    r"\{%-?\s*end(?P=liquid)\s*-?%\}",
    re.DOTALL,
)
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
_VALUE = re.compile(r"([\w-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|'([^']*)')")
_QUOTED = re.compile(r"[\"'`]([^\"'`]*)[\"'`]")
_SHOWN_VALUES = ("caption", "title", "summary", "text", "label", "alt")
_IN_ADDRESS = re.compile(r"\]\([^()\n]*\Z|\]:[ \t]*[^\n]*\Z|(?:href|src)\s*=\s*[\"']?[^\"'\n]*\Z")


def translate_code_shortcodes(text: str) -> str:
    """Return a text in which shortcodes that enclose code are fenced code, and comments are left out."""
    if "{{" not in text and "{%" not in text:
        return text
    return _CODE_PAIR.sub(_translate_pair, text)


def _translate_pair(match: re.Match[str]) -> str:
    name = match["hugo"] or match["liquid"]
    code = match["hugo_code"] if match["hugo"] else match["liquid_code"]
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
        values = {name.lower(): a or b or c for name, a, b, c in _VALUE.findall(inner)}
        shown = next((values[name] for name in _SHOWN_VALUES if values.get(name)), "")
        return " ".join(shown.replace('\\"', '"').split())
    return ""


def _find_path(inner: str) -> str:
    """Return the page that a shortcode such as `ref "page.md"` names; empty for a variable."""
    quoted = _QUOTED.search(inner)
    words = inner.split()
    path = quoted[1] if quoted else words[1] if len(words) > 1 and "|" not in words and "=" not in words[1] else ""
    return re.sub(r"[\s()<>]", lambda found: f"%{ord(found[0]):02X}", path)
