"""What converters leave in a text: marks of LaTeX, HTML and Markdown, ligatures, letters decoded twice. Line by line.

Nothing here knows what an article is. Quotation marks are never curled or uncurled, and no word is changed.
"""

import html
import re
import unicodedata

import ftfy

from shanxi_cli.util.sanitize import unsafe

_MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|ï¬|ðŸ|Ã\u00a0|[Ââ](?=[£€¥©°·«»])")
_LOST_QUOTE = re.compile("â€(?=[\\s,.;:!?)\\]]|\\Z)|â€(?=\ufffd)\ufffd?")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
_IMAGE = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|<!--.*?-->|<img\b[^>]*>|\\includegraphics(?:\[[^\]]*\])?\{[^}]*\}", re.IGNORECASE
)
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?:https?:|mailto:|#|/)[^)\s]*\)")
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|big|blockquote|body|br|caption|center|cite|code|div|em|figcaption|figure|font|footer|h[1-6]"
    r"|header|hr|html|i|li|main|mark|nobr|ol|p|pre|q|s|section|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/td|/th|/h[1-6])\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});")
_MATH = re.compile(r"(?<!\\)\$(?!\s)([^$\n]{1,120}?)(?<![\s\\])\$(?!\d)")
_TEX = re.compile(r"\\[A-Za-z]+|[{}^_~]|\\[,;! ]")
_STYLED = re.compile(
    r"\{\\(?:it|bf|em|rm|sc|tt|sl)\s+([^{}]*)\}|\\(?:text(?:it|bf|rm|sc|tt|sl)?|emph|mathrm|mathbf|mathit|operatorname)\s*\{([^{}]*)\}"
)
_SYMBOLS = {
    r"\times": "×", r"\pm": "±", r"\sim": "~", r"\approx": "≈", r"\leq": "≤", r"\geq": "≥", r"\degree": "°", r"\circ": "°",
    r"\%": "%", r"\$": "$", r"\cdot": "·", r"\ldots": "…", r"\dots": "…", r"\&": "&", r"\mu": "μ", r"\rightarrow": "→",
    r"\prime": "′", r"\#": "#", r"\_": "_",
}  # fmt: skip
_ESCAPED = re.compile(r"\\([$%&#_*\[\]{}~^`>.!()+|<\"'-])")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_BOLD = re.compile(r"(?<!\w)(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_BOLD_LINE = re.compile(r"\A\s*(\*\*|__)\s*([^*_]+?)\s*\1\s*\Z")
"""A line that is bold as a whole, with spaces inside the marks: `** and its second line**`."""
_ITALIC = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s*_])\1(?![\w*])")
_RULE = re.compile(r"\s*(?:[-=_*~·•]\s*){3,}\s*\Z|\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*\Z|\s*```\w*\s*\Z")
_SIGNS = re.compile(r"[\\$<&*_`\[]|!\[")


def tidy(line: str) -> tuple[str, list[str]]:
    """One line without the debris of converters, and what was mended (`mojibake`, `LaTeX`, `HTML`, `ligature`)."""
    done: list[str] = []
    if not line.isascii():
        line = _letters(line, done)
    if _RULE.match(line):
        return "", done
    if _SIGNS.search(line):
        line = _marks(line, done)
    line = unsafe().sub("", line)
    return unicodedata.normalize("NFC", line), done


def _letters(line: str, done: list[str]) -> str:
    if _MOJIBAKE.search(line):
        mended = ftfy.fix_encoding(_LOST_QUOTE.sub("”", line))  # else it makes a dagger of half a quotation mark
        if mended != line:
            done.append("mojibake")
            line = mended
    plain = line.translate(_LIGATURES)
    if plain != line:
        done.append("ligature")
    return _INVISIBLE.sub("", _SPACES.sub(" ", plain))


def _marks(line: str, done: list[str]) -> str:
    bare = _IMAGE.sub("", line)
    bare = _LINK.sub(r"\1", bare)
    if "<" in bare or "&" in bare:
        stripped = _ENTITY.sub(lambda found: html.unescape(found.group()), _TAG.sub("", _BREAK.sub(" ", _raised(bare))))
        if "&" in stripped:  # escaped twice, as in &amp;amp;
            stripped = _ENTITY.sub(lambda found: html.unescape(found.group()), stripped)
        if stripped != bare:
            done.append("HTML")
            bare = stripped
    if "\\" in bare or "$" in bare:
        plain = _latex(bare)
        if plain != bare:
            done.append("LaTeX")
            bare = plain
    return (
        _ITALIC.sub(r"\2", _BOLD.sub(r"\2", _BOLD_LINE.sub(r"\2", bare))).replace("`", "'")
        if re.search(r"[*_`]", bare)
        else bare
    )


def _raised(line: str) -> str:
    """Small figures in HTML as the characters that print so: `m<sup>2</sup>` is m²."""
    line = re.sub(r"<sup>([0-9+-]+)</sup>", lambda m: m[1].translate(_RAISED), line, flags=re.IGNORECASE)
    return re.sub(r"<sub>([0-9+-]+)</sub>", lambda m: m[1], line, flags=re.IGNORECASE)


def _latex(line: str) -> str:
    line = (
        re.sub(r"\\[()\[\]](?=.*\\[()\[\]])|(?<=[\w}])\\[)\]]", "$", line) if re.search(r"\\\(.*\\\)", line) else line
    )
    line = _MATH.sub(_formula, line)
    before = ""
    while before != line:
        before, line = line, _STYLED.sub(lambda m: (m[1] if m[1] is not None else m[2]).strip(), line)
    line = re.sub(r"\\(?:section|subsection|title|chapter|paragraph|footnote|caption)\*?\{([^{}]*)\}", r"\1", line)
    line = re.sub(r"\\(?:begin|end)\{\w+\*?\}|\\(?:noindent|newline|linebreak|quad|par|item|centering)\b", " ", line)
    return _ESCAPED.sub(r"\1", line)


def _formula(found: re.Match[str]) -> str:
    """What stands between two dollars, as plain text, where it is a formula; amounts of money stay as they are."""
    inner = found[1]
    if not re.search(r"[\\^_{}]", inner) and not re.fullmatch(r"[\d.,]+|[A-Za-z]|[\d.,\s+=<>×-]+", inner):
        return found.group()
    before = ""
    while before != inner:
        before, inner = inner, _STYLED.sub(lambda m: (m[1] if m[1] is not None else m[2]).strip(), inner)
    inner = re.sub(r"\^\s*\{?\\circ\}?", "°", inner)
    inner = re.sub(r"\^\{?([0-9+-]+)\}?", lambda m: m[1].translate(_RAISED), inner)
    inner = re.sub(r"_\{?([0-9+-]+)\}?", r"\1", inner)
    for name, sign in _SYMBOLS.items():
        inner = inner.replace(name, sign)
    inner = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", inner)
    return " ".join(_TEX.sub(" ", inner).split()) if "\\" in inner or re.search(r"[{}^_]", inner) else inner
