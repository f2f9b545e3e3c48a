"""Each rule of figures on its examples and counter-examples, kept as data in `rules/*.json`.

A row has the `Input` (a text; paragraphs are parted by a blank line), maybe the `Date` of its article, and the
`Results` in order: the printed text and the normal form of each figure, ` @ ` and its period, ` # ` and what is
counted, where the row is about them.
"""

import json

import pytest

from shanxi_cli.extraction.quantities import format_quantity, read_paragraphs
from shanxi_cli.model.quantity import Quantity
from shanxi_cli.util import edtf
from tests.support.paths import PROJECT

RULES = sorted((PROJECT / "tests" / "extraction" / "quantities" / "rules").glob("*.json"))
ROWS = [(f"{path.stem}-{n}", row) for path in RULES for n, row in enumerate(json.loads(path.read_text("utf-8")))]
DATE = "2021-07-14"


def describe(quantity: Quantity, wanted: str) -> str:
    """Return the quantity in the form of the results, with the parts that `wanted` has."""
    shown = f"{quantity.text} = {format_quantity(quantity)}"
    if not quantity.unit and quantity.dimension.value != "count":
        shown += f" {quantity.dimension.value}"
    shown += f" @ {quantity.period}".rstrip() if " @" in wanted else ""
    return shown + (f" # {quantity.counted}".rstrip() if " #" in wanted else "")


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=[name for name, _ in ROWS])
def test_rule_reads_its_examples(row: dict[str, object]) -> None:
    results = [str(result) for result in row["Results"]]  # type: ignore[attr-defined]
    paragraphs = str(row["Input"]).split("\n\n")
    found = [q for qs in read_paragraphs(paragraphs, edtf.parse_edtf(str(row.get("Date", DATE)))) for q in qs]
    padded = results + [""] * (len(found) - len(results))
    assert [describe(q, wanted) for q, wanted in zip(found, padded, strict=False)] == results
