"""Schema of a Whoosh index: the types of the fields of a document (`engines.document`), and their encoding.

Beside those fields a document has

    length_class    the class of its length, for bounds of scores: see `length_classes`
    article         the article itself, packed

Terms come from our own analysis: the field types below take finished terms and use no analyzer of
Whoosh. Lengths are exact and stored in columns, because Whoosh rounds lengths to a byte and includes
deleted documents in their mean.
"""

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

from whoosh import fields, formats

from shanxi_cli.analysis.document_fields import VALUE_FIELDS
from shanxi_cli.engines.field_names import CODE_FIELDS, NAME_FIELDS
from shanxi_cli.engines.fingerprint import analysis_fingerprint
from shanxi_cli.engines.packed_article import pack_article
from shanxi_cli.engines.quantity_spans import QuantitySpan
from shanxi_cli.engines.whoosh.columns import Bytes, Numbers, Repeated, SmallNumbers
from shanxi_cli.engines.whoosh.length_classes import length_class
from shanxi_cli.engines.whoosh.quantity_postings import SPAN_BYTES, pack_spans
from shanxi_cli.engines.whoosh.term_postings import OccurrencesByTerm, PostingsByTerm
from shanxi_cli.model.article import Article

NUMBER_COLUMNS = ("first", "last", "length", "title_length")
CLASS_COLUMN = "length_class"
BYTES_COLUMNS = ("key", "title_key", "figures", "quotes", "likeness")
VALUE_COLUMNS = tuple(f"values_{field}" for field in VALUE_FIELDS)
ALL_COLUMNS = (*NUMBER_COLUMNS, CLASS_COLUMN, *BYTES_COLUMNS, *VALUE_COLUMNS)


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
    return analysis_fingerprint(sorted(build_schema().names()))


def build_document(article: Article) -> dict[str, object]:
    """Return the document of an article as Whoosh stores it: field names and values."""
    from shanxi_cli.engines import document  # searches import this module, and make no documents

    values = document.build_document(article)
    return {**values, CLASS_COLUMN: length_class(values["length"]), "article": pack_article(article)}
