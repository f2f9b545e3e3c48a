"""Index schema, and conversion of an article to a document.

    stems, words    all running text, with the people of the article, as positions in `analysis.document_fields.ZONES`
    title           stems of the title, for its weight in ranking
    in_code         words of the paragraphs that are code, which `terms` leaves out
    author ...      fields of names: words with positions, values `POSITION_GAP` apart
    authored_place  those of the front matter alone, without names that are derived from the text
    code_page ...   one whole folded value each
    id              the id of the article, unique
    quantities      numeric spans by dimension and unit: see `quantity_postings`
    first, last     the days of its date; those of an undated article overlap with no interval
    length, title_length    number of words of all running text, and of the title, for ranking
    length_class    the class of its length, for bounds of scores: see `length_classes`
    key, title_key  the id and the folded title, for sorting
    figures         its complete quantities
    quotes          its attributed speech: see `speech_rows`
    values_place .. its whole values of a field as printed, one per line, for facets
    likeness        its MinHash signature, for near-duplicates
    article         the article itself

Terms come from our own analysis: the field types below take finished terms and use no analyzer of
Whoosh. Lengths are exact and stored in columns, because Whoosh rounds lengths to a byte and includes
deleted documents in their mean.
"""

import hashlib
import sys
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import Stemmer
from whoosh import fields, formats

from shanxi_cli.analysis.acronyms import is_acronym, plain_word
from shanxi_cli.analysis.document_fields import (
    POSITION_GAP,
    VALUE_FIELDS,
    code_values,
    facet_values,
    name_values,
)
from shanxi_cli.analysis.tokenizer import fold_text, word_forms
from shanxi_cli.engines.whoosh.columns import Bytes, Numbers, Repeated, SmallNumbers
from shanxi_cli.engines.whoosh.length_classes import length_class
from shanxi_cli.engines.whoosh.quantity_postings import (
    SPAN_BYTES,
    QuantitySpan,
    dump_quantities,
    pack_spans,
    quantity_postings,
)
from shanxi_cli.engines.whoosh.running_words import read_running_words
from shanxi_cli.engines.whoosh.speech_rows import dump_speech
from shanxi_cli.engines.whoosh.term_postings import OccurrencesByTerm, PositionedTerms, PostingsByTerm
from shanxi_cli.model.article import Article, Caption, DerivedNames, Person
from shanxi_cli.query.fields import AUTHORED_FIELDS
from shanxi_cli.query.plan.planner import normalize_code
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import field_names

SCHEMA_VERSION = 33
"""To be raised whenever an article would be given other terms; a test compares them."""

NAME_FIELDS = ("author", "place", "person", "org", "publication", "section", "link", *AUTHORED_FIELDS.values())
CODE_FIELDS = ("id", "page", "type", "edition")
NUMBER_COLUMNS = ("first", "last", "length", "title_length")
CLASS_COLUMN = "length_class"
BYTES_COLUMNS = ("key", "title_key", "figures", "quotes", "likeness")
VALUE_COLUMNS = tuple(f"values_{field}" for field in VALUE_FIELDS)
ALL_COLUMNS = (*NUMBER_COLUMNS, CLASS_COLUMN, *BYTES_COLUMNS, *VALUE_COLUMNS)
UNDATED_DAYS = edtf.DateInterval(edtf.LAST_DAY + 1, 0)


class ReadyMade(fields.FieldType):  # type: ignore[misc]
    """Field of finished terms, which `items` derives from a value.

    The value of a posting takes `width` bytes for each unit of its weight.
    """

    def __init__(self, width: int) -> None:
        # A format of variable size that Whoosh does not read, or one without values.
        self.format = formats.Format() if width else formats.Existence()
        self.width = width

    def items(self, value: Any) -> Iterator[tuple[str, int, bytes]]:
        """Yield (term, weight, posting value) for each term."""
        raise NotImplementedError

    def collect(self) -> Any:
        """Return the empty collection that `add_postings` appends to."""
        return PostingsByTerm()

    def add_postings(self, terms: Any, number: int, value: Any) -> None:
        """Append the postings of document `number` to those of `terms`: what `items` yields."""
        for term, weight, data in self.items(value):
            numbers, weights, values = terms[term]
            numbers.append(number)
            weights.append(weight)
            values.frombytes(data)

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, posting value) for each term, as Whoosh's own writer expects."""
        return ((term.encode(), weight, float(weight), data) for term, weight, data in self.items(value))


class Positioned(ReadyMade):
    """Field whose value maps terms to ascending positions, stored as four-byte integers."""

    def __init__(self) -> None:
        super().__init__(4)

    def items(self, value: Mapping[str, list[int]]) -> Iterator[tuple[str, int, bytes]]:
        """Implement `ReadyMade.items`; the weight is the frequency of a term."""
        return ((term, len(at), array("I", at).tobytes()) for term, at in value.items())

    def collect(self) -> OccurrencesByTerm:
        """Implement `ReadyMade.collect`."""
        return OccurrencesByTerm()

    def add_postings(self, terms: OccurrencesByTerm, number: int, value: Mapping[str, list[int]]) -> None:
        """Implement `ReadyMade.add_postings`, without making bytes of positions."""
        if isinstance(value, PositionedTerms):
            value.append_to(terms, number)
        else:
            terms.add(number, value)


