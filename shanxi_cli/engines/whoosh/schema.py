"""What a Whoosh index of ours holds, and how an article becomes a document of it.

    stems, words    all running text, as positions in the zones of `language.zones`
    title           stems of the title, for its weight in ranking
    author ...      the fields of names, words with positions, values `POSITION_GAP` apart
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
import struct
import sys
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import Stemmer
from whoosh import fields, formats

from shanxi_cli.analysis.document_fields import (
    FACET_FIELDS,
    POSITION_GAP,
    ZONES,
    code_values,
    facet_values,
    name_values,
    running_texts,
)
from shanxi_cli.analysis.minhash import minhash_signature as likeness
from shanxi_cli.analysis.tokenizer import fold_text, word_forms
from shanxi_cli.engines.whoosh.columns import Bytes, Numbers, Repeated
from shanxi_cli.engines.whoosh.quantity_postings import (
    SPAN_BYTES,
    QuantitySpan,
    dump_quantities,
    pack_spans,
    quantity_postings,
)
from shanxi_cli.model.article import Article, Caption, Person
from shanxi_cli.query.plan.planner import normalize_code
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import field_names as fields_of

SCHEMA_VERSION = 10
"""To be raised whenever an article would be given other terms; a test compares them."""

NAME_FIELDS = ("author", "place", "person", "org", "publication", "section")
CODE_FIELDS = ("id", "page", "type", "edition")
NUMBER_COLUMNS = ("first", "last", "length", "title_length")
BYTES_COLUMNS = ("key", "title_key", "figures", "likeness")
VALUE_COLUMNS = tuple(f"values_{field}" for field in FACET_FIELDS)
ALL_COLUMNS = NUMBER_COLUMNS + BYTES_COLUMNS + VALUE_COLUMNS
UNDATED_DAYS = edtf.DateInterval(edtf.LAST_DAY + 1, 0)


_pack_position = struct.Struct("=I").pack


class ReadyMade(fields.FieldType):  # type: ignore[misc]
    """A field whose terms come from us. What they are of a value, `items` says.

    What a posting holds takes `width` bytes for each unit of its weight.
    """

    def __init__(self, width: int) -> None:
        # A format of no fixed size, with nothing in it for Whoosh to read, or of nothing at all.
        self.format = formats.Format() if width else formats.Existence()
        self.width = width

    def items(self, value: Any) -> Iterator[tuple[str, int, bytes]]:
        """(term, weight, what its posting holds) of each term."""
        raise NotImplementedError

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, what its posting holds) of each term, as Whoosh's own writer asks for them."""
        return ((term.encode(), weight, float(weight), held) for term, weight, held in self.items(value))


class Positioned(ReadyMade):
    """A field whose value is a mapping of term to ascending positions, which are kept as numbers of four bytes."""

    def __init__(self) -> None:
        super().__init__(4)

    def items(self, value: Mapping[str, list[int]]) -> Iterator[tuple[str, int, bytes]]:
        """See `ReadyMade.items`: the weight is how often a term occurs."""
        for term, at in value.items():
            count = len(at)
            yield term, count, _pack_position(at[0]) if count == 1 else array("I", at).tobytes()


class Counted(ReadyMade):
    """A field whose value is a mapping of term to how often it occurs, which is the weight of its posting."""

    def __init__(self) -> None:
        super().__init__(0)

    def items(self, value: Mapping[str, int]) -> Iterator[tuple[str, int, bytes]]:
        """See `ReadyMade.items`."""
        return ((term, count, b"") for term, count in value.items())


class Whole(ReadyMade):
    """A field whose value is one term as it is."""

    def __init__(self, unique: bool = False) -> None:
        super().__init__(0)
        self.unique = unique

    def items(self, value: str) -> Iterator[tuple[str, int, bytes]]:
        """See `ReadyMade.items`."""
        yield value, 1, b""


class Spans(ReadyMade):
    """A field whose value is a mapping of term to spans of numbers."""

    def __init__(self) -> None:
        super().__init__(SPAN_BYTES)

    def items(self, value: Mapping[str, list[QuantitySpan]]) -> Iterator[tuple[str, int, bytes]]:
        """See `ReadyMade.items`: the weight is how many spans there are."""
        return ((term, len(spans), pack_spans(spans)) for term, spans in value.items())


