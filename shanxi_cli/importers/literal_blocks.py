"""Code, tables and block quotations of a page in Markdown: kept as they are, where they are.

Segmentation moves and joins lines, which would tear them. So each is replaced by a sentence that belongs to no other
before it, and put back into the article of that sentence after it.
"""

import hashlib
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from shanxi_cli.corpus.markdown import escape_markdown, render_markdown
from shanxi_cli.model.article import Article, Caption
from shanxi_cli.segmentation.page import Page
from shanxi_cli.util.frozen_record import replace_fields

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^`]*\Z")
_TABLE_ROW = re.compile(r"[ \t]*\|?[^|\n]+\|.*\Z|[ \t]*\|.*\Z")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
_QUOTE = re.compile(r" {0,3}>(?!>)")
_WHOLE_PAGE_KINDS = frozenset(("markdown", "md", "text", "txt"))
_MAX_SHARE = 0.5  # of the lines of a page: converters put whole pages into a fence
_SYLLABLES = tuple(first + second for first in "bdfgklmnprstvz" for second in "aeiou")
_WORDS = 14
_NEAR_LINES = 300
_MAX_BLOCKS = 300
_MAX_LINES = 2_000
"""Limits for hostile pages, whose other blocks are read as text."""


class LiteralBlock(NamedTuple):
    """A block of a page: its Markdown, and its text on one line."""

    markup: str
    text: str


def extract_literal_blocks(text: str) -> tuple[str, dict[str, LiteralBlock]]:
    """Return a page with a sentence in place of each literal block, and the blocks by their sentences."""
    lines = text.split("\n")
    blocks: dict[str, LiteralBlock] = {}
    kept: list[str] = []
    at = 0
    for start, end in islice(_find_blocks(lines), _MAX_BLOCKS):
        markup = "\n".join(lines[start:end]).strip("\n")
        rendered = " ".join(render_markdown(markup).body.split())
        if rendered:
            sentence = _make_sentence(len(blocks), markup)
            blocks[sentence] = LiteralBlock(markup, rendered)
            kept += [*lines[at:start], "", sentence, ""]
            at = end
    return ("\n".join([*kept, *lines[at:]]), blocks) if blocks else (text, {})


def restore_literal_blocks(page: Page, blocks: dict[str, LiteralBlock]) -> Page:
    """Return a page with the blocks in place of their sentences."""
    if not blocks:
        return page
    return replace_fields(
        page,
        articles=tuple(_restore_article(article, blocks) for article in page.articles),
        captions=tuple(_restore_caption(caption, blocks) for caption in page.captions),
        dropped=tuple(_restore_line(line, blocks) for line in page.dropped),
        decisions=tuple(one._replace(text=_restore_line(one.text, blocks)) for one in page.decisions),
    )


def _find_blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of lines that are literal blocks."""
    at = 0
    while at < len(lines):
        end = _find_fence_end(lines, at) or _find_table_end(lines, at)
        quote_end = 0 if end else _find_quote_end(lines, at)
        if end or (quote_end and not _is_pull_quote(lines, at, quote_end)):
            yield at, end or quote_end
        at = end or quote_end or at + 1


def _find_fence_end(lines: list[str], start: int) -> int:
    opening = _FENCE.match(lines[start])
    if not opening or opening[2].lower() in _WHOLE_PAGE_KINDS:
        return 0
    for number in range(start + 1, min(len(lines), start + 2 + min(_MAX_LINES, int(len(lines) * _MAX_SHARE)))):
        line = lines[number].strip()
        if line.startswith(opening[1]) and not line.strip(opening[1][0]):
            return number + 1
    return 0


def _find_table_end(lines: list[str], start: int) -> int:
    rule = lines[start + 1] if start + 1 < len(lines) else ""
    if "|" not in lines[start] or "|" not in rule or not _TABLE_RULE.match(rule) or not _TABLE_ROW.match(lines[start]):
        return 0
    end = start + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _find_quote_end(lines: list[str], start: int) -> int:
    end = start
    while end < len(lines) and _QUOTE.match(lines[end]):
        end += 1
    return end if end > start else 0


def _is_pull_quote(lines: list[str], start: int, end: int) -> bool:
    """Return True for a quotation whose words occur near it too."""
    words = " ".join(" ".join(line.lstrip(" >") for line in lines[start:end]).split()).strip('"“”*_ ')
    near = [*lines[max(0, start - _NEAR_LINES) : start], *lines[end : end + _NEAR_LINES]]
    return words[:60] in " ".join(" ".join(near).split())


def _make_sentence(number: int, markup: str) -> str:
    """Return a sentence of words that no language has, the same for the same block."""
    digest = hashlib.sha256(f"{number} {markup}".encode()).digest() + hashlib.sha256(markup.encode()).digest()
    syllables = [_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest]
    words = ["".join(syllables[3 * n : 3 * n + 3]) for n in range(_WORDS)]
    return " ".join(words).capitalize() + "."


def _restore_article(article: Article, blocks: dict[str, LiteralBlock]) -> Article:
    article = replace_fields(
        article,
        title=_restore_line(article.title, blocks),
        deck=_restore_line(article.deck, blocks),
        captions=tuple(_restore_caption(caption, blocks) for caption in article.captions),
        repairs=tuple(_restore_line(line, blocks) for line in article.repairs),
        unsure=tuple(_restore_line(line, blocks) for line in article.unsure),
    )
    paragraphs = article.paragraphs
    if not any(sentence in article.body for sentence in blocks):
        return article
    markup = "\n\n".join(
        blocks[paragraph].markup if paragraph in blocks else escape_markdown(_restore_line(paragraph, blocks))
        for paragraph in paragraphs
    )
    body, layout, links = render_markdown(markup)
    return replace_fields(article, body=body, layout=layout, links=links, markup=markup)


def _restore_caption(caption: Caption, blocks: dict[str, LiteralBlock]) -> Caption:
    return Caption(_restore_line(caption.text, blocks), _restore_line(caption.credit, blocks))


def _restore_line(line: str, blocks: dict[str, LiteralBlock]) -> str:
    for sentence, block in blocks.items():
        if sentence in line:
            line = line.replace(sentence, block.text)
    return line
