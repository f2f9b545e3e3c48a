"""`facets place --level`: countries, provinces, cities and counties, without streets, parks and parts of the world."""

from pathlib import Path

import pytest

from tests.conftest import Shanxi

PLACES = {
    "bridge": "[US, Inner Mongolia, Yingze Street, Europe, Taiyuan]",
    "ferry": "[United States, Mongolia, North China, 河北, Pinglu]",
    "tunnel": "[US, United States, Hebei, Qi county, Xinjiang]",
}


@pytest.fixture
def crossings(tmp_path: Path, shanxi: Shanxi) -> list[str]:
    """Return the options of an archive of three articles with places of all kinds."""
    folder = tmp_path / "crossings"
    folder.mkdir()
    for name, places in PLACES.items():
        text = f"---\ntitle: The {name}\nplaces: {places}\n---\n\nThe {name} is open.\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    options = ["--corpus", str(folder), "--index", str(tmp_path / "crossings-index")]
    assert shanxi("index", *options).status == 0
    return options


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("country", ["United States\t3", "Mongolia\t1"]),
        ("province", ["Hebei\t2", "Shanxi\t2", "Inner Mongolia\t1", "Xinjiang\t1"]),
        ("city", ["Jinzhong\t1", "Taiyuan\t1"]),
        ("county", ["Pinglu\t1", "Qixian\t1"]),
    ],
)
def test_places_of_a_level(shanxi: Shanxi, crossings: list[str], level: str, expected: list[str]) -> None:
    rows = shanxi("facets", "place", "--level", level, "--fields", "value,articles", *crossings).out.splitlines()
    assert [row for row in rows if not row.endswith("\t0")] == expected


def test_query_of_a_country_has_all_its_names(shanxi: Shanxi, crossings: list[str]) -> None:
    row = shanxi("facets", "place", "--level", "country", "-n1", *crossings).out.rstrip("\n").split("\t")
    assert row == ["United States", "3", '(place:US OR place:"United States")', "0"]
    assert shanxi("list", row[2], "-c", *crossings).out == "3\n"


@pytest.mark.parametrize(
    ("level", "every", "own"),
    [
        ("country", "Norway\t2\tplace:Norway\t1\n", "Norway\t1\tplace:Norway\n"),
        ("city", "Datong\t2\tplace:Datong\t1\n", "Datong\t1\tplace:Datong\n"),
        ("county", "Hunyuan\t2\tplace:Hunyuan\t1\n", "Hunyuan\t1\tplace:Hunyuan\n"),
        ("province", "Shanxi\t2\tplace:Shanxi\t1\n", "Shanxi\t1\tplace:Shanxi\n"),
    ],
)
def test_levels_tell_derived_places_apart(tmp_path: Path, shanxi: Shanxi, level: str, every: str, own: str) -> None:
    folder = tmp_path / "visits"
    folder.mkdir()
    text = (
        "The guests of the fair came to Hunyuan county in Datong from Norway, and the first of them left the next day."
    )
    (folder / "own.md").write_text("---\ntitle: Own\nplaces: [Norway, Hunyuan county]\n---\n\nThe fair is over.\n")
    (folder / "read.md").write_text(f"---\ntitle: Read\n---\n\n{text}\n")
    (folder / "none.md").write_text("---\ntitle: None\n---\n\nThe fair of the village is over.\n")
    line = ["facets", "place", "--level", level, "-n1", "--corpus", str(folder), "--index", str(tmp_path / "index")]
    assert shanxi(*line).out == every
    assert shanxi(*line, "--no-derived").out == own
    total = "in 1 derived from the text (--no-derived leaves them out)"
    assert total in shanxi(*line, "-f", "terminal").err
    assert total not in shanxi(*line, "--no-derived", "-f", "terminal").err
