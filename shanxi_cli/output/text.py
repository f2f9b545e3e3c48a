"""Whole articles as plain text, and as the Markdown of the archive."""

import re
from collections.abc import Iterable
from typing import TextIO

from shanxi_cli.corpus.markdown import escape_markdown, lower_headings
from shanxi_cli.corpus.reader import format_article
from shanxi_cli.matching.article_marks import MarkedArticle
from shanxi_cli.model.article import Article
from shanxi_cli.output.labels import format_byline, format_date_line, format_source_line
from shanxi_cli.util.sanitize import sanitize_text

_ITEM = re.compile(r"(?:> )*(?P<item>(?: {2,})*(?:- |\d+\. )+(?:[☐☑] )?)[p1-6]\Z")


class TextPrinter:
    """Prints the text of articles, one paragraph per line (code has several), with a line of hyphens between two."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def articles(self, articles: Iterable[MarkedArticle]) -> None:
        """Print the articles; plain text has no marks."""
        for number, marked in enumerate(articles):
            article = marked.article
            if number:
                self._out.write("\n---\n\n")
            head = [
                article.title,
                article.deck,
                format_byline(article),
                format_date_line(article),
                format_source_line(article),
            ]
            blocks = ["\n".join(sanitize_text(line) for line in head if line), *_mark_items(article)]
            for caption in article.captions:
                credit = f" ({caption.credit})" if caption.credit else ""
                blocks.append(f"[Picture: {caption.text}{credit}]")
            self._out.write(_sanitize_paragraphs("\n\n".join(blocks)) + "\n")


class MarkdownPrinter:
    """Prints one article as a file of a corpus, and several as one document with a heading for each."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def articles(self, articles: Iterable[MarkedArticle]) -> None:
        """Print the articles with a rule between them; Markdown has no marks."""
        shown = [marked.article for marked in articles]
        if len(shown) == 1:
            self._out.write(_sanitize_paragraphs(format_article(shown[0])))
            return
        self._out.write("\n---\n\n".join(_sanitize_paragraphs(_format_section(article)) for article in shown))


def _format_section(article: Article) -> str:
    """Return an article as a section of a document: its title as a heading, its headings one level lower."""
    facts = [format_byline(article), format_date_line(article), format_source_line(article), f"id: {article.id}"]
    blocks = [
        f"# {escape_markdown(article.title)}",
        article.deck and f"**{article.deck}**",
        "  \n".join(filter(None, facts)),
    ]
    blocks.append(lower_headings(article.markup) if article.markup else escape_markdown(article.body))
    blocks += [
        f"*Picture: {caption.text}{f' ({caption.credit})' if caption.credit else ''}*" for caption in article.captions
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _mark_items(article: Article) -> list[str]:
    """Return the paragraphs, items of lists behind their marks; the items of a list and the rows of a table are one."""
    if not article.layout:
        return article.paragraphs
    blocks: list[str] = []
    before = ""
    for text, kind in zip(article.paragraphs, article.layout, strict=True):
        match = _ITEM.match(kind)
        group = "item" if match else kind[-1:].lower() if kind[-1:] in ("R", "r") else ""
        line = sanitize_text(f"{match['item']}{text}" if match else text)
        if group and group == before and not kind.endswith("R"):
            blocks[-1] += f"\n{line}"
        else:
            blocks.append(line)
        before = group
    return blocks


def _sanitize_paragraphs(text: str) -> str:
    """Sanitize `text` one paragraph at a time: an unterminated escape sequence would remove the next paragraph."""
    return "\n\n".join(map(sanitize_text, text.split("\n\n")))
