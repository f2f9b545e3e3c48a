"""Dialects of Markdown: what site generators and note programs add to CommonMark, translated to it before parsing.

| construct | programs | read as |
| --- | --- | --- |
| `{{< name >}}`, `{{% name %}}` | Hugo | the captions and titles among its values; what it encloses stays |
| `{% name %}`, `{{ name }}` | Liquid (Jekyll, Eleventy), Nunjucks, Vue | nothing; what it encloses stays |
| `{{< highlight >}}`, `{% highlight %}` | Hugo, Jekyll | code |
| `[[Page]]`, `[[Page|label]]`, `![[embed]]` | Obsidian, wikis | a link with its label; nothing |
| `[^1]`, `[^1]: ...`, `^[...]` | most | nothing, a paragraph, the text in parentheses |
| `> [!note] Title`, `!!! note "Title"`, `::: note Title`, MyST fences | GitHub, Obsidian, MkDocs, Docusaurus, Sphinx | the title, and the text |
| `import`, `export`, components, `{/* ... */}` | MDX | nothing; what a component encloses stays |
| `{: .class}`, `{#id}`, `{:toc}`, `[TOC]`, `^block`, `%%...%%` | kramdown, Pandoc, Obsidian | nothing |
| `==text==`, `: definition` | many | the text |
| `$$ ... $$` | most | code |

Fenced code is left alone, except where a construct makes code of its own (`_code_shortcodes`).
"""

import re
from typing import NamedTuple

from shanxi_cli.corpus.markdown.directives import translate_lines
from shanxi_cli.corpus.markdown.shortcodes import translate_code_shortcodes, translate_shortcode

_TRIGGER = re.compile(
    r"\{[{%:#./]|\[\[|\[\^|\^\[|\[TOC|%%|==|:::|^[ \t]*(?:!!!|\?\?\?)|^(?:import|export)\b|<[/]?[A-Z]|\$\$|\^[\w-]+[ \t]*$"
    r"|\[!|[`~:]{3,}\{|^ {0,3}:[ \t]|=\{",
    re.MULTILINE,
)
_COMPONENT = re.compile(r"</?[A-Z][\w.]*(?=[\s/>])")
_CODE_SPAN = r"(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[^`]|(?!(?P=ticks)(?!`))`){1,1000}?(?<!`)(?P=ticks)(?!`)"
_INLINE = re.compile(
    rf"(?P<code>{_CODE_SPAN})"
    r"|(?P<hugo>\{\{[<%](?:(?!\}\}).){0,2000}?[>%]\}\})"
    r"|(?P<liquid>\{%(?:(?!%\}).){0,2000}%\}|\{\{(?:(?!\}\}).){0,2000}\}\}\}?)"
    r"|(?P<wiki>!?\[\[(?P<page>[^\[\]\n]{1,500})\]\])"
    r"|(?P<note>[ \t]?\[\^[^\]\s]{1,200}\](?!:))"
    r"|\^\[(?P<inline_note>[^\[\]\n]{1,1000})\]"
    r"|(?P<comment>(?<!\w)%%(?=[^%\n])(?:(?!%%).){1,5000}%%|\{/\*(?:(?!\*/).){0,2000}\*/\})"
    r"|==(?P<highlight>(?=[^\s=])[^=\n]{1,500}?(?<=[^\s=]))==(?!=)"
    r"|(?P<attributes>[ \t]*\{(?::[^{}\n]{0,300}|[#.][A-Za-z][^{}\n]{0,300})\})"
    r"|(?P<block_id>[ \t]\^[\w-]{1,100}[ \t]*$)"
    r"|(?P<component></?[A-Za-z][\w.]*(?:[^<>{}\"']|\"[^\"]*\"|'[^']*'|(?P<value>\{(?:[^{}]|\{[^{}]*\}){0,500}\})){0,200}/?>)",
    re.DOTALL | re.MULTILINE,
)


class TranslatedText(NamedTuple):
    """A text without dialects; `has_components` is true for MDX, which has no indented code."""

    text: str
    has_components: bool


def translate_dialects(text: str) -> TranslatedText:
    """Return a Markdown text with the constructs of its dialects translated to CommonMark."""
    if not _TRIGGER.search(text):
        return TranslatedText(text, False)
    text = translate_code_shortcodes(text)
    has_components = bool(_COMPONENT.search(text))
    pieces: list[str] = []
    prose: list[str] = []
    for line, is_code in translate_lines(text):
        if is_code:
            pieces += [_translate_inline("\n".join(prose))] if prose else []
            prose = []
            pieces.append(line)
        else:
            prose.append(line)
    pieces += [_translate_inline("\n".join(prose))] if prose else []
    return TranslatedText("\n".join(pieces), has_components)


def _translate_inline(text: str) -> str:
    return _INLINE.sub(_translate_match, text)


def _translate_match(match: re.Match[str]) -> str:
    kind = match.lastgroup if match.lastgroup not in ("ticks", "page", "value") else ""
    if match["code"]:
        return match["code"]
    if match["hugo"] or match["liquid"]:
        return translate_shortcode(match)
    if match["wiki"]:
        return _translate_wiki_link(match["wiki"], match["page"])
    if match["inline_note"]:
        return f" ({match['inline_note']})"
    if match["highlight"]:
        return match["highlight"]
    if kind == "component" or match["component"]:
        return "" if match["value"] else match.group()
    return ""


def _translate_wiki_link(link: str, page: str) -> str:
    target, _, label = page.replace("\\|", "|").partition("|")
    if link[0] == "!":
        return ""
    target = target.strip()
    if target.upper() in ("TOC", "_TOC_"):
        return ""
    shown = label.strip() or " > ".join(part.strip() for part in target.split("#") if part.strip(" ^"))
    name = target.split("#")[0]
    shown = re.sub(r"([\[\]`*_<\\])", r"\\\1", shown) if not label else shown.replace("[", r"\[").replace("]", r"\]")
    return f"[{shown}](<{name.replace('<', '').replace('>', '')}>)" if name else shown
