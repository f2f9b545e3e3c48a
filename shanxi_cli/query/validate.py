"""Validate a parsed query: fields exist, and values fit their fields."""

from datetime import date

from shanxi_cli.errors import QueryError
from shanxi_cli.query.ast import Dated, Exact, Fuzzy, Leaf, Measured, Near, Phrase, Prefix, Query, Word
from shanxi_cli.query.fields import FIELDS, SPECIAL_FIELDS, Field, FieldKind, suggest_field
from shanxi_cli.query.visit import map_leaves
from shanxi_cli.util.closest_names import format_suggestion


def check_query(query: Query, text: str, today: date | None = None) -> Query:
    """Return `query` with its `date` values parsed to days and its ranges on quantities marked as such.

    `text` is the parsed text, for the message; relative dates are counted from `today`, and are mistakes without
    it. Raise `QueryError` at the first leaf whose field does not exist or does not take such a value.
    """
    return map_leaves(query, lambda leaf: _check_leaf(leaf, text, today))


def _check_leaf(leaf: Leaf, text: str, today: date | None) -> Leaf:
    if isinstance(leaf, (Dated, Measured)) or not leaf.field:
        return leaf
    field = FIELDS.get(leaf.field) or SPECIAL_FIELDS.get(leaf.field)
    if field is None:
        likely = suggest_field(leaf.field)
        hint = format_suggestion(likely and f"{likely}: ", "the fields are " + ", ".join(FIELDS))
        start = leaf.span[0]
        if not text.startswith(leaf.field + ":", start):
            start = text.find(":", start) + 1  # after exact:, prefix: or fuzzy:
        raise QueryError(f"there is no field {leaf.field}", text, start, start + len(leaf.field), hint)
    if field.kind is FieldKind.DATE:
        return _check_date(leaf, text, today)
    if field.kind is FieldKind.QUANTITY:
        return _check_limit(leaf, text, field)
    if field.kind is FieldKind.CODE and isinstance(leaf, (Near, Fuzzy)):
        message = f"{leaf.field} is compared as a whole"
        raise QueryError(message, text, *leaf.span, f"write for example {field.example}")
    return leaf


def _check_date(leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, text: str, today: date | None) -> Dated:
    # `2021~` is an approximate date in EDTF; elsewhere the sign makes a word fuzzy.
    written = f"{leaf.text}~" if isinstance(leaf, Fuzzy) and leaf.distance == 1 else leaf.text
    if not isinstance(leaf, (Word, Phrase)) and written == leaf.text:
        hint = f"write for example {leaf.field}:2021-07..2022"
        raise QueryError(f"{leaf.field} takes a date or a range", text, *leaf.span, hint)
    from shanxi_cli.query.date_values import DATE_HINT, parse_date_value

    try:
        return Dated(written, parse_date_value(written, today), leaf.span, leaf.field)
    except ValueError as error:
        raise QueryError(str(error), text, *leaf.span, DATE_HINT) from error


def _check_limit(leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, text: str, field: Field) -> Measured:
    limit = leaf.text.lstrip("= ")  # `money:=1bn` came as an exact word
    if not isinstance(leaf, (Word, Phrase, Exact)) or not limit:
        hint = f"write for example {field.example}"
        raise QueryError(f"{leaf.field} takes a number or a range", text, *leaf.span, hint)
    return Measured(limit, leaf.field, leaf.span)
