"""Line clean-up: marks of LaTeX, HTML and Markdown, ligatures, mojibake. One line at a time.

Nothing here knows what an article is. Quotation marks are never curled or uncurled, and no word is changed.
"""

import html
import re
import unicodedata

import ftfy

from shanxi_cli.util.sanitize import unsafe_pattern

_MOJIBAKE_PATTERN = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|ï¬|ðŸ|Ã\u00a0|[Ââ](?=[£€¥©°·«»])")
_BROKEN_QUOTE_PATTERN = re.compile("â€(?=[\\s,.;:!?)\\]]|\\Z)|â€(?=\ufffd)\ufffd?")
_LIGATURE_TABLE = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SPACE_PATTERN = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_INVISIBLE_PATTERN = re.compile("[\u200b-\u200d\u2060\ufeff]")
_IMAGE_PATTERN = re.compile(
    r"!\[\[[^\[\]]*\]\]|!\[[^\[\]]*\]\([^()]*(?:\([^()]*)?\)|<!--(?:(?!<!--).)*?-->|<img\b[^<>]*>|\\includegraphics(?:\[[^\[\]]*\])?\{[^{}]*\}",
    re.IGNORECASE,
)
_LINK_PATTERN = re.compile(r"(?<!!)\[([^\[\]]+)\]\((?:https?:|mailto:|#|/)[^()\s]*(?:\([^()\s]*)?\)")
_HTML_TAG_PATTERN = re.compile(
    r"</?(?:a|abbr|article|aside|b|big|blockquote|body|br|caption|center|cite|code|div|em|figcaption|figure|font|footer|h[1-6]"
    r"|header|hr|html|i|li|main|mark|nobr|ol|p|pre|q|s|section|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
_HTML_BREAK_PATTERN = re.compile(r"<(?:br|/p|/div|/li|/tr|/td|/th|/h[1-6])\s*/?>", re.IGNORECASE)
_HTML_ENTITY_PATTERN = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});")
_MATH_PATTERN = re.compile(r"(?<!\\)\$(?!\s)([^$\n]{1,120}?)(?<![\s\\])\$(?!\d)")
_MATH_BRACKET_PATTERN = re.compile(r"\\[()\[\]]")
_MAX_TEX_DEPTH = 12
_TEX_COMMAND_PATTERN = re.compile(r"\\[A-Za-z]+|[{}^_~]|\\[,;! ]")
_TEX_STYLE_PATTERN = re.compile(
    r"\{\\(?:it|bf|em|rm|sc|tt|sl)\s+([^{}]*)\}|\\(?:text(?:it|bf|rm|sc|tt|sl)?|emph|mathrm|mathbf|mathit|operatorname)\s*\{([^{}]*)\}"
)
_TEX_SYMBOLS = {
    r"\times": "×", r"\pm": "±", r"\sim": "~", r"\approx": "≈", r"\leq": "≤", r"\geq": "≥", r"\degree": "°", r"\circ": "°",
    r"\%": "%", r"\$": "$", r"\cdot": "·", r"\ldots": "…", r"\dots": "…", r"\&": "&", r"\mu": "μ", r"\rightarrow": "→",
    r"\prime": "′", r"\#": "#", r"\_": "_",
}  # fmt: skip
_ESCAPE_PATTERN = re.compile(r"\\([$%&#_*\[\]{}~^`>.!()+|<\"'-])")
_SUPERSCRIPT_TABLE = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_BOLD_PATTERN = re.compile(r"(?<!\w)(\*\*\*|\*\*|__)(?=\S)((?:(?!\1).)+)(?<=\S)\1(?!\w)")
_BOLD_LINE_PATTERN = re.compile(r"\A\s*(\*\*|__)([^*_]+)\1\s*\Z")
"""A line that is bold as a whole, with spaces inside the marks: `** and its second line**`."""
_ITALIC_PATTERN = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s*_])\1(?![\w*])")
_RULE_PATTERN = re.compile(r"\s*(?:[-=_*~·•]\s*){3,}\Z|\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*\Z|\s*```\w*\s*\Z")
_MARKUP_HINT_PATTERN = re.compile(r"[\\$<&*_`\[]|!\[")


_WIDE_GAP_PATTERN = re.compile(r"[^\S\n\f]{40,}")
_LONG_WORD_PATTERN = re.compile("[^\\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\U0010ffff]{400,}")
"""A run of characters as no language that puts spaces between words has it: encoded data, or hostile."""


def limit_runs(text: str) -> tuple[str, list[str]]:
    """Return a text without words of 400 characters and more, and with shorter gaps; and those words.

    The rules that read lines take time quadratic in the length of a word or gap.
    """
    return _LONG_WORD_PATTERN.sub(" ", _WIDE_GAP_PATTERN.sub(" " * 40, text)), _LONG_WORD_PATTERN.findall(text)


