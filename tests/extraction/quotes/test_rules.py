"""Each rule of quotes on its examples and counter-examples, kept as data in `rules/*.json`.

A row has the `Input` (paragraphs are parted by a blank line) and the `Results` in order: speaker (`?` where it is
open), kind and what was said.
"""

import json

import pytest

from shanxi_cli.extraction.quotes import read_speech
from tests.support.paths import PROJECT

RULES = sorted((PROJECT / "tests" / "extraction" / "quotes" / "rules").glob("*.json"))
ROWS = [(f"{path.stem}-{n}", row) for path in RULES for n, row in enumerate(json.loads(path.read_text("utf-8")))]


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=[name for name, _ in ROWS])
def test_rule_reads_its_examples(row: dict[str, object]) -> None:
    paragraphs = str(row["Input"]).split("\n\n")
    found = [
        f"{s.speaker.name or '?'} | {s.voice.value} | "
        + " … ".join(paragraphs[s.paragraph][start:end] for start, end in s.said)
        for s in read_speech(paragraphs)
    ]
    assert found == row["Results"]
