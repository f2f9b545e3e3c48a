"""Plain text as Markdown that reads the same."""

import re

from shanxi_cli.corpus.markdown.blocks import render_blocks

_SPECIAL = re.compile(
    r"([\\`*_\[\]<>{}|~$%^])|&(?=[#A-Za-z])|(?<=.)(=)(?==)|\+(?=\+)|:(?=//|(?:material|fontawesome|octicons|simple)-)|(?<=[Ww][Ww][Ww])\."
)
_LINE_START = re.compile(r"(?:(#{1,6}|[-+=!?:]+)|(\d{1,9})([.)]))")


def escape_paragraphs(body: str) -> str:
    """Return a body with backslashes in the paragraphs that Markdown would read as something else."""
    paragraphs = body.split("\n\n")
    escaped = "\n\n".join(text if _is_plain(text) else _escape_paragraph(text) for text in paragraphs)
    if render_blocks(escaped).body == body:
        return escaped
    return "\n\n".join(map(_escape_paragraph, paragraphs))  # two paragraphs make a construct


def _is_plain(text: str) -> bool:
    rendered = render_blocks(text)
    return rendered.body == text and not rendered.layout and not rendered.links


def _escape_paragraph(paragraph: str) -> str:
    text = _SPECIAL.sub(lambda match: "\\" + match.group(), paragraph)
    if match := _LINE_START.match(text):
        text = f"{match[2]}\\{match[3]}" + text[match.end() :] if match[2] else "\\" + text
    return text
