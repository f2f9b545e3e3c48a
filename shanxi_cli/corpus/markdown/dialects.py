"""Dialects of Markdown: what site generators and note programs add to CommonMark, translated to it before parsing.

| construct | programs | read as |
| --- | --- | --- |
| `{{< name >}}`, `{{% name %}}` | Hugo | the captions and titles among its values; what it encloses stays |
| `{% name %}`, `{{ name }}` | Liquid (Jekyll, Eleventy), Nunjucks, Vue | nothing; what it encloses stays |
| `{{< highlight >}}`, `{% highlight %}` | Hugo, Jekyll | code |
| `[[Page]]`, `[[Page|label]]`, `![[embed]]` | Obsidian, wikis | a link with its label; nothing |
| `[^1]`, `[^1]: ...`, `^[...]` | most | nothing, a paragraph, the text in parentheses |
| `> [!note] Title`, `!!! note "Title"` | GitHub, Obsidian, MkDocs | the title, and the text |
| `::: note Title`, fences with `{note}` | Docusaurus, Pandoc, MyST | the title, and the text |
| `import`, `export`, components, `{/* ... */}` | MDX | nothing; what a component encloses stays |
| `{: .class}`, `{#id}`, `{:toc}`, `[TOC]`, `^block`, `%%...%%` | kramdown, Pandoc, Obsidian | nothing |
| `*[HTML]: words`, `:material-x:`, `--8<-- "x.md"`, `++ctrl+c++` | MkDocs | nothing; `ctrl+c` |
| `{==text==}`, `{++new++}`, `{--old--}`, `{>>remark<<}` | CriticMarkup | the text after the change |
| `==text==`, `: definition` | many | the text |
| `$$ ... $$` | most | code |

Fenced code is left alone, except where a construct makes code of its own (`shortcodes`).
"""

import re
from functools import partial
from typing import NamedTuple

from shanxi_cli.corpus.markdown.code_span import CODE_SPAN
from shanxi_cli.corpus.markdown.directives import translate_lines
from shanxi_cli.corpus.markdown.shortcodes import translate_code_shortcodes, translate_shortcode
from shanxi_cli.corpus.markdown.titles_of_blocks import find_component_title, find_paired_names, find_shortcode_title

