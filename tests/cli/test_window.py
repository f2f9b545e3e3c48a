"""The size of the window: a `COLUMNS` that no window has is ignored, and nothing is lost."""

import pytest

from tests.conftest import Shanxi

COMMANDS = [
    "search coal",
    "show taiyuan",
    "figures",
    "quotes",
    "kwic coal",
    "facets place",
    "timeline",
    "similar taiyuan",
]
UNUSABLE = ["0", "00", "-5", "1", "2", "+80", "8e1", "wide", " ", "²", "٨٠", "1" * 30, "99999999"]


@pytest.mark.parametrize("name", ["COLUMNS", "LINES"])
@pytest.mark.parametrize("value", UNUSABLE)
def test_unusable_size_is_ignored(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    if name == "LINES" and value in ("1", "2"):
        pytest.skip("a window may have so few lines")
    for command in COMMANDS:
        usual = shanxi(*command.split(), "-f", "terminal").out
        monkeypatch.setenv(name, value)
        assert shanxi(*command.split(), "-f", "terminal").out == usual != ""


def test_columns_set_the_width(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = shanxi("search", "coal", "-f", "terminal").out.splitlines()
    assert 30 < max(map(len, lines)) <= 40


@pytest.mark.parametrize("columns", range(20, 26))
def test_narrowest_window_shows_every_row(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    def letters(command: str) -> str:
        return "".join(char for char in shanxi(*command.split(), "-f", "terminal").out if char.isalnum())

    usual = {command: letters(command) for command in ("search coal", "show taiyuan", "figures", "quotes")}
    monkeypatch.setenv("COLUMNS", str(columns))
    for command, expected in usual.items():
        assert sorted(letters(command)) == sorted(expected), command
