"""Whole articles as plain text and as the Markdown of the archive. No Rich here."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from shanxi_cli.corpus.reader import format_article
from shanxi_cli.matching.highlighter import TextPattern
from shanxi_cli.model.article import Article
from shanxi_cli.output.labels import format_byline, format_date_line, format_source_line
from shanxi_cli.util.sanitize import sanitize_text


class TextPrinter:
    """The words of an article, a paragraph a line; several articles are kept apart by a line of hyphens."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def articles(self, articles: Iterable[Article], wanted: Sequence[TextPattern]) -> None:
        """Writes the articles; plain text has no marks."""
        for number, article in enumerate(articles):
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
    """The article as a file of a corpus: what is printed can be saved and indexed."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def articles(self, articles: Iterable[Article], wanted: Sequence[TextPattern]) -> None:
        """Writes the articles one after the other, an empty line between; Markdown has no marks."""
        self._out.write("\n".join(_sanitize_paragraphs(format_article(article)) for article in articles))


def _sanitize_paragraphs(text: str) -> str:
    """`text` cleaned a paragraph at a time: a sequence that one leaves open would swallow the next."""
    return "\n\n".join(map(sanitize_text, text.split("\n\n")))
