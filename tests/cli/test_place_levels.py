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
    rows = shanxi("facets", "place", "--level", level, *crossings).out.splitlines()
    assert [row for row in (line.rsplit("\t", 1)[0] for line in rows) if not row.endswith("\t0")] == expected


def test_query_of_a_country_has_all_its_names(shanxi: Shanxi, crossings: list[str]) -> None:
    row = shanxi("facets", "place", "--level", "country", "-n1", *crossings).out.rstrip("\n").split("\t")
    assert row == ["United States", "3", '(place:US OR place:"United States")']
    assert shanxi("list", row[2], "-c", *crossings).out == "3\n"
