"""What a Whoosh index of ours holds, and how an article becomes a document of it.

    stems, words    all running text, as positions in the zones of `language.zones`
    title           stems of the title, for its weight in ranking
    author ...      the fields of names, words with positions, values `GAP` apart
    code_page ...   one whole folded value each
    id              the article's id as it is, unique
    quantities      spans of numbers by dimension and unit: see `whoosh_quantities`
    first, last     the days of its date; an undated article has days that overlap with none
    length, title_length    words of all running text, and of the title, for ranking
    key, title_key  the id and the folded title, for ordering
    figures         all that is known of its quantities
    values_place .. its whole values of a field as printed, a line each, for counting
    likeness        its fingerprint, for finding others that are nearly the same
    article         the article itself

Terms come from our own analysis: the field types below take them ready made and use none of
Whoosh's analyzers. Lengths are kept exactly, as numbers of our own, because Whoosh rounds its own
to a byte and counts deleted documents in their mean.
"""

import hashlib
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import Stemmer
from whoosh import fields, formats

from shanxi_cli import dates
from shanxi_cli.engines.whoosh_columns import Bytes, Numbers, Repeated
from shanxi_cli.engines.whoosh_quantities import Span, packed, postings, stored
from shanxi_cli.language.analysis import code
from shanxi_cli.language.likeness import fingerprint as likeness
from shanxi_cli.language.tokens import fold, tokens
from shanxi_cli.language.zones import FACETS, GAP, ZONES, codes, facets, names, texts
from shanxi_cli.model import Article, Caption, Person
from shanxi_cli.record import fields as fields_of

VERSION = 8
"""To be raised whenever an article would be given other terms; a test compares them."""

NAMES = ("author", "place", "person", "org", "publication", "section")
CODES = ("id", "page", "type", "edition")
NUMBERS = ("first", "last", "length", "title_length")
BYTES = ("key", "title_key", "figures", "likeness")
VALUES = tuple(f"values_{field}" for field in FACETS)
COLUMNS = NUMBERS + BYTES + VALUES
UNDATED = dates.Interval(dates.LAST_DAY + 1, 0)


class Positioned(fields.FieldType):  # type: ignore[misc]
    """A field whose value is a mapping of term to ascending positions."""

    def __init__(self) -> None:
        self.format = formats.Positions()

    def index(self, value: Mapping[str, list[int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, encoded positions) of each term."""
        for term, positions in value.items():
            yield term.encode(), len(positions), float(len(positions)), self.format.encode(positions)


class Counted(fields.FieldType):  # type: ignore[misc]
    """A field whose value is a mapping of term to how often it occurs."""

    def __init__(self) -> None:
        self.format = formats.Existence()  # the weight of a posting keeps the count

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, nothing) of each term."""
        for term, count in value.items():
            yield term.encode(), count, float(count), b""


class Whole(fields.FieldType):  # type: ignore[misc]
    """A field whose value is one term as it is."""

    def __init__(self, unique: bool = False) -> None:
        self.format = formats.Existence()
        self.unique = unique

    def index(self, value: str, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The one term."""
        yield value.encode(), 1, 1.0, b""


class Spans(fields.FieldType):  # type: ignore[misc]
    """A field whose value is a mapping of term to spans of numbers."""

    def __init__(self) -> None:
        self.format = formats.Format()  # of no fixed size, and nothing in it for Whoosh to read

    def index(self, value: Mapping[str, list[Span]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, how many, how many, the packed spans) of each term."""
        for term, spans in value.items():
            yield term.encode(), len(spans), float(len(spans)), packed(spans)


def schema() -> fields.Schema:
    """The fields of our documents."""
    kinds: dict[str, fields.FieldType] = {"stems": Positioned(), "words": Positioned(), "title": Counted()}
    kinds |= {name: Positioned() for name in NAMES}
    kinds |= {f"code_{name}": Whole() for name in CODES}
    kinds["id"] = Whole(unique=True)
    kinds["quantities"] = Spans()
    kinds |= {name: fields.COLUMN(Numbers()) for name in NUMBERS}
    kinds |= {name: fields.COLUMN(Bytes()) for name in BYTES}
    kinds |= {name: fields.COLUMN(Repeated()) for name in VALUES}
    kinds["article"] = fields.STORED()
    return fields.Schema(**kinds)


def fingerprint() -> str:
    """A digest of all that decides which terms an article is given and how they are kept."""
    parts = (VERSION, sorted(schema().names()), Stemmer.version(), unicodedata.unidata_version, sys.byteorder)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def document(article: Article) -> dict[str, object]:
    """The document of an article, as keyword arguments of a Whoosh writer."""
    stems: dict[str, list[int]] = defaultdict(list)
    words: dict[str, list[int]] = defaultdict(list)
    title: dict[str, int] = defaultdict(int)
    length = 0
    starts = {field: zone.start for field, zone in ZONES.items()}
    for field, text in texts(article):
        start = at = starts[field]
        for at, token in enumerate(tokens(text), start):
            stems[token.stem].append(at)
            words[token.word].append(at)
            length += 1
            if field == "title":
                title[token.stem] += 1
        starts[field] = at + GAP
    days = dates.parse(article.date) if article.date else UNDATED
    return {
        "stems": stems,
        "words": words,
        "title": title,
        **{name: _name_positions(values) for name, values in names(article)},
        **{f"code_{name}": code(name, value) for name, value in codes(article)},
        "id": article.id,
        "quantities": postings(article),
        "figures": stored(article),
        "first": days.first,
        "last": days.last,
        "length": length,
        "title_length": sum(title.values()),
        "key": article.id.encode(),
        "title_key": fold(article.title).encode(),
        **{f"values_{field}": "\n".join(values).encode() for field, values in facets(article)},
        "likeness": likeness(article.body),
        "article": _plain(article),
    }


def _name_positions(values: tuple[str, ...]) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = defaultdict(list)
    start = 0
    for value in values:
        at = start
        for at, token in enumerate(tokens(value), start):
            positions[token.word].append(at)
        start = at + GAP
    return positions


_FIELDS = fields_of(Article)


def _plain(article: Article) -> tuple[object, ...]:
    """The article as tuples and text, so that the stored pickle names no class of ours."""
    values = {name: getattr(article, name) for name in _FIELDS}
    values["people"] = tuple(map(tuple, article.people))
    values["captions"] = tuple(map(tuple, article.captions))
    return tuple(values[name] for name in _FIELDS)


def article_of(stored: tuple[Any, ...]) -> Article:
    """The article that `document` stored."""
    values = dict(zip(_FIELDS, stored, strict=True))
    values["people"] = tuple(Person(*person) for person in values["people"])
    values["captions"] = tuple(Caption(*caption) for caption in values["captions"])
    return Article(**values)
