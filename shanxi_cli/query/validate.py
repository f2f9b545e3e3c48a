"""Check a parsed query: fields exist, and values fit their fields."""

from typing import assert_never

from shanxi_cli.errors import QueryError
from shanxi_cli.query.ast import And, Dated, Exact, Fuzzy, Group, Measured, Near, Not, Or, Phrase, Prefix, Query, Word
from shanxi_cli.query.fields import FIELDS, Field, FieldKind, suggest_field
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import replace_fields


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
