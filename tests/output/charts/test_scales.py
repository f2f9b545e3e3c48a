"""Scales: every value has its place on the axis, and the values at the axis are round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.output.charts.scales import format_tick, make_count_scale, make_value_scale

AMOUNTS = st.floats(min_value=-1e13, max_value=1e13, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6)


@given(st.lists(AMOUNTS, min_size=1, max_size=20))
def test_every_value_is_on_the_axis_in_its_order(values: list[float]) -> None:
    scale = make_value_scale(values, 200, 10)
    places = [scale.place(value) for value in sorted(values)]
    assert all(9.99 <= place <= 200.01 for place in places)
    assert places == sorted(places, reverse=True)
    assert scale.place(scale.ticks[0]) == pytest.approx(200)


@given(st.floats(min_value=0, max_value=1e7))
def test_counts_begin_at_nothing_and_end_above_the_greatest(greatest: float) -> None:
    scale = make_count_scale(greatest, 100, 0)
    assert scale.ticks[0] == 0
    assert scale.ticks[-1] >= greatest
    assert len(scale.ticks) <= 6
    assert all(tick == int(tick) for tick in scale.ticks)


@pytest.mark.parametrize(
    ("values", "ticks", "logarithmic"),
    [
        pytest.param([3, 8], (0, 2, 4, 6, 8), False, id="near each other: with 0"),
        pytest.param([-5, 10], (-5, 0, 5, 10), False, id="below 0"),
        pytest.param([20, 4000], (10, 100, 1000, 10000), True, id="far apart"),
        pytest.param([7, 7], (0, 2, 4, 6, 8), False, id="one value twice"),
        pytest.param([0, 0], (0, 0.5), False, id="nothing"),
    ],
)
def test_ticks(values: list[float], ticks: tuple[float, ...], logarithmic: bool) -> None:
    scale = make_value_scale(values, 100, 0)
    assert scale.ticks == pytest.approx(ticks)
    assert scale.logarithmic is logarithmic


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (2500, "2,500"), (45000, "45,000"), (1.5e6, "1.5m"), (4e10, "40bn"), (2e12, "2tn")]
)
def test_ticks_as_text(value: float, text: str) -> None:
    assert format_tick(value) == text