def build_schema() -> fields.Schema:
    """The fields of our documents."""
    kinds: dict[str, fields.FieldType] = {"stems": Positioned(), "words": Positioned(), "title": Counted()}
    kinds |= {name: Positioned() for name in NAME_FIELDS}
    kinds |= {f"code_{name}": Whole() for name in CODE_FIELDS}
    kinds["id"] = Whole(unique=True)
    kinds["quantities"] = Spans()
    kinds |= {name: fields.COLUMN(Numbers()) for name in NUMBER_COLUMNS}
    kinds |= {name: fields.COLUMN(Bytes()) for name in BYTES_COLUMNS}
    kinds |= {name: fields.COLUMN(Repeated()) for name in VALUE_COLUMNS}
    kinds["article"] = fields.STORED()
    return fields.Schema(**kinds)


def index_fingerprint() -> str:
    """A digest of all that decides which terms an article is given and how they are kept."""
    parts = (
        SCHEMA_VERSION,
        sorted(build_schema().names()),
        Stemmer.version(),
        unicodedata.unidata_version,
        sys.byteorder,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def build_document(article: Article) -> dict[str, object]:
    """The document of an article, as keyword arguments of a Whoosh writer."""
    words: dict[str, list[int]] = defaultdict(list)
    stem_of: dict[str, str] = {}
    title: Counter[str] = Counter()
    length = 0
    begin = {field: zone.start for field, zone in ZONES.items()}
    for field, text in running_texts(article):
        found = word_forms(text)
        for at, (word, _) in enumerate(found, begin[field]):
            words[word].append(at)
        stem_of.update(found)
        length += len(found)
        if field == "title":
            title.update(stem for _, stem in found)
        begin[field] += max(len(found) - 1, 0) + POSITION_GAP
    days = edtf.parse_edtf(article.date) if article.date else UNDATED_DAYS
    return {
        "stems": _stem_positions(words, stem_of),
        "words": words,
        "title": title,
        **{name: _name_positions(values) for name, values in name_values(article)},
        **{f"code_{name}": normalize_code(name, value) for name, value in code_values(article)},
        "id": article.id,
        "quantities": quantity_postings(article),
        "figures": dump_quantities(article),
        "first": days.first,
        "last": days.last,
        "length": length,
        "title_length": title.total(),
        "key": article.id.encode(),
        "title_key": fold_text(article.title).encode(),
        **{f"values_{field}": "\n".join(values).encode() for field, values in facet_values(article)},
        "likeness": likeness(article.body),
        "article": _pack_article(article),
    }


def _stem_positions(words: Mapping[str, list[int]], stem_of: Mapping[str, str]) -> dict[str, list[int]]:
    """The positions of each stem: those of all its words. A word has one stem."""
    stems: dict[str, list[int]] = {}
    for word, positions in words.items():
        stem = stem_of[word]
        stems[stem] = sorted(stems[stem] + positions) if stem in stems else positions
    return stems


def _name_positions(values: tuple[str, ...]) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = defaultdict(list)
    start = 0
    for value in values:
        found = word_forms(value)
        for at, (word, _) in enumerate(found, start):
            positions[word].append(at)
        start += max(len(found) - 1, 0) + POSITION_GAP
    return positions


_ARTICLE_FIELDS = fields_of(Article)


def _pack_article(article: Article) -> tuple[object, ...]:
    """The article as tuples and text, so that the stored pickle names no class of ours."""
    values = {name: getattr(article, name) for name in _ARTICLE_FIELDS}
    values["people"] = tuple(map(tuple, article.people))
    values["captions"] = tuple(map(tuple, article.captions))
    return tuple(values[name] for name in _ARTICLE_FIELDS)


def unpack_article(stored: tuple[Any, ...]) -> Article:
    """The article that `build_document` stored."""
    values = dict(zip(_ARTICLE_FIELDS, stored, strict=True))
    values["people"] = tuple(Person(*person) for person in values["people"])
    values["captions"] = tuple(Caption(*caption) for caption in values["captions"])
    return Article(**values)
