"""Records of articles for the peers: the same plain values for each."""

from datetime import date
from typing import NamedTuple

from shanxi_cli.model.article import Article
from shanxi_cli.util.edtf import parse_edtf


class Row(NamedTuple):
    """The indexed fields of an article. `day` is the first day of its date; None for an undated article."""

    id: str
    title: str
    body: str
    day: date | None
    places: tuple[str, ...]
    publication: str
    section: str


def row(article: Article) -> Row:
    """Return the record of an article."""
    day = date.fromordinal(parse_edtf(article.date).first) if article.date else None
    return Row(article.id, article.title, article.body, day, article.places, article.publication, article.section)
