"""Words and digits of a text for tests that need no tokens, at the speed of C: rules ask them for every paragraph."""

_LOWER_LETTERS = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" else ord(" ") for code in range(256))
_WIDE_MARKS = "\u2018\u2019\u201c\u201d\u2010\u2013\u2014\u2212"
_MARKS_AS_SPACES = str.maketrans(dict.fromkeys(f"-.,;:!?()[]'\"/%{_WIDE_MARKS}", " "))


def lower_runs(text: str) -> list[str]:
    """Return the runs of the letters a to z in order: of a word with a capital, the letters behind it."""
    return text.encode("utf-8", "replace").translate(_LOWER_LETTERS).decode("ascii").split()


def split_at_marks(text: str) -> list[str]:
    """Return the words of a text, which end at white space, hyphens, dashes, quotation marks and punctuation."""
    if not text.isascii():  # `translate` is slow with other characters, and most texts have no others but these
        for mark in _WIDE_MARKS:
            text = text.replace(mark, " ")
    return text.translate(_MARKS_AS_SPACES).split()


def has_digit(text: str) -> bool:
    """Return True for a text with one of the digits 0 to 9."""
    # Each test is a search by C for one character: a set or a pattern takes eight times as long.
    return (
        "0" in text or "1" in text or "2" in text or "3" in text or "4" in text
        or "5" in text or "6" in text or "7" in text or "8" in text or "9" in text
    )  # fmt: skip
