"""Titles, summaries and authors among the values of shortcodes and components that enclose text."""

import re

from shanxi_cli.corpus.markdown.html_text import read_attributes
from shanxi_cli.corpus.markdown.shortcodes import VALUE

_TITLES = ("title", "summary", "caption", "heading", "header", "label", "author", "name")
_NEEDS_CAPITAL = frozenset(("author", "name"))
_POSITIONAL = re.compile(r"(?<!\S)(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`)(?!\S)")
_CLOSING = re.compile(r"\{\{[<%]\s{0,20}/\s{0,20}([\w./-]{1,80})")
_SHOWS_WORD = re.compile(r"tab|detail|expand|accordion|collaps|summary|step", re.IGNORECASE)
_SHOWS_NOTHING = re.compile(r"seo|meta|head\Z|layout|icon|link|script|style|slot", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*[/#=]\S*\Z|\S+\.\w{2,5}\Z")
_WORDS = re.compile(r"[A-Z]|[^\W\d_]\s|[^\x00-\u024f]")


def find_paired_names(text: str) -> frozenset[str]:
    """Return the names of shortcodes that are closed in a text."""
    return frozenset(_CLOSING.findall(text)) if "{{" in text else frozenset()


def find_shortcode_title(inner: str, name: str) -> str:
    """Return what a shortcode that encloses text shows above it: a title among its values, or its first words."""
    values = {key.lower(): a or b or c for key, a, b, c in VALUE.findall(inner)}
    if found := _choose_title(values):
        return found
    match = _POSITIONAL.search(inner) if "=" not in inner else None
    words = _normalize((match[1] or match[2] or "") if match else "")
    is_shown = bool(_WORDS.search(words)) or bool(_SHOWS_WORD.search(name))
    return words if is_shown and not _ADDRESS.match(words) else ""


def find_component_title(tag: str) -> str:
    """Return what a component of MDX shows above its text; empty for a closing tag."""
    match = re.match(r"\s*<([A-Z][\w.]*)", tag)
    if not match or _SHOWS_NOTHING.search(match[1]):
        return ""
    values = read_attributes(tag)
    if tag.rstrip().endswith("/>"):
        values = {name: value for name, value in values.items() if name not in _NEEDS_CAPITAL}
    return _choose_title(values)


def _choose_title(values: dict[str, str]) -> str:
    for name in _TITLES:
        text = _normalize(values.get(name, ""))
        if (
            text
            and text[0] != "{"
            and (name not in _NEEDS_CAPITAL or (_WORDS.search(text) and not _ADDRESS.match(text)))
        ):
            return text
    return ""


def _normalize(text: str) -> str:
    return " ".join(text.replace('\\"', '"').split())
