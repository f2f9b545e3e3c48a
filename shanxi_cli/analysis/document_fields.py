"""Fields of an article, and the layout of token positions that keeps phrases within one field value.

All running text of an article shares one sequence of positions. Each field has a zone of positions of its own, and
the values of a field (two captions) are `POSITION_GAP` apart: more than any phrase or proximity query can span. So
one postings list answers for the whole article and, split at the zone borders, for each field.
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
"""Field to its zone of positions. `corpus.reader` rejects an article whose text exceeds a zone."""


def running_texts(article: Article) -> Iterator[tuple[str, str]]:
    """Yield the running texts of an article as (field, text), in the order of the zones."""
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
    """Yield each name field of an article with its values, also when it has none."""
    yield "author", article.author + article.contributors
    yield "place", article.places
    yield "person", tuple(person.name for person in article.people)
    yield "org", article.organisations
    yield "publication", (article.publication,) if article.publication else ()
    yield "section", (article.section,) if article.section else ()
    yield "link", tuple(link.partition("://")[2] or link for link in article.links)


def present_fields(article: Article) -> frozenset[str]:
    """Return the query fields that have a value in an article."""
    texts = {field for field, _ in running_texts(article)}
    names = {field for field, values in name_values(article) if values}
    return frozenset(texts | names | dict(code_values(article)).keys() | ({"date"} if article.date else set()))


def code_values(article: Article) -> Iterator[tuple[str, str]]:
    """Yield the fields matched as one whole value, as (field, value); empty ones are left out."""
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
"""The fields that facets count."""


def facet_values(article: Article) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each of `FACET_FIELDS` with its values as printed.

    Of values that differ only in case or accents the first is kept.
    """
    values = {**dict(name_values(article)), **{field: (value,) for field, value in code_values(article)}}
    values |= {"keyword": article.keywords, "date": (article.date,) if article.date else ()}
    for field in FACET_FIELDS:
        yield field, tuple({fold_text(value): value for value in reversed(values.get(field, ()))}.values())[::-1]