_TRIGGER = re.compile(
    r"\{|\*\[|\+\+|8<|:(?:material|fontawesome|octicons|simple)-|<[^<>\n]*\bmarkdown\b|\[\[|\[\^|\^\[|\[TOC|%%|==|:::|^[ \t]*(?:!!!|\?\?\?)|^(?:import|export)\b|</?[A-Z]|\$\$"  # noqa: E501
    r"|\^[\w-]+[ \t]*$|\[!|^ {0,3}:[ \t]",
    re.MULTILINE,
)
_INLINE_TRIGGER = re.compile(  # `re` searches fastest for a set of characters
    r"[{^%+*:=\[<](?:(?<=[{^%])|(?<=\+)\+|(?<=\*)\[|(?<=:)(?:material|fontawesome|octicons|simple)-|(?<==)="
    r"|(?<=\[)[\[^]|(?<=<)/?[A-Z])"
)
_INLINE_START = re.compile(r"[`{^%+:=\[!<]")
"""The characters that a match of `_INLINE` begins with, apart from a space before a brace."""
_COMPONENT = re.compile(r"</?[A-Z][\w.]*(?=[\s/>])")
_HIDDEN_LINES = re.compile(r"^%%[ \t]*\n.*?\n[ \t]*%%[ \t]*$", re.DOTALL | re.MULTILINE)
_SNIPPET = re.compile(
    r"^[ \t]*;?-{1,5}8<-{1,5}(?:[ \t]+[\"'][^\n]*|[ \t]*\n(?:[^\n]+\n){0,50}?[ \t]*-{1,5}8<-{1,5}[ \t]*)$", re.MULTILINE
)
_KRAMDOWN_COMMENT = re.compile(r"\{::comment\}.{0,20000}?\{:/(?:comment)?\}", re.DOTALL)
_ABBREVIATION = re.compile(r"^ {0,3}\*\[[^\[\]\n]{1,200}\]:[^\n]*$", re.MULTILINE)
_ATTRIBUTE = (
    r"(?:[#.][A-Za-z][\w:.-]{0,100}|[A-Za-z][\w:-]{0,50}=(?:\"[^\"{}\n]{0,200}\"|'[^'{}\n]{0,200}')"
    r"|(?:width|height|target|rel|loading|align|class|id|lang|start)=[^\s{}\"'=]{1,200})"
)
_OPENING = re.compile(
    r"^(?P<indent>[ \t]*)\{\{[<%]\s{0,20}(?P<name>[\w.-][\w./-]{0,80})(?P<inner>\s(?:(?!\}\}).){1,2000}?)(?<!/)[>%]\}\}",  # noqa: E501
    re.DOTALL | re.MULTILINE,
)
_INLINE = re.compile(
    rf"(?P<code>{CODE_SPAN})"
    r"|(?P<shortcode>\{\{[<%](?:(?!\}\}).){0,2000}[>%]\}\}|\{%(?:(?!%\}).){0,2000}%\}|\{\{(?:(?!\}\}).){0,2000}\}\}\}?)"
    r"|(?P<wiki>!?\[\[(?P<page>[^\[\]\n]{1,500})\]\])"
    r"|(?P<note>\[\^[^\]\s]{1,200}\](?!:))"
    r"|\^\[(?P<inline_note>[^\[\]\n]{1,1000})\]"
    r"|(?P<comment>(?<!\w)%%(?=[^%\n])(?:(?!%%).){1,5000}%%|\{/\*(?:(?!\*/).){0,2000}\*/\})"
    r"|(?<!\\)==(?P<highlight>(?=[^\s=])[^=\n]{1,500}?(?<=[^\s=\\]))==(?!=)"
    rf"|(?<!\\)(?P<attribute_list>(?:(?<=[)\]`*_])[ \t])?\{{[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE}){{0,20}}[ \t]*\}})"
    r"|\{(?P<critic>==|\+\+|--|~~|>>)(?P<change>(?:(?!\{).){0,1000}?)(?:==|\+\+|--|~~|<<)\}"
    r"|(?<![\w+\\])\+\+(?P<keys>(?:\"[^\"\n]{1,50}\"|[A-Za-z][\w-]{0,30})(?:\+(?:\"[^\"\n]{1,50}\"|[\w-]{1,30})){0,5})\+\+(?![\w+])"
    r"|(?<![\w\\]):(?:material|fontawesome|octicons|simple)-[a-z0-9-]{1,80}:(?!\w)"
    r"|(?P<space>\{(?:' +'|\" +\")\})"
    r"|(?<!\\)(?P<attributes>\{(?::[^{}\n]{0,300}|[#.][A-Za-z][^{}\n]{0,300})\})"
    r"|(?P<block_id>(?:(?<=[ \t])|^)\^[\w-]{1,100}[ \t]*$)"
    r"|(?<!\\)(?P<component></?[A-Za-z][\w.]*(?:[^<>{}\"']|\"[^\"]*\"|'[^']*'|(?P<value>\{(?:[^{}]|\{[^{}]*\}){0,500}\})){0,200}/?>)",
    re.DOTALL | re.MULTILINE,
)
NOTHING = "\ue000"
"""A private character in place of a shortcode between marks of emphasis, which would be text without a word inside."""


class TranslatedText(NamedTuple):
    """A text without dialects; `has_components` is true for MDX, which has no indented code."""

    text: str
    has_components: bool


