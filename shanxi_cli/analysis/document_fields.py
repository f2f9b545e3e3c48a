"""Fields of an article, and the layout of token positions that keeps phrases within one field value.

All running text of an article shares one sequence of positions. Each field has a zone of positions of its own, and
the values of a field (two captions) are `POSITION_GAP` apart: more than any phrase or proximity query can span. So
one postings list answers for the whole article and, split at the zone borders, for each field.
"""

import re
from collections.abc import Iterator
from functools import cache

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.model.article import Article
from shanxi_cli.query.fields import AUTHORED_FIELDS, DERIVED_FIELDS

POSITION_GAP = 200
_ZONE_WIDTH = 1 << 20
ZONES: dict[str, range] = {
    "title": range(_ZONE_WIDTH),
    "deck": range(_ZONE_WIDTH, 2 * _ZONE_WIDTH),
    "caption": range(2 * _ZONE_WIDTH, 3 * _ZONE_WIDTH),
    "keyword": range(3 * _ZONE_WIDTH, 4 * _ZONE_WIDTH),
    "author": range(4 * _ZONE_WIDTH, 5 * _ZONE_WIDTH),
    "credit": range(5 * _ZONE_WIDTH, 6 * _ZONE_WIDTH),
    "person": range(6 * _ZONE_WIDTH, 7 * _ZONE_WIDTH),
    "org": range(7 * _ZONE_WIDTH, 8 * _ZONE_WIDTH),
    "body": range(8 * _ZONE_WIDTH, 1 << 31),
}
"""Field to its zone of positions. `corpus.reader` rejects an article whose text exceeds a zone."""
PEOPLE_FIELDS = frozenset({"author", "credit", "person", "org"})
"""The fields of running text that hold the people of an article: bylines, credits of pictures, people and bodies."""


def running_texts(article: Article) -> Iterator[tuple[str, str]]:
    """Yield the running texts of an article as (field, text), in the order of the zones."""
    yield "title", article.title
    if article.deck:
        yield "deck", article.deck
    for caption in article.captions:
        yield "caption", caption.text
    for keyword in article.keywords:
        yield "keyword", keyword
    yield from _people_texts(article)
    if article.body:
        yield "body", article.body


def _people_texts(article: Article) -> Iterator[tuple[str, str]]:
    """Yield the names of an article, each once in a field, as the article writes them."""
    named = {
        "author": article.author + article.contributors,
        "credit": tuple(_credited_name(caption.credit) for caption in article.captions),
        "person": tuple(person.name for person in article.people),
        "org": article.organisations,
    }
    for field, names in named.items():
        for name in dict.fromkeys(names):
            if name:
                yield field, name


def _credited_name(credit: str) -> str:
    """Return a credit without the words before its name and the agency behind it: `Photo by Wu Jia / Xinhua`."""
    agency, words_before = _credit_patterns()
    name = agency.sub("", credit)
    return words_before.sub("", name) or name


@cache
def _credit_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the agency behind a name, and of the words before it; a search needs neither."""
    words_before = r"(?:photo\w*|pictures?|images?) (?:by|courtesy of) |by "
    return re.compile(r"(?<=\w)\s*[/|].*"), re.compile(words_before, re.IGNORECASE)


def name_values(article: Article) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each name field of an article with its values, also when it has none.

    Names that are derived from the text are among them; the fields of `AUTHORED_FIELDS` have those of the author alone.
    """
    derived = article.derived
    people = tuple(person.name for person in article.people)
    yield "author", article.author + article.contributors
    yield "place", article.places or derived.places
    yield "person", people or derived.people
    yield "org", article.organisations or derived.organisations
    yield AUTHORED_FIELDS["place"], article.places
    yield AUTHORED_FIELDS["person"], people
    yield AUTHORED_FIELDS["org"], article.organisations
    yield "publication", (article.publication,) if article.publication else ()
    yield "section", (article.section,) if article.section else ()
    yield "link", tuple(link.partition("://")[2] or link for link in article.links)


def present_fields(article: Article) -> frozenset[str]:
    """Return the query fields that have a value in an article, and the `DERIVED_FIELDS` with a derived one."""
    texts = {field for field, _ in running_texts(article)} - PEOPLE_FIELDS
    found = {field for field, values in name_values(article) if values}
    names = found - set(AUTHORED_FIELDS.values())
    derived = {DERIVED_FIELDS[name] for name, own in AUTHORED_FIELDS.items() if name in found and own not in found}
    return frozenset(
        texts | names | derived | dict(code_values(article)).keys() | ({"date"} if article.date else set())
    )


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
VALUE_FIELDS = (*FACET_FIELDS, *AUTHORED_FIELDS.values())
"""The fields whose whole values an index has, as `facet_values` gives them."""


def facet_values(article: Article) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each of `VALUE_FIELDS` with its values as printed.

    Of values that differ only in case or accents the first is kept.
    """
    values = {**dict(name_values(article)), **{field: (value,) for field, value in code_values(article)}}
    values |= {"keyword": article.keywords, "date": (article.date,) if article.date else ()}
    for field in VALUE_FIELDS:
        yield field, tuple({fold_text(value): value for value in reversed(values.get(field, ()))}.values())[::-1]
