"""Marks of a whole article: the places in each of its texts that match a query."""

from collections.abc import Iterable, Iterator, Sequence

from shanxi_cli.matching.highlighter import TextPattern, find_marks, merge_marks
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Mark
from shanxi_cli.util.frozen_record import Record

KEYWORD_SEPARATOR = ", "


class ArticleMarks(Record):
    """Marks of each text of an article: sorted, without overlap, half-open, in characters, into that text.

    `paragraphs` and `captions` have one tuple for each; `keywords` count into the keywords joined by
    `KEYWORD_SEPARATOR`.
    """

    title: tuple[Mark, ...]
    deck: tuple[Mark, ...]
    paragraphs: tuple[tuple[Mark, ...], ...]
    captions: tuple[tuple[Mark, ...], ...]
    keywords: tuple[Mark, ...]


class MarkedArticle(Record):
    """An article with its marks; None when no query was given."""

    article: Article
    marks: ArticleMarks | None = None


def mark_articles(articles: Iterable[Article], patterns: Sequence[TextPattern]) -> Iterator[MarkedArticle]:
    """Yield each article with the marks of `patterns`; without patterns the marks are None."""
    for article in articles:
        yield MarkedArticle(article, _mark_texts(article, patterns) if patterns else None)


def _mark_texts(article: Article, patterns: Sequence[TextPattern]) -> ArticleMarks:
    def marks(field: str, text: str) -> tuple[Mark, ...]:
        return merge_marks([mark for _, mark in find_marks(patterns, field, text)])

    return ArticleMarks(
        marks("title", article.title),
        marks("deck", article.deck),
        tuple(marks("body", paragraph) for paragraph in article.paragraphs),
        tuple(marks("caption", caption.text) for caption in article.captions),
        marks("keyword", KEYWORD_SEPARATOR.join(article.keywords)),
    )
