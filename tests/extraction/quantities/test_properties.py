"""Properties of quantities in any text: offsets, normal forms, no exceptions, linear time."""

import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanxi_cli.extraction.quantities import format_quantity, read_paragraphs, read_quantities
from shanxi_cli.extraction.quantities.plurals import to_plural, to_singular
from shanxi_cli.util import edtf

PRINTED = edtf.parse_edtf("2021-07-05/2021-07-20")
WORDS = """
the a an of in to and or by per from between since over about more than nearly at least up $ £ US$ RMB % , . ; ( )
- – ' " “ ” 1 5 12 20 45 100 1,200 2016 2020 2021 0.4 8.7 1,2 007 1.2.3 one two twenty ninety hundred thousand
million billion dozen half couple third quarters yuan percent dollars mu hectares km km/h meters tons kg MW kWh
years year month days old times fold people residents households companies countries July May Sept first second
last this that year's Five Year Plan th st once twice increase rose fell year-on-year compared annual each capita
Trust COVID Five-Year period months half-year -5 – 3-2 7:30 5G
""".split()

texts = st.lists(st.sampled_from(WORDS), max_size=40).flatmap(
    lambda words: st.sampled_from([" ", ""]).map(lambda gap: gap.join(words))
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(texts, st.text(max_size=200)))
def test_offsets_slice_to_the_printed_text(text: str) -> None:
    end = 0
    for quantity in read_quantities(text, PRINTED):
        assert quantity.text == text[quantity.start : quantity.end] != ""
        assert end <= quantity.start
        assert quantity.high is None or quantity.high >= quantity.value
        if quantity.period:
            edtf.parse_edtf(quantity.period)
        end = quantity.end


@settings(max_examples=300, deadline=None)
@given(texts)
def test_normal_form_round_trips(text: str) -> None:
    for quantity in read_quantities(text, PRINTED):
        form = format_quantity(quantity)
        (again,) = read_quantities(form)
        assert (format_quantity(again), again.unit, again.relation, again.rate) == (
            form,
            quantity.unit,
            quantity.relation,
            quantity.rate,
        )
        assert again.value == pytest.approx(quantity.value, rel=1e-9)


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, max_size=4))
def test_links_point_to_equal_amounts(paragraphs: list[str]) -> None:
    for quantities in read_paragraphs(paragraphs, PRINTED):
        for n, quantity in enumerate(quantities):
            if quantity.same_as is not None:
                other = quantities[quantity.same_as]
                assert quantity.same_as != n
                assert (quantity.dimension, quantity.rate) == (other.dimension, other.rate)


@given(st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=12))
def test_singular_and_plural_round_trip(word: str) -> None:
    assert to_singular(to_singular(word)) == to_singular(word)
    assert to_singular(to_plural(to_singular(word))) == to_singular(word)


HOSTILE = [
    "1", "1,", "1.", "5-", "$5-", "5kg-", "one million ", "that year ", "5 percent in 2020 ", "5 of ", "five in ",
    "a half ", "from 5 to ", "(5 ", "first ", "5 km ", "5 ", "May ", "2000-", "twenty-", "5 a ", "more than ",
    "5 yuan ($1) ", "ly 5", "number of 5,000", "and a half", "5% of the ", '"5', "Mr. 5. ",
    "since then 5% ", "....5", "\n\n5%", "a'",
]  # fmt: skip


def calls(text: str) -> int:
    """Count the Python calls of reading: a cost that does not depend on the machine."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(trace)
    try:
        read_quantities(text, PRINTED)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", HOSTILE)
def test_cost_is_linear_in_the_text(unit: str) -> None:
    once, twice = calls("In 2020, " + unit * 300 + " 5%"), calls("In 2020, " + unit * 600 + " 5%")
    assert twice <= 2.2 * once + 200


@pytest.mark.parametrize("unit", [*HOSTILE, ".", " ", "in ", "of the "])
def test_long_hostile_text_is_read(unit: str) -> None:
    read_quantities(unit * 20_000 + " 5%", PRINTED)
