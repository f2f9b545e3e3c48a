"""Quantities as people read them: small lengths and weights in small units, others in the unit they are kept in."""

import pytest

from shanxi_cli.extraction.quantities import read_quantities
from shanxi_cli.output.quantity_text import format_quantity


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("The gauge had 48 mm of rain.", "48 mm"),
        ("The wall is 12 cm thick.", "120 mm"),
        ("The tower is 90 metres high.", "90 m"),
        ("The road is 5.2 km long.", "5.2 km"),
        ("The nugget weighs 300 g.", "300 g"),
        ("They sold 40 kg of salt.", "40 kg"),
        ("They sold 3 tonnes of salt.", "3 t"),
        ("It has a length of 20 to 80 metres.", "20 to 80 m"),
    ],
)
def test_units_are_those_of_a_reader(sentence: str, shown: str) -> None:
    [quantity] = read_quantities(sentence, None)
    assert format_quantity(quantity) == shown