class Counted(ReadyMade):
    """Field whose value maps terms to their frequency, which is the weight of the posting."""

    def __init__(self) -> None:
        super().__init__(0)

    def items(self, value: Mapping[str, int]) -> Iterator[tuple[str, int, bytes]]:
        """Implement `ReadyMade.items`."""
        return ((term, count, b"") for term, count in value.items())


class Whole(ReadyMade):
    """Field whose value is a single term."""

    def __init__(self, *, unique: bool = False) -> None:
        super().__init__(0)
        self.unique = unique

    def items(self, value: str) -> Iterator[tuple[str, int, bytes]]:
        """Implement `ReadyMade.items`."""
        yield value, 1, b""


class Spans(ReadyMade):
    """Field whose value maps terms to numeric spans."""

    def __init__(self) -> None:
        super().__init__(SPAN_BYTES)

    def items(self, value: Mapping[str, list[QuantitySpan]]) -> Iterator[tuple[str, int, bytes]]:
        """Implement `ReadyMade.items`; the weight is the number of spans."""
        return ((term, len(spans), pack_spans(spans)) for term, spans in value.items())


def build_schema() -> fields.Schema:
    """Return the fields of a document."""
    types: dict[str, fields.FieldType] = {"stems": Positioned(), "words": Positioned()}
    types |= {"title": Counted(), "in_code": Counted()}
    types |= {name: Positioned() for name in NAME_FIELDS}
    types |= {f"code_{name}": Whole() for name in CODE_FIELDS}
    types["id"] = Whole(unique=True)
    types["quantities"] = Spans()
    types |= {name: fields.COLUMN(Numbers()) for name in NUMBER_COLUMNS}
    types[CLASS_COLUMN] = fields.COLUMN(SmallNumbers())
    types |= {name: fields.COLUMN(Bytes()) for name in BYTES_COLUMNS}
    types |= {name: fields.COLUMN(Repeated()) for name in VALUE_COLUMNS}
    types["article"] = fields.STORED()
    return fields.Schema(**types)


def index_fingerprint() -> str:
    """Return a digest of everything that determines the terms of an article and their encoding."""
    parts = (
        SCHEMA_VERSION,
        sorted(build_schema().names()),
        Stemmer.version(),
        unicodedata.unidata_version,
        sys.byteorder,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def build_document(article: Article) -> dict[str, object]:
    """Return the document of an article: field names and values."""
    from shanxi_cli.analysis.minhash import minhash_signature  # searches import this module, and need none

    stems, words, length = read_running_words(article)
    title = Counter(stem for _, stem in word_forms(article.title))
    days = edtf.parse_edtf(article.date) if article.date else UNDATED_DAYS
    return {
        "stems": stems,
        "words": words,
        "title": title,
        "in_code": _count_code_words(article),
        **{name: _name_positions(values) for name, values in name_values(article)},
        **{f"code_{name}": normalize_code(name, value) for name, value in code_values(article)},
        "id": article.id,
        "quantities": quantity_postings(article),
        "figures": dump_quantities(article),
        "quotes": dump_speech(article),
        "first": days.first,
        "last": days.last,
        "length": length,
        "title_length": title.total(),
        CLASS_COLUMN: length_class(length),
        "key": article.id.encode(),
        "title_key": fold_text(article.title).encode(),
        **{f"values_{field}": "\n".join(values).encode() for field, values in facet_values(article)},
        "likeness": minhash_signature(article.body),
        "article": _pack_article(article),
    }


def _count_code_words(article: Article) -> Counter[str]:
    """Return the words of code with their occurrences; those of an acronym also count as its common word."""
    counts = Counter(word for text in article.code for word, _ in word_forms(text))
    for acronym in filter(is_acronym, list(counts)):
        counts[plain_word(acronym)] += counts[acronym]
    return counts


def _name_positions(values: tuple[str, ...]) -> dict[str, list[int]]:
    """Return the positions of each word of a field of names, values `POSITION_GAP` apart."""
    positions: dict[str, list[int]] = defaultdict(list)
    start = 0
    for value in values:
        forms = word_forms(value)
        for position, (word, _) in enumerate(forms, start):
            positions[plain_word(word)].append(position)
        start += max(len(forms) - 1, 0) + POSITION_GAP
    return positions


_ARTICLE_FIELDS = field_names(Article)


def _pack_article(article: Article) -> tuple[object, ...]:
    """Return the article as tuples and text, so that the stored pickle refers to no class of this package."""
    values = {name: getattr(article, name) for name in _ARTICLE_FIELDS}
    values["people"] = tuple(map(tuple, article.people))
    values["captions"] = tuple(map(tuple, article.captions))
    values["derived"] = tuple(article.derived)
    return tuple(values[name] for name in _ARTICLE_FIELDS)


def unpack_article(stored: tuple[Any, ...]) -> Article:
    """Return the article that `build_document` stored."""
    values = dict(zip(_ARTICLE_FIELDS, stored, strict=True))
    values["people"] = tuple(Person(*person) for person in values["people"])
    values["captions"] = tuple(Caption(*caption) for caption in values["captions"])
    values["derived"] = DerivedNames(*values["derived"])
    return Article(**values)
