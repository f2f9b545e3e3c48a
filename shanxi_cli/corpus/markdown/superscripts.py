"""Superscripts of HTML: marks of notes are left out, powers are superscripts of Unicode, all others stay."""

import re

from shanxi_cli.corpus.markdown.code_span import CODE_SPAN

_SUPERSCRIPT = re.compile(
    rf"(?P<code>{CODE_SPAN}|<(?P<tag>pre|code)\b.{{0,20000}}?</(?P=tag)>)"
    r"|(?P<space>[ \t]?)<sup(?:\s[^<>]{0,300})?>(?P<content>(?:(?!</?sup\b).){0,500}?)</sup\s*>(?P<fraction>(?=\s?[/\u2044]))?",  # noqa: E501
    re.DOTALL | re.IGNORECASE,
)
_MARKUP = re.compile(r"<[^<>]*>|\]\([^()]*\)|[\\\[\]()*_ ]|&nbsp;|&#\d+;")
_LINKS_TO_NOTE = re.compile(r"href\s*=\s*[\"']?[^\"'>]*#|\]\([^()]*#", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*(?:<[^<>]*>)?\\?\[.{0,60}\]", re.DOTALL)
_NUMBERS = re.compile(r"\d{1,3}(?:[,;\u2013-]\d{1,3})*\Z")
_POWER = re.compile(r"[-\u2212\u2013+]?\d{1,4}\Z")
_POWER_BASE = re.compile(
    r"(?:(?<![\d.,])10|(?<![^\W_])(?:[A-Za-z]|[kcdm\u00b5]m|ft|yd|mi|mc|sec|hm))\)?\Z"  # 10, a letter, a unit of length
)
_RAISED = str.maketrans("0123456789+-\u2212\u2013", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_SYMBOLS = frozenset(("", "†", "‡", "§", "¶", "††"))


def resolve_superscripts(text: str) -> str:
    """Return a text with its `<sup>` elements resolved, those in code aside."""
    return _SUPERSCRIPT.sub(_resolve, text) if "<sup" in text.lower() else text


def _resolve(match: re.Match[str]) -> str:
    if match["code"]:
        return match["code"]
    content = match["content"]
    before = match.string[max(0, match.start() - 20) : match.start()]
    if not before.strip() or before.endswith(("\n", "|")):
        return match.group()  # the number of a note in front of its text
    words = _MARKUP.sub("", content)
    if _LINKS_TO_NOTE.search(content) or _BRACKETS.match(content):
        return "" if len(words) < 40 else match.group()
    if match["fraction"] is not None:
        return f" {words}" if before[-1].isdigit() else match.group()
    base = _POWER_BASE.search(before)
    if _POWER.match(words) and (words[0] in "-\u2212\u2013" or (base and not (words == "1" and base[0] == "10"))):
        return words.translate(_RAISED)
    return "" if words in _SYMBOLS or _NUMBERS.match(words) else match.group()
