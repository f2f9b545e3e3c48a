"""Limits on quantities: how they are written, what they are in numbers, and what fits them."""

from math import inf, nextafter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.tokenizer import number_tokens
from shanxi_cli.model.quantity import Dimension, Quantity, Relation
from shanxi_cli.query.fields import FIELDS, FieldKind
from shanxi_cli.query.plan.range import QuantityRange, locate_quantities, read_quantities, shift_to_body
from shanxi_cli.query.plan.range_parser import parse_range, range_from_options
from tests.support.articles import MEASURED
from tests.support.strategies import examples

LIMITS = [
    # ends
    ("money", "1bn..", ("money", "CNY", 1e9, inf)),
    ("money", "..5", ("money", "CNY", -inf, 5)),
    ("money", "10..20", ("money", "CNY", 10, 20)),
    ("money", "1 .. 2", ("money", "CNY", 1, 2)),
    ("money", "5", ("money", "CNY", 5, 5)),
    ("money", ">=5", ("money", "CNY", 5, inf)),
    ("money", "≥ 5", ("money", "CNY", 5, inf)),
    ("money", "<=5", ("money", "CNY", -inf, 5)),
    ("money", ">5", ("money", "CNY", nextafter(5, inf), inf)),
    ("money", "<5", ("money", "CNY", -inf, nextafter(5, -inf))),
    # numbers and magnitudes
    ("money", "1,200.5", ("money", "CNY", 1200.5, 1200.5)),
    ("money", ".5bn..", ("money", "CNY", 5e8, inf)),
    ("money", "8.7bn..", ("money", "CNY", 8.7e9, inf)),
    ("money", "5k..", ("money", "CNY", 5e3, inf)),
    ("money", "5m..", ("money", "CNY", 5e6, inf)),
    ("money", "5mn..", ("money", "CNY", 5e6, inf)),
    ("money", "5M..", ("money", "CNY", 5e6, inf)),
    ("money", "5 million..", ("money", "CNY", 5e6, inf)),
    ("money", "5thousand..", ("money", "CNY", 5e3, inf)),
    ("money", "5tn..", ("money", "CNY", 5e12, inf)),
    ("money", "10..20bn", ("money", "CNY", 1e10, 2e10)),
    ("people", "500..2k", ("count", "person", 500, 2000)),
    ("people", "0..2k", ("count", "person", 0, 2000)),
    ("temperature", "-5..0", ("temperature", "°C", -5, 0)),
    # units
    ("area", "500mu..", ("area", "ha", 33.3333333333, inf)),
    ("area", "500mu..1000", ("area", "ha", 33.3333333333, 66.6666666667)),
    ("area", "1..2 square kilometers", ("area", "ha", 100, 200)),
    ("area", "150mu..1km2", ("area", "ha", 10, 100)),
    ("power", "1GW..", ("power", "MW", 1000, inf)),
    ("power", "100..500", ("power", "MW", 100, 500)),
    ("power", "1..2gw", ("power", "MW", 1000, 2000)),
    ("length", "500m..", ("length", "km", 0.5, inf)),
    ("length", "5k..", ("length", "km", 5000, inf)),
    ("weight", "5t..", ("weight", "t", 5, inf)),
    ("weight", "5mt..", ("weight", "t", 5e6, inf)),
    ("weight", "..500kg", ("weight", "t", -inf, 0.5)),
    ("percent", "10..20%", ("percent", "percent", 10, 20)),
    ("temperature", "50°F..", ("temperature", "°C", 10, inf)),
    ("money", "5m..10m eur", ("money", "EUR", 5e6, 1e7)),
    ("money", "5mEUR..", ("money", "EUR", 5e6, inf)),
    ("money", "$5m..10m", ("money", "USD", 5e6, 1e7)),
    ("money", "HK$5m..", ("money", "HKD", 5e6, inf)),
    ("money", "usd", ("money", "USD", -inf, inf)),
    ("usd", "100m..", ("money", "USD", 1e8, inf)),
    ("usd", "$100m..", ("money", "USD", 1e8, inf)),
    ("duration", "10..years", ("duration", "year", 10, inf)),
    ("duration", "..2 decades", ("duration", "year", -inf, 20)),
    # what is counted
    ("count", "1000..", ("count", "", 1000, inf)),
    ("count", "1000..household", ("count", "household", 1000, inf)),
    ("count", "1000..families", ("count", "household", 1000, inf)),
    ("count", "10..20 factories", ("count", "factory", 10, 20)),
    ("count", "5m..villages", ("count", "village", 5e6, inf)),
    ("count", "5 mines", ("count", "mine", 5, 5)),
    ("count", "mines", ("count", "mine", -inf, inf)),
    ("people", "1000..farmers", ("count", "person", 1000, inf)),
]


@pytest.mark.parametrize(("field", "text", "expected"), LIMITS)
def test_parse_range(field: str, text: str, expected: tuple[str, str, float, float]) -> None:
    assert parse_range(field, text) == QuantityRange(*expected)