def clean_line(line: str) -> tuple[str, list[str]]:
    """Return a line without converter marks, and the kinds of repairs (`mojibake`, `LaTeX`, `HTML`, `ligature`)."""
    repairs: list[str] = []
    line = _WIDE_GAP_PATTERN.sub(" " * 40, line)
    if not line.isascii():
        line = _repair_characters(line, repairs)
    if _RULE_PATTERN.match(line):
        return "", repairs
    if _MARKUP_HINT_PATTERN.search(line):
        line = _strip_markup(line, repairs)
    line = unsafe_pattern().sub("", line)
    return unicodedata.normalize("NFC", line), repairs


def _repair_characters(line: str, repairs: list[str]) -> str:
    if _MOJIBAKE_PATTERN.search(line):
        decoded = ftfy.fix_encoding(
            _BROKEN_QUOTE_PATTERN.sub("”", line)
        )  # else it makes a dagger of half a quotation mark
        if decoded != line:
            repairs.append("mojibake")
            line = decoded
    plain = line.translate(_LIGATURE_TABLE)
    if plain != line:
        repairs.append("ligature")
    return _INVISIBLE_PATTERN.sub("", _SPACE_PATTERN.sub(" ", plain))


def _strip_markup(line: str, repairs: list[str]) -> str:
    bare = _IMAGE_PATTERN.sub("", line)
    bare = _LINK_PATTERN.sub(r"\1", bare)
    if "<" in bare or "&" in bare:
        stripped = _HTML_ENTITY_PATTERN.sub(
            lambda match: html.unescape(match.group()),
            _HTML_TAG_PATTERN.sub("", _HTML_BREAK_PATTERN.sub(" ", _convert_superscripts(bare))),
        )
        if "&" in stripped:  # escaped twice, as in &amp;amp;
            stripped = _HTML_ENTITY_PATTERN.sub(lambda match: html.unescape(match.group()), stripped)
        if stripped != bare:
            repairs.append("HTML")
            bare = stripped
    if "\\" in bare or "$" in bare:
        plain = _strip_latex(bare)
        if plain != bare:
            repairs.append("LaTeX")
            bare = plain
    return (
        _ITALIC_PATTERN.sub(
            r"\2", _BOLD_PATTERN.sub(r"\2", _BOLD_LINE_PATTERN.sub(lambda m: m[2].strip(), bare))
        ).replace("`", "'")
        if re.search(r"[*_`]", bare)
        else bare
    )


def _convert_superscripts(line: str) -> str:
    """Replace small figures in HTML by the characters that print so: `m<sup>2</sup>` becomes m²."""
    line = re.sub(r"<sup>([0-9+-]+)</sup>", lambda m: m[1].translate(_SUPERSCRIPT_TABLE), line, flags=re.IGNORECASE)
    return re.sub(r"<sub>([0-9+-]+)</sub>", lambda m: m[1], line, flags=re.IGNORECASE)


def _strip_latex(line: str) -> str:
    if (opened := line.find(r"\(")) >= 0 and line.find(r"\)", opened + 2) >= 0:
        last = max(match.start() for match in _MATH_BRACKET_PATTERN.finditer(line))
        line = _MATH_BRACKET_PATTERN.sub(lambda m: "$" if m.start() < last or _closes_formula(m) else m.group(), line)
    line = _MATH_PATTERN.sub(_convert_formula, line)
    line = _strip_tex_styles(line)
    line = re.sub(r"\\(?:section|subsection|title|chapter|paragraph|footnote|caption)\*?\{([^{}]*)\}", r"\1", line)
    line = re.sub(r"\\(?:begin|end)\{\w+\*?\}|\\(?:noindent|newline|linebreak|quad|par|item|centering)\b", " ", line)
    return _ESCAPE_PATTERN.sub(r"\1", line)


def _closes_formula(bracket: re.Match[str]) -> bool:
    before = bracket.string[max(0, bracket.start() - 1) : bracket.start()]
    return bracket.group()[1] in ")]" and bool(re.fullmatch(r"[\w}]", before))


def _strip_tex_styles(text: str) -> str:
    r"""Return a text without commands such as `\emph{...}`, to the depth in which converters nest them."""
    for _ in range(_MAX_TEX_DEPTH):
        before, text = text, _TEX_STYLE_PATTERN.sub(lambda m: (m[1] if m[1] is not None else m[2]).strip(), text)
        if before == text:
            break
    return text


def _convert_formula(match: re.Match[str]) -> str:
    """Return the text between two dollars as plain text if it is a formula; amounts of money are unchanged."""
    inner = match[1]
    if not re.search(r"[\\^_{}]", inner) and not re.fullmatch(r"[\d.,]+|[A-Za-z]|[\d.,\s+=<>×-]+", inner):
        return match.group()
    inner = _strip_tex_styles(inner)
    inner = re.sub(r"\^\s*\{?\\circ\}?", "°", inner)
    inner = re.sub(r"\^\{?([0-9+-]+)\}?", lambda m: m[1].translate(_SUPERSCRIPT_TABLE), inner)
    inner = re.sub(r"_\{?([0-9+-]+)\}?", r"\1", inner)
    for name, sign in _TEX_SYMBOLS.items():
        inner = inner.replace(name, sign)
    inner = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", inner)
    return (
        " ".join(_TEX_COMMAND_PATTERN.sub(" ", inner).split())
        if "\\" in inner or re.search(r"[{}^_]", inner)
        else inner
    )
