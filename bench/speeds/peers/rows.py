"""What of an article the peers are given: the same for each, as plain values."""

from datetime import date
from typing import NamedTuple

from shanxi_cli.model.article import Article
from shanxi_cli.util.edtf import parse_edtf


class Row(NamedTuple):
    """An article as a usual index holds it. `day` is the first of its date; None for an undated article."""

    id: str
    title: str
    body: str
    day: date | None
    places: tuple[str, ...]
    publication: str
    section: str


def row(article: Article) -> Row:
    """What a peer is given of an article."""
    day = date.fromordinal(parse_edtf(article.date).first) if article.date else None
    return Row(article.id, article.title, article.body, day, article.places, article.publication, article.section)
