"""Whole articles as plain text, and as the Markdown of the archive."""

import re
from collections.abc import Iterable
from typing import TextIO

from shanxi_cli.corpus.reader import format_article
from shanxi_cli.matching.article_marks import MarkedArticle
from shanxi_cli.model.article import Article
from shanxi_cli.output.labels import format_byline, format_date_line, format_source_line
from shanxi_cli.util.sanitize import sanitize_text

_HEADING = re.compile(r"^(#{1,5} )", re.MULTILINE)


class TextPrinter:
    """Prints the text of articles, one paragraph per line, with a line of hyphens between two articles."""

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
            blocks = ["\n".join(sanitize_text(line) for line in head if line), *article.paragraphs]
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
    blocks = [f"# {article.title}", article.deck and f"**{article.deck}**", "  \n".join(filter(None, facts))]
    blocks += [_HEADING.sub(r"#\1", paragraph) for paragraph in article.paragraphs]
    blocks += [
        f"*Picture: {caption.text}{f' ({caption.credit})' if caption.credit else ''}*" for caption in article.captions
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _sanitize_paragraphs(text: str) -> str:
    """Sanitize `text` one paragraph at a time: an unterminated escape sequence would remove the next paragraph."""
    return "\n\n".join(map(sanitize_text, text.split("\n\n")))