def translate_dialects(text: str) -> TranslatedText:
    """Return a Markdown text with the constructs of its dialects translated to CommonMark."""
    if not _TRIGGER.search(text):
        return TranslatedText(text, has_components=False)
    text = _SNIPPET.sub("", text) if "8<" in text else text
    text = _KRAMDOWN_COMMENT.sub("", text) if "{::comment}" in text else text
    text = translate_code_shortcodes(text)
    pieces: list[str] = []
    prose: list[str] = []
    for line, is_code in translate_lines(text):
        if is_code:
            if prose:
                pieces.append(_translate_prose("\n".join(prose)))
                prose = []
            pieces.append(line)
        else:
            prose.append(line)
    if prose:
        pieces.append(_translate_prose("\n".join(prose)))
    return TranslatedText("\n".join(pieces), bool(_COMPONENT.search(text)))


def _translate_prose(text: str) -> str:
    if not _INLINE_TRIGGER.search(text):
        return text
    if "%%" in text:
        text = _HIDDEN_LINES.sub("", text)
    if "*[" in text:
        text = _ABBREVIATION.sub("", text)
    paired = find_paired_names(text)
    if paired:
        text = _OPENING.sub(partial(_set_title_apart, paired), text)
    return "\n\n".join(
        _translate_inline(paragraph) if _INLINE_TRIGGER.search(paragraph) else paragraph
        for paragraph in text.split("\n\n")
    )


def _translate_inline(text: str) -> str:
    """Return `_INLINE.sub(_translate_match, text)`, trying the pattern only where it may match."""
    pieces: list[str] = []
    done = at = 0
    while start := _INLINE_START.search(text, at):
        place = start.start()
        match = None
        if place > done and text[place] == "{" and text[place - 1] in " \t":
            match = _INLINE.match(text, place - 1)
        match = match or _INLINE.match(text, place)
        if match:
            pieces += (text[done : match.start()], _translate_match(match))
            done = at = match.end()
        else:
            at = place + 1
    return "".join([*pieces, text[done:]])


def _translate_match(match: re.Match[str]) -> str:
    if match["code"]:
        return match["code"]
    if match["shortcode"]:
        before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
        return translate_shortcode(match) or (NOTHING if before in tuple("*_~") and after in tuple("*_~") else "")
    if match["wiki"]:
        return _translate_wiki_link(match["wiki"], match["page"])
    if match["inline_note"]:
        return f" ({match['inline_note']})"
    if match["highlight"]:
        return match["highlight"]
    if match["critic"]:
        return _translate_change(match["critic"], match["change"])
    if match["space"] or match["keys"]:
        return " " if match["space"] else match["keys"].replace('"', "")
    if match["component"]:
        if title := find_component_title(match["component"]):
            before = match.string[: match.start()].rpartition("\n")[2]
            return f"{title} " if before.strip() else f"{title}\n\n{before}"
        return "" if match["value"] else match.group()
    return ""


def _set_title_apart(paired: frozenset[str], match: re.Match[str]) -> str:
    """Return a shortcode that begins a line and encloses text as a paragraph of its title, if it has one."""
    title = find_shortcode_title(match["inner"], match["name"]) if match["name"] in paired else ""
    return f"{match['indent']}{title}\n\n{match['indent']}" if title else match.group()


def _translate_change(mark: str, text: str) -> str:
    """Return the text after a change of CriticMarkup."""
    if mark == "~~":
        return text.rpartition("~>")[2]
    return text if mark in ("==", "++") else ""


def _translate_wiki_link(link: str, page: str) -> str:
    target, _, label = page.replace("\\|", "|").partition("|")
    target, label = target.strip(), label.strip()
    if link[0] == "!" or target.upper() in ("TOC", "_TOC_"):
        return ""
    if label:
        shown = re.sub(r"([\[\]])", r"\\\1", label)
    else:
        shown = " > ".join(part.strip() for part in target.split("#") if part.strip(" ^"))
        shown = re.sub(r"([\[\]`*_<\\])", r"\\\1", shown)
    name = re.sub(r"[<>]", "", target.split("#")[0])
    return f"[{shown}](<{name}>)" if name else shown
