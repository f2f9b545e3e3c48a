"""Whole articles as plain text, and as the Markdown of the archive."""

from collections.abc import Iterable
from typing import TextIO

from shanxi_cli.corpus.reader import format_article
from shanxi_cli.matching.article_marks import MarkedArticle
from shanxi_cli.output.labels import format_byline, format_date_line, format_source_line
from shanxi_cli.util.sanitize import sanitize_text


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
    """Prints articles as files of a corpus, which can be saved and indexed."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def articles(self, articles: Iterable[MarkedArticle]) -> None:
        """Print the articles with an empty line between them; Markdown has no marks."""
        self._out.write("\n".join(_sanitize_paragraphs(format_article(marked.article)) for marked in articles))


def _sanitize_paragraphs(text: str) -> str:
    """Sanitize `text` one paragraph at a time: an unterminated escape sequence would remove the next paragraph."""
    return "\n\n".join(map(sanitize_text, text.split("\n\n")))