MISTAKES = [
    ("money", "..", "money:.. names no limit; a shell may have eaten it"),
    ("money", ">", "money:> names no limit; a shell may have eaten it"),
    ("money", "banana", "money is not measured in banana"),
    ("money", "1bx", "money is not measured in bx"),
    ("money", "1e5", "money is not measured in e5"),
    ("money", "12,34", "12,34 is no number"),
    ("money", "-", "- is no number"),
    ("money", "20..10", "20..10 ends before it begins"),
    ("money", ">10..20", ">10..20: a range and > do not go together"),
    ("money", "1..2..3", "money is not measured in ..3"),
    ("money", "1USD..2EUR", "USD and EUR cannot be compared"),
    ("usd", "5EUR", "usd is not measured in EUR"),
    ("area", "$5", "area is not money"),
    ("area", "5kg", "area is not measured in kg"),
    ("people", "5 cars", "people is not measured in cars"),
    ("count", "5 mu", "count is not measured in mu"),
    ("duration", "10..", "10.. names no unit"),
]


@pytest.mark.parametrize(("field", "text", "message"), MISTAKES)
def test_parse_range_refuses(field: str, text: str, message: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_range(field, text)
    assert str(error.value) == message


CHOSEN = [
    ((None, None, None), ("", "", -inf, inf)),
    ((None, "1bn", None), ("", "", 1e9, inf)),
    ((None, "500mu", None), ("area", "ha", 33.3333333333, inf)),
    (("yuan", "1bn", None), ("money", "CNY", 1e9, inf)),
    (("CNY", None, "1bn"), ("money", "CNY", -inf, 1e9)),
    (("mu", "500", "1000"), ("area", "ha", 33.3333333333, 66.6666666667)),
    (("gw", "1", None), ("power", "MW", 1000, inf)),
    (("area", "150mu", None), ("area", "ha", 10, inf)),
    (("money", "5", None), ("money", "", 5, inf)),
    (("%", "5", "20"), ("percent", "percent", 5, 20)),
    (("people", None, None), ("count", "person", -inf, inf)),
    (("households", "10", None), ("count", "household", 10, inf)),
]


@pytest.mark.parametrize(("options", "expected"), CHOSEN)
def test_range_from_options(options: tuple[str, str, str], expected: tuple[str, str, float, float]) -> None:
    assert range_from_options(*options) == QuantityRange(*expected)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((None, "x", None), "x is no number"),
        (("CNY", "5", "2"), "5..2 ends before it begins"),
        (("CNY", "$5", None), "USD and CNY cannot be compared"),
        (("area", "5kg", None), "area is not measured in kg"),
    ],
)
def test_range_from_options_refuses(options: tuple[str, str, str], message: str) -> None:
    with pytest.raises(ValueError) as error:
        range_from_options(*options)
    assert str(error.value) == message


@examples(400)
@given(
    field=st.sampled_from([f.name for f in FIELDS.values() if f.kind is FieldKind.QUANTITY]),
    text=st.lists(st.sampled_from("1 20 , . .. > <= $ k bn mu GW % year - people x".split()) | st.text(max_size=2)).map(
        "".join
    ),
)
def test_any_text_is_range_or_refused(field: str, text: str) -> None:
    try:
        limit = parse_range(field, text)
    except ValueError as error:
        assert str(error)
        return
    assert limit.low <= limit.high
    assert limit.dimension


def test_fields_cover_dimensions() -> None:
    names = {field.name for field in FIELDS.values() if field.kind is FieldKind.QUANTITY}
    assert names == {dimension.value for dimension in Dimension} | {"usd", "people"}


FITS = [
    (Relation.EQUAL, None, "100", True),
    (Relation.ABOUT, None, "100", True),
    (Relation.AT_LEAST, None, "100", True),
    (Relation.AT_MOST, None, "100", True),
    (Relation.MORE, None, "100..", True),
    (Relation.MORE, None, ">100", True),
    (Relation.MORE, None, "..100", False),
    (Relation.MORE, None, "200..", False),
    (Relation.LESS, None, "..100", True),
    (Relation.LESS, None, "<100", True),
    (Relation.NEARLY, None, "100..", False),
    (Relation.EQUAL, None, ">100", False),
    (Relation.EQUAL, 150.0, "140..200", True),
    (Relation.EQUAL, 150.0, "150", True),
    (Relation.EQUAL, 150.0, ">150", False),
    (Relation.EQUAL, 150.0, "110..120", True),
]


@pytest.mark.parametrize(("relation", "high", "limit", "expected"), FITS)
def test_range_contains(relation: Relation, high: float | None, limit: str, expected: bool) -> None:
    quantity = Quantity("", 0, 0, 100.0, "MW", Dimension.POWER, high, relation)
    assert parse_range("power", limit).contains(quantity) is expected
    assert not parse_range("voltage", limit).contains(quantity)


def test_read_quantities_of_paragraphs() -> None:
    text = "It cost 5 yuan.\n\nNothing here.\n\nIt has 200 megawatts."
    assert [text[q.start : q.end] for q in read_quantities(text)] == ["5 yuan", "200 megawatts"]
    assert shift_to_body([], ()) == ()


def test_locate_quantities_in_sentences() -> None:
    for article in MEASURED.values():
        words = number_tokens(article.body)
        for quantity, first, last in locate_quantities(article):
            sentence = article.body[words[first].start : words[last - 1].end]
            assert quantity.text in sentence
            assert ". " not in sentence.replace("1.2", "")
