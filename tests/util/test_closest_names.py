"""Did-you-mean: the most similar name, or none."""

import pytest

from shanxi_cli.util.closest_names import closest_name, closest_names

NAMES = ("title", "section", "publication", "person")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("titel", "title"), ("sections", "section"), ("persn", "person"), ("zzz", None), ("", None), ("TITLE", None)],
)
def test_closest_name(name: str, expected: str | None) -> None:
    assert closest_name(name, NAMES) == expected


def test_closest_names_are_limited_and_sorted() -> None:
    assert closest_names("coal", ["cola", "coal", "coals", "mine"], limit=2) == ["coal", "coals"]
    assert closest_names("coal", ["cola"], cutoff=0.9) == []
