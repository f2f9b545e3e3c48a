"""What a query is: its nodes, the fields a reader may name, and the check that fields fit their values.

`grammar.parse` makes a query from text and knows no field; `check_query` here knows the fields and no
text but the place of each node; `str` writes a query that parses back to an equal one. Engines
get a checked query.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from enum import Enum
from typing import TypeAlias, assert_never

from shanxi_cli.errors import QueryError
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import Record, replace_fields, uncompared_field


class FieldKind(Enum):
    """What the values of a field are, and so how they are compared."""

    TEXT = "text"  # running text: English stems, phrases
    NAME = "name"  # names: words as they are, without case or accents
    CODE = "code"  # one whole value, without case or accents
    DATE = "date"  # days
    QUANTITY = "quantity"  # numbers of the body with their units


class Field(Record):
    """A field a reader may name: its kind, what it holds, and an example of its use."""

    name: str
    kind: FieldKind
    about: str
    example: str


FIELDS: dict[str, Field] = {
    f.name: f
    for f in (
        Field("title", FieldKind.TEXT, "the headline", "title:trade"),
        Field("deck", FieldKind.TEXT, "the lines under the headline", "deck:innovation"),
        Field("body", FieldKind.TEXT, "the article's own text", 'body:"freight trains"'),
        Field("caption", FieldKind.TEXT, "what stands under the pictures", "caption:workers"),
        Field("keyword", FieldKind.TEXT, "industries and subjects", "keyword:tourism"),
        Field("author", FieldKind.NAME, "byline, contributors too", 'author:"Wu Jia"'),
        Field("place", FieldKind.NAME, "places the article speaks of", "place:Jinzhong"),
        Field("person", FieldKind.NAME, "people the article speaks of", 'person:"Yang Xia"'),
        Field("org", FieldKind.NAME, "companies, offices, schools", "org:customs"),
        Field("publication", FieldKind.NAME, "the newspaper", 'publication:"China Daily"'),
        Field("section", FieldKind.NAME, "the section or supplement", "section:Shanxi"),
        Field("page", FieldKind.CODE, "the page, as the archive numbers it", "page:004"),
        Field("type", FieldKind.CODE, "article or image", "type:image"),
        Field("edition", FieldKind.CODE, "retelling, where the words are not the newspaper's own", "edition:retelling"),
        Field("id", FieldKind.CODE, "the article's id", "prefix:id:student"),
        Field("date", FieldKind.DATE, "the day, month or year, or a range of them", "date:2021-07..2022"),
        Field("money", FieldKind.QUANTITY, "amounts in yuan, or in the currency named", "money:1bn.."),
        Field("usd", FieldKind.QUANTITY, "amounts in US dollars", "usd:100m.."),
        Field("percent", FieldKind.QUANTITY, "shares and rates of change", "percent:10..20"),
        Field("points", FieldKind.QUANTITY, "percentage points", "points:..2"),
        Field("people", FieldKind.QUANTITY, "how many people", "people:1000.."),
        Field("count", FieldKind.QUANTITY, "how many of what is named", "count:1000..households"),
        Field("area", FieldKind.QUANTITY, "areas, in hectares", "area:500mu.."),
        Field("length", FieldKind.QUANTITY, "lengths, in kilometers", "length:100.."),
        Field("volume", FieldKind.QUANTITY, "volumes, in cubic meters", "volume:1bn.."),
        Field("weight", FieldKind.QUANTITY, "weights, in metric tons", "weight:..500kg"),
        Field("speed", FieldKind.QUANTITY, "speeds, in kilometers per hour", "speed:300.."),
        Field("power", FieldKind.QUANTITY, "power, in megawatts", "power:1GW.."),
        Field("energy", FieldKind.QUANTITY, "energy, in kilowatt-hours", "energy:1GWh.."),
        Field("voltage", FieldKind.QUANTITY, "voltages, in kilovolts", "voltage:500.."),
        Field("temperature", FieldKind.QUANTITY, "temperatures, in degrees Celsius", "temperature:..0"),
        Field("data", FieldKind.QUANTITY, "amounts of data, in gigabytes", "data:1TB.."),
        Field("duration", FieldKind.QUANTITY, "times, in the unit named", "duration:10..years"),
        Field("age", FieldKind.QUANTITY, "ages, in years", "age:60.."),
        Field("times", FieldKind.QUANTITY, "multiples", "times:2.."),
    )
}

VALUE_OPERATORS: dict[str, str] = {
    "exact": "the word as it is, in no other form",
    "prefix": "words that begin so",
    "fuzzy": "words one edit away, or ~2 for two",
}
"""What may stand before a value, with a colon, in place of a sign that a shell would touch; and what it asks for."""

_FIELD_SYNONYMS = {
    "headline": "title",
    "subtitle": "deck",
    "standfirst": "deck",
    "text": "body",
    "by": "author",
    "byline": "author",
    "people": "person",
    "name": "person",
    "organisation": "org",
    "organisations": "org",
    "organization": "org",
    "company": "org",
    "city": "place",
    "tag": "keyword",
    "tags": "keyword",
    "subject": "keyword",
    "newspaper": "publication",
    "year": "date",
    "since": "date",
    "before": "date",
    "after": "date",
}
"""Names that other programs have for our fields -> ours, for suggestions."""

SourceSpan: TypeAlias = tuple[int, int]
"""Half-open, in characters, into the text that was parsed. It is for messages, and two queries are
equal when they ask the same, wherever it stood."""


class Word(Record):
    """One word as typed: any form of it matches. `coal-fired` is a word too, and matches in sequence."""

    text: str
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Exact(Record):
    """The words of `text` as they are, in that order, without stemming."""

    text: str
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Phrase(Record):
    """The words of `text` side by side in that order, in any form; no word is left out."""

    text: str
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Near(Record):
    """The words of `text` in any order and form, with at most `distance` other words between them."""

    text: str
    distance: int
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Prefix(Record):
    """Every word that begins with `text`."""

    text: str
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Fuzzy(Record):
    """Every word at most `distance` edits away: a letter more, less, other, or two swapped."""

    text: str
    distance: int
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Dated(Record):
    """Articles whose date shares a day with `days`; an undated article never does."""

    text: str
    days: edtf.DateInterval
    span: SourceSpan = uncompared_field(default=(0, 0))


class Measured(Record):
    """Articles whose body has a quantity that fits `text`, a limit (`1bn..`, `10..20`, `>500mu`) in words of `field`.

    What the limit is in numbers, `language.analysis.lookup` says.
    """

    text: str
    field: str
    span: SourceSpan = uncompared_field(default=(0, 0))


class Not(Record):
    """Every article but those of `child`."""

    child: "Query"


class And(Record):
    """The articles of all children; there are two or more."""

    children: "tuple[Query, ...]"


class Or(Record):
    """The articles of any child; there are two or more."""

    children: "tuple[Query, ...]"


class Occur(Enum):
    """What a clause of a group asks for."""

    MAY = "may"  # one of these must match, unless the group has a MUST
    MUST = "must"  # has to match; the clauses that MAY then only add to the score
    FILTER = "filter"  # has to match too (a field and its value), and leaves the MAYs as they are
    NOT = "not"  # must not match


class Clause(Record):
    """One thing that a group asks for."""

    occur: Occur
    node: "Query"


class Group(Record):
    """Clauses side by side. Without a wanted clause: every article but those of the NOT clauses."""

    clauses: tuple[Clause, ...]


Leaf: TypeAlias = Word | Exact | Phrase | Near | Prefix | Fuzzy | Dated | Measured
Query: TypeAlias = Leaf | Not | And | Or | Group


def is_word(node: Query) -> bool:
    """True for what a reader types as a word, a plain one without a field."""
    return isinstance(node, Word) and not node.field


def iterate_leaves(query: Query, excluded: bool = False) -> Iterator[Leaf]:
    """The parts of a query that are looked for, in their order; with `excluded` those that must not be too."""
    match query:
        case Group(clauses):
            for clause in clauses:
                if excluded or clause.occur is not Occur.NOT:
                    yield from iterate_leaves(clause.node, excluded)
        case And(children) | Or(children):
            for child in children:
                yield from iterate_leaves(child, excluded)
        case Not(child):
            if excluded:
                yield from iterate_leaves(child, excluded)
        case _:
            yield query


def check_query(query: Query, text: str) -> Query:
    """`query` with every field known, every limit on `date` turned into days, and those on quantities marked as such.

    `text` is what was parsed, for the message. Raises `QueryError` at the first node whose field
    does not exist or does not take such a value.
    """
    match query:
        case Not(child):
            return Not(check_query(child, text))
        case And(children):
            return And(tuple(check_query(child, text) for child in children))
        case Or(children):
            return Or(tuple(check_query(child, text) for child in children))
        case Group(clauses):
            return Group(tuple(replace_fields(c, node=check_query(c.node, text)) for c in clauses))
        case Dated() | Measured():
            return query
        case Word() | Exact() | Phrase() | Near() | Prefix() | Fuzzy():
            return _check_leaf(query, text)
        case _:
            assert_never(query)


def suggest_field(name: str) -> str | None:
    """The field that a reader may mean who writes `name`, which is none."""
    return _FIELD_SYNONYMS.get(name.lower()) or next(iter(get_close_matches(name.lower(), FIELDS, 1)), None)


def _check_leaf(leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, text: str) -> Query:
    if not leaf.field:
        return leaf
    known = FIELDS.get(leaf.field)
    if known is None:
        likely = suggest_field(leaf.field)
        hint = f"did you mean {likely}: ?" if likely else "the fields are " + ", ".join(FIELDS)
        start = leaf.span[0]
        if not text.startswith(leaf.field + ":", start):
            start = text.find(":", start) + 1  # after exact:, prefix: or fuzzy:
        raise QueryError(f"there is no field {leaf.field}", text, start, start + len(leaf.field), hint)
    if known.kind is FieldKind.DATE:
        return _check_date(leaf, text)
    if known.kind is FieldKind.QUANTITY:
        return _check_limit(leaf, text, known)
    if known.kind is FieldKind.CODE and isinstance(leaf, (Near, Fuzzy)):
        message = f"{leaf.field} is compared as a whole"
        raise QueryError(message, text, *leaf.span, f"write for example {known.example}")
    return leaf


def _check_date(leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, text: str) -> Dated:
    # `2021~` is an approximate date in EDTF, though elsewhere the sign asks for likeness.
    written = f"{leaf.text}~" if isinstance(leaf, Fuzzy) and leaf.distance == 1 else leaf.text
    if not isinstance(leaf, (Word, Phrase)) and written == leaf.text:
        raise QueryError("date takes a date or a range", text, *leaf.span, "write for example date:2021-07..2022")
    try:
        return Dated(written, edtf.parse_range(written), leaf.span)
    except ValueError as error:
        hint = "a date is 2021, 2021-07 or 2021-07-14; a range is 2021-07..2022, 2021.. or ..2021"
        raise QueryError(str(error), text, *leaf.span, hint) from error


def _check_limit(leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, text: str, known: Field) -> Measured:
    limit = leaf.text.lstrip("= ")  # `money:=1bn` came as an exact word
    if not isinstance(leaf, (Word, Phrase, Exact)) or not limit:
        hint = f"write for example {known.example}"
        raise QueryError(f"{leaf.field} takes a number or a range", text, *leaf.span, hint)
    return Measured(limit, leaf.field, leaf.span)


def to_text(query: Query) -> str:
    """`query` in the query language, as `grammar.parse` and `check_query` read it back to an equal query."""
    match query:
        case Group(clauses):
            return " ".join(_clause_text(clause) for clause in clauses)
        case And(children):
            return " AND ".join(_operand_text(child) for child in children)
        case Or(children):
            return " OR ".join(_operand_text(child, inside_or=True) for child in children)
        case Not(child):
            return "NOT " + _operand_text(child)
        case _:
            return _leaf_text(query)


def _clause_text(clause: Clause) -> str:
    node = clause.node
    match clause.occur:
        case Occur.MAY | Occur.FILTER:
            return f"({to_text(node)})" if isinstance(node, Group) else to_text(node)
        case Occur.MUST:
            return "+" + _operand_text(node)
        case Occur.NOT:
            return "NOT " + _operand_text(node)
        case _:
            assert_never(clause.occur)


def _operand_text(node: Query, inside_or: bool = False) -> str:
    loose = (Group, Or) if inside_or else (Group, Or, And)
    return f"({to_text(node)})" if isinstance(node, loose) else to_text(node)


def _leaf_text(leaf: Leaf) -> str:
    match leaf:
        case Dated(text):
            return f"date:{_quote_if_needed(text)}"
        case Measured(text, name):
            shown = _quote_if_needed(text)
        case Word(text, name):
            shown = text
        case Exact(text, name):
            shown = f"exact:{_quote_if_needed(text)}"
        case Phrase(text, name):
            shown = f'"{text}"'
        case Near(text, distance, name):
            shown = f'"{text}"~{distance}'
        case Prefix(text, name):
            shown = f"prefix:{text}"
        case Fuzzy(text, distance, name):
            shown = f"fuzzy:{text}~{distance}"
        case _:
            assert_never(leaf)
    return f"{name}:{shown}" if name else shown


def _quote_if_needed(text: str) -> str:
    """`text` in quotes when without them it would be read as something else."""
    return f'"{text}"' if set(text) & set(" ():*~") else text
