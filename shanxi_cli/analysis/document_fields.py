"""An article as zones of text: where its words stand, so that no phrase crosses from one to the next.

All running text of an article has one line of positions. Each field begins at a position of its
own, far from the others, and the values of a field (two captions) are `POSITION_GAP` apart: more than any
phrase or nearness of a query can span. So one list of positions answers for the whole article
and, cut at the borders, for each field.
"""

from collections.abc import Iterator

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.model.article import Article

POSITION_GAP = 200
_ZONE_WIDTH = 1 << 20
ZONES: dict[str, range] = {
    "title": range(_ZONE_WIDTH),
    "deck": range(_ZONE_WIDTH, 2 * _ZONE_WIDTH),
    "caption": range(2 * _ZONE_WIDTH, 3 * _ZONE_WIDTH),
    "keyword": range(3 * _ZONE_WIDTH, 4 * _ZONE_WIDTH),
    "body": range(4 * _ZONE_WIDTH, 1 << 31),
}
"""Field -> its positions. `corpus` refuses an article that could leave its zone."""


def running_texts(article: Article) -> Iterator[tuple[str, str]]:
    """The running texts of an article, as (field, text), in the order of the zones."""
    yield "title", article.title
    if article.deck:
        yield "deck", article.deck
    for caption in article.captions:
        yield "caption", caption.text
    for keyword in article.keywords:
        yield "keyword", keyword
    if article.body:
        yield "body", article.body


def name_values(article: Article) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields of names of an article, each with its values; those that are empty too."""
    yield "author", article.author + article.contributors
    yield "place", article.places
    yield "person", tuple(person.name for person in article.people)
    yield "org", article.organisations
    yield "publication", (article.publication,) if article.publication else ()
    yield "section", (article.section,) if article.section else ()


def present_fields(article: Article) -> frozenset[str]:
    """The fields of a query that an article has a value for."""
    found = {field for field, _ in running_texts(article)} | {field for field, values in name_values(article) if values}
    return frozenset(found | dict(code_values(article)).keys() | ({"date"} if article.date else set()))


def code_values(article: Article) -> Iterator[tuple[str, str]]:
    """The fields of one whole value each, empty ones left out."""
    for field, value in (
        ("id", article.id),
        ("page", article.page),
        ("type", article.type),
        ("edition", article.edition),
    ):
        if value:
            yield field, value


FACET_FIELDS = (
    "place",
    "person",
    "org",
    "keyword",
    "author",
    "publication",
    "section",
    "page",
    "type",
    "edition",
    "date",
)
"""The fields whose whole values are counted."""


def facet_values(article: Article) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The whole values of an article, as printed, for each of `FACET_FIELDS`; of those alike but for case or accents
    one.
    """
    found = {**dict(name_values(article)), **{field: (value,) for field, value in code_values(article)}}
    found |= {"keyword": article.keywords, "date": (article.date,) if article.date else ()}
    for field in FACET_FIELDS:
        yield field, tuple({fold_text(value): value for value in reversed(found.get(field, ()))}.values())[::-1]
