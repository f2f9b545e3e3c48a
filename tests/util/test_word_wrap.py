"""Lines of a window: whole words, and long ids broken after a hyphen."""

import pytest

from shanxi_cli.util.display_width import display_width
from shanxi_cli.util.word_wrap import break_word, wrap_words


@pytest.mark.parametrize(
    ("word", "columns", "parts"),
    [
        ("dam-above-the-town", 20, ["dam-above-the-town"]),
        ("dam-above-the-town", 11, ["dam-above-", "the-town"]),
        ("2021-03-01..2021-04-02", 14, ["2021-03-01..", "2021-04-02"]),
        ("floodwatermark", 6, ["floodw", "aterma", "rk"]),
        ("大坝守住了", 4, ["大坝", "守住", "了"]),
        ("", 5, [""]),
    ],
)
def test_long_words_are_broken_after_hyphens(word: str, columns: int, parts: list[str]) -> None:
    assert break_word(word, columns) == parts
    assert "".join(parts) == word


def test_text_is_wrapped_between_words() -> None:
    text = "the dam above the town held-all-through-the-night of March"
    for columns in (12, 16, 25, 80):
        lines = wrap_words(text, columns, "  ")
        assert all(display_width(line) <= columns for line in lines)
        assert "".join(line.strip() for line in lines).replace(" ", "") == text.replace(" ", "")
    assert wrap_words(text, 16, "  ") == [
        "the dam above",
        "  the town",
        "  held-all-",
        "  through-the-",
        "  night of March",
    ]
