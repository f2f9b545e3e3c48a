"""The articles of an export, read one by one from an opened archive, with all of their figures and quotes."""

from collections.abc import Iterable, Iterator, Sequence

from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.batches import iterate_fetched
from shanxi_cli.explore.figures import list_article_figures
from shanxi_cli.model.article import Article
from shanxi_cli.model.quantity import Figure
from shanxi_cli.model.quote import Quote
from shanxi_cli.util.frozen_record import Record


class ExportedArticle(Record):
    """An article with its figures and quotes, in the order of its text."""

    article: Article
    figures: Sequence[Figure] = ()
    quotes: Sequence[Quote] = ()


class ExportNote(Record):
    """The making of an export: the query as typed, the day (ISO 8601), and the version of the program."""

    query: str
    day: str
    version: str


class ExportCounts(Record):
    """The numbers of what an export has. A folder of Markdown has articles alone.

    `altered` are the ids of articles that would be read back with a difference.
    """

    articles: int
    figures: int | None = None
    quotes: int | None = None
    names: int | None = None
    altered: tuple[str, ...] = ()


def iterate_articles(engine: Engine, numbers: Iterable[int]) -> Iterator[ExportedArticle]:
    """Yield the articles of these numbers without their figures and quotes."""
    for number in iterate_fetched(engine, numbers):
        yield ExportedArticle(engine.article(number))


def iterate_with_rows(engine: Engine, numbers: Iterable[int]) -> Iterator[ExportedArticle]:
    """Yield the articles of these numbers with their figures and quotes."""
    for number in iterate_fetched(engine, numbers):
        article = engine.article(number)
        paragraphs = article.paragraphs
        quotes = [Quote(article, paragraphs[speech.paragraph], speech) for speech in engine.speech(number)]
        yield ExportedArticle(article, list_article_figures(engine, number, article), quotes)
