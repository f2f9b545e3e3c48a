"""The check of a query: fields that exist, values that fit them, dates turned into days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.errors import QueryError
from shanxi_cli.query.ast import (
    And,
    Clause,
    Dated,
    Exact,
    Fuzzy,
    Group,
    Measured,
    Near,
    Not,
    Occur,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    is_plain_word,
)
from shanxi_cli.query.date_values import DATE_HINT
from shanxi_cli.query.fields import FIELDS, FieldKind
from shanxi_cli.query.parser import WordOperator, parse_query
from shanxi_cli.query.unparse import to_text
from shanxi_cli.query.validate import check_query
from shanxi_cli.util.edtf import parse_edtf as days
from shanxi_cli.util.edtf import parse_range
from tests.support.strategies import QUERY_TEXTS, examples


def checked(text: str, want: WordOperator = WordOperator.ANY) -> Query:
    return check_query(parse_query(text, want), text)


QUANTITIES = (
    "money usd percent points people count area length volume weight speed power energy voltage temperature data "
    "duration age times"
).split()


def test_fields_table() -> None:
    assert {name: field.kind for name, field in FIELDS.items()} == {
        "title": FieldKind.TEXT,
        "deck": FieldKind.TEXT,
        "body": FieldKind.TEXT,
        "caption": FieldKind.TEXT,
        "keyword": FieldKind.TEXT,
        "author": FieldKind.NAME,
        "place": FieldKind.NAME,
        "person": FieldKind.NAME,
        "org": FieldKind.NAME,
        "publication": FieldKind.NAME,
        "section": FieldKind.NAME,
        "link": FieldKind.NAME,
        "page": FieldKind.CODE,
        "type": FieldKind.CODE,
        "edition": FieldKind.CODE,
        "id": FieldKind.CODE,
        "date": FieldKind.DATE,
    } | dict.fromkeys(QUANTITIES, FieldKind.QUANTITY)
    assert all(name == field.name and field.about for name, field in FIELDS.items())


@pytest.mark.parametrize("name", FIELDS)
def test_field_example_is_valid(name: str) -> None:
    query = checked(FIELDS[name].example)
    assert isinstance(query, Dated) if name == "date" else getattr(query, "field", "") == name


# A node of each kind that takes a value, and where it may stand.
FITS: list[tuple[str, Query]] = [
    ("coal", Word("coal")),
    ("title:coal", Word("coal", "title")),
    ('title:"solar power"~3', Near("solar power", 3, "title")),
    ("author:limin~", Fuzzy("limin", 1, "author")),
    ('place:"Datong city"', Phrase("Datong city", "place")),
    ("person:zhao*", Prefix("zhao", "person")),
    ("org:=mine", Exact("mine", "org")),
    ("page:004", Word("004", "page")),
    ('section:"Shanxi"', Phrase("Shanxi", "section")),
    ('id:"old walls"', Phrase("old walls", "id")),
    ("id:=old", Exact("old", "id")),
    ("prefix:id:old", Prefix("old", "id")),
    ("type:image", Word("image", "type")),
    ("date:2021", Dated("2021", days("2021"))),
    ('date:"2021"', Dated("2021", days("2021"))),
    ('date:"2021~"', Dated("2021~", days("2021"))),
    ("date:2021-07?", Dated("2021-07?", days("2021-07"))),
    ("date:2021-07..2022", Dated("2021-07..2022", days("2021-07/2022"))),
    ('date:"2021-07 .. 2022"', Dated("2021-07 .. 2022", days("2021-07/2022"))),
    ("date:2021..", Dated("2021..", days("2021/.."))),
    ("date:..2021", Dated("..2021", days("../2021"))),
    ("date:2021/2022", Dated("2021/2022", days("2021/2022"))),
    ("money:1bn..", Measured("1bn..", "money")),
    ("money:>1bn", Measured(">1bn", "money")),
    ("money:=1bn", Measured("1bn", "money")),
    ('area:"10 mu .. 20 mu"', Measured("10 mu .. 20 mu", "area")),
    ("temperature:-5..0", Measured("-5..0", "temperature")),
    ("date:2021-22", Dated("2021-22", days("2021-06/2021-08"))),
]


@pytest.mark.parametrize(("text", "expected"), FITS)
def test_check_query_accepts(text: str, expected: Query) -> None:
    assert checked(text) == expected


def test_check_query_parses_nested_dates() -> None:
    dated = Dated("2021", parse_range("2021"))
    coal, city = Word("coal"), Word("city", "place")
    assert checked("coal date:2021 -date:2021") == Group(
        (Clause(Occur.MAY, coal), Clause(Occur.FILTER, dated), Clause(Occur.NOT, dated))
    )
    assert checked("coal AND (place:city OR NOT date:2021)") == And((coal, Or((city, Not(dated)))))


KNOWN = "the fields are " + ", ".join(FIELDS)
A_DATE = DATE_HINT
NO_DATE = "{} is not a date: write 2021, 2021-07, 2021-07-14 or two of them with .. between"
LIKE_A_DATE = "write for example date:2021-07..2022"
MISTAKES = [
    # unknown fields: the caret stands under the name
    ("titel:coal", "there is no field titel", "^^^^^", "did you mean title: ?"),
    ("coal -titel:mine", "there is no field titel", "      ^^^^^", "did you mean title: ?"),
    ("(coal AND NOT autor:li)", "there is no field autor", "              ^^^^^", "did you mean author: ?"),
    ("exact:titel:coal", "there is no field titel", "      ^^^^^", "did you mean title: ?"),
    ("coal prefix:fix:coal", "there is no field fix", "            ^^^", KNOWN),
    ("exact:ex:coal", "there is no field ex", "      ^^", KNOWN),
    ("titel:exact:coal", "there is no field titel", "^^^^^", "did you mean title: ?"),
    ('coal keywords:"solar power"', "there is no field keywords", "     ^^^^^^^^", "did you mean keyword: ?"),
    ("TITLE:coal", "there is no field TITLE", "^^^^^", "did you mean title: ?"),
    ("http://example.org", "there is no field http", "^^^^", KNOWN),
    ("xyz:coal titel:mine", "there is no field xyz", "^^^", KNOWN),
    # dates
    ("date:banana", NO_DATE.format("banana"), "^^^^^^^^^^^", A_DATE),
    ("coal date:2021-13 city", "2021-13 has no month 13", "     ^^^^^^^^^^^^", A_DATE),
    ("date:2021-02-30", "2021-02-30: that month has no day 30", "^^^^^^^^^^^^^^^", A_DATE),
    ("date:2022..2021", "2022..2021 ends before it begins", "^^^^^^^^^^^^^^^", A_DATE),
    ("date:..", "a range needs at least one date", "^^^^^^^", A_DATE),
    ("date:2021..banana", NO_DATE.format("banana"), "^^^^^^^^^^^^^^^^^", A_DATE),
    ('date:"July 2021"', NO_DATE.format("July 2021"), "^^^^^^^^^^^^^^^^", A_DATE),
    ("date:=2021", "date takes a date or a range", "^^^^^^^^^^", LIKE_A_DATE),
    ("date:2021*", "date takes a date or a range", "^^^^^^^^^^", LIKE_A_DATE),
    ('date:"2021 2022"~3', "date takes a date or a range", "^^^^^^^^^^^^^^^^^^", LIKE_A_DATE),
    # limits on quantities
    ("coal money:1bn*", "money takes a number or a range", "     ^^^^^^^^^^", "write for example money:1bn.."),
    ("percent:ten~", "percent takes a number or a range", "^^^^^^^^^^^^", "write for example percent:10..20"),
    ('area:"10 mu"~2', "area takes a number or a range", "^^^^^^^^^^^^^^", "write for example area:500mu.."),
    ('money:"="', "money takes a number or a range", "^^^^^^^^^", "write for example money:1bn.."),
    ("mony:1bn..", "there is no field mony", "^^^^", "did you mean money: ?"),
    # codes are compared as a whole
    ('page:"0 4"~2', "page is compared as a whole", "^^^^^^^^^^^^", "write for example page:004"),
    ("coal type:imag~", "type is compared as a whole", "     ^^^^^^^^^^", "write for example type:image"),
    ("id:student~", "id is compared as a whole", "^^^^^^^^^^^", "write for example prefix:id:student"),
]


@pytest.mark.parametrize("want", WordOperator)
@pytest.mark.parametrize(("text", "message", "carets", "hint"), MISTAKES)
def test_check_query_refuses(text: str, message: str, carets: str, hint: str, want: WordOperator) -> None:
    with pytest.raises(QueryError) as error:
        checked(text, want)
    found = error.value
    assert (found.message, found.hint, found.query) == (message, hint, text)
    assert " " * found.start + "^" * (found.end - found.start) == carets


WRITTEN = [
    ("date:2021-07..2022", "date:2021-07..2022"),
    ('date:"2021"', "date:2021"),
    ('date:"2021~"', 'date:"2021~"'),
    ('date:"2021 .. 2022"', 'date:"2021 .. 2022"'),
    ("coal -date:2021", "coal NOT date:2021"),
    ("-money:1bn.. coal", "NOT money:1bn.. coal"),
    ('area:"10 mu"', 'area:"10 mu"'),
    ("money:=5", "money:5"),
    ('money:"5*"', 'money:"5*"'),
    ("id:=old page:004", "id:exact:old page:004"),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_to_text_of_checked_query(text: str, expected: str) -> None:
    assert to_text(checked(text)) == expected
    assert checked(expected) == checked(text)


def test_to_text_of_deep_query_is_linear() -> None:
    # 2 to the power of 50 steps, if each level were written twice
    text = "+(a " * 50 + "b" + ")" * 50
    assert to_text(checked(text)) == "a " + "+(a " * 49 + "b" + ")" * 49


PLAIN = [
    (Word("coal"), True),
    (Word("coal-fired"), True),
    (Word("coal", "title"), False),
    (Phrase("coal"), False),
    (Exact("coal"), False),
    (Not(Word("coal")), False),
]


@pytest.mark.parametrize(("node", "expected"), PLAIN)
def test_is_plain_word(node: Query, expected: bool) -> None:
    assert is_plain_word(node) is expected


def test_query_equality_ignores_spans() -> None:
    assert (
        parse_query("   coal", WordOperator.ANY) == parse_query("coal", WordOperator.ANY) == Word("coal", span=(3, 7))
    )
    assert hash(Word("coal")) == hash(Word("coal", span=(3, 7)))
    assert Word("coal") != Exact("coal")
    assert Word("coal") != Word("Coal")


@examples(500)
@given(text=QUERY_TEXTS, want=st.sampled_from(WordOperator))
def test_checked_query_round_trips(text: str, want: WordOperator) -> None:
    try:
        query = checked(text, want)
    except QueryError as error:
        assert error.message
        assert 0 <= error.start < error.end <= max(len(text), 1)
        return
    assert checked(to_text(query), want) == query
    assert check_query(query, text) == query


DATED = st.sampled_from(
    [
        *("coal", "-coal", "title:a", "date:2021", "date:..2021", 'date:"2021~"', "NOT date:2020/2021"),
        *("money:1bn..", 'area:"10 mu.."', "percent:>5", "-usd:=5", 'count:"1..2 (a)"', "temperature:-5"),
    ]
)


@examples(200)
@given(
    text=st.recursive(
        DATED,
        lambda inner: st.one_of(
            st.builds("({} {})".format, inner, inner),
            st.builds("({} AND {})".format, inner, inner),
            st.builds("({} OR {})".format, inner, inner),
            st.builds("-({})".format, inner),
        ),
        max_leaves=6,
    ),
    want=st.sampled_from(WordOperator),
)
def test_query_with_dates_round_trips(text: str, want: WordOperator) -> None:
    query = checked(text, want)
    assert checked(to_text(query), want) == query
