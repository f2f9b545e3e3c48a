"""Sanitizing text for a terminal: what is removed, what is replaced, what stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.util.sanitize import is_sanitized, sanitize_line, sanitize_text
from tests.support.case_ids import case_ids
from tests.support.strategies import examples

CLEANED = [
    ("", ""),
    ("Plain text, as it is.", "Plain text, as it is."),
    ("Xi’an 太原 café – “quoted”", "Xi’an 太原 café – “quoted”"),
    ("[b]bold[/b] :fire: [/i]", "[b]bold[/b] :fire: [/i]"),
    ("one\n\ntwo\tthree", "one\n\ntwo\tthree"),
    ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    # escape sequences are removed whole
    ("\x1b[31mred\x1b[0m", "red"),
    ("\x1b[38;2;255;0;0mred\x1b[?25l\x1b[2J\x1b[1;1H", "red"),
    ("\x1b]0;a title\x07text", "text"),
    ("\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
    ("\x1b]52;c;c2VjcmV0\x07text", "text"),
    ("\x1bP1$r0m\x1b\\text", "text"),
    ("\x1b_command\x1b\\\x1b^private\x1b\\\x1bXstring\x1b\\text", "text"),
    ("\x1bcreset \x1b(Bset \x1b7saved", "reset set saved"),
    ("\x1b\x1b[31mred", "\ufffdred"),
    ("the end\x1b", "the end\ufffd"),
    # removing one sequence does not create another
    ("\x1b\x1b[0m[31mred", "\ufffd[31mred"),
    # other control characters are replaced, one for one
    ("bell\x07 back\x08 null\x00 del\x7f", "bell\ufffd back\ufffd null\ufffd del\ufffd"),
    ("\x0b\x0c\x1f", "\ufffd\ufffd\ufffd"),
    ("\x9b31mred \x85next", "\ufffd31mred \ufffdnext"),
    ("\x9d0;a title\x9ctext", "\ufffd0;a title\ufffdtext"),
    # text decoded twice: nothing between two quotes is lost
    (
        "â\x80\x9cCoal,â\x80\x9d he said. â\x80\x9cSolar.â\x80\x9d",
        "â\ufffd\ufffdCoal,â\ufffd\ufffd he said. â\ufffd\ufffdSolar.â\ufffd\ufffd",
    ),
    # reading direction, hidden characters, lone surrogates, tags
    ("\u202egnp.exe\u202c", "\ufffdgnp.exe\ufffd"),
    ("\u2066a\u2069 \u200eb\u200f \u061cc", "\ufffda\ufffd b c"),
    ("co\u200bal \ufeffcoal \u2060coal", "coal coal coal"),
    ("co\u200dal \u200ccoal a\u200d\u200c\u0646", "coal coal a\u0646"),
    ("a\u200b\u200c\u0646 \x1b\u200b[31mred", "a\u0646 \ufffd[31mred"),
    ("👨\u200d👩\u200d👧 \u0646\u0645\u06cc\u200c\u062e", "👨\u200d👩\u200d👧 \u0646\u0645\u06cc\u200c\u062e"),
    ("\u180e \U0001d173", "\ufffd \ufffd"),
    ("one\u2028two\u2029three", "one\ufffdtwo\ufffdthree"),
    ("\ud800 \udfff", "\ufffd \ufffd"),
    ("a\U000e0041b\U000e007f", "a\ufffdb\ufffd"),
]


@pytest.mark.parametrize(("text", "expected"), CLEANED, ids=case_ids(CLEANED))
def test_sanitize_text(text: str, expected: str) -> None:
    assert sanitize_text(text) == expected


LINES = [
    ("one\n\ntwo\tthree", "one two three"),
    ("one\r\ntwo\n", "one two "),
    ("\x1b[31mone\x1b[0m\n\x07two", "one \ufffdtwo"),
    ("spaces   stay", "spaces   stay"),
]


@pytest.mark.parametrize(("text", "expected"), LINES, ids=case_ids(LINES))
def test_sanitize_line(text: str, expected: str) -> None:
    assert sanitize_line(text) == expected


SPECIAL = st.sampled_from(
    [*"\x1b[]0;1mPX^_\\ABc?\x07\x08\x7f\x9b\x9c\x9d\x90\r\n\t \u202e\u200b\ufeff\ud800\U000e0041é太"]
)
ANYTHING = st.text(SPECIAL | st.characters(), max_size=40)


@examples(400)
@given(text=ANYTHING)
def test_sanitize_removes_control_sequences_and_is_idempotent(text: str) -> None:
    safe = sanitize_text(text)
    assert sanitize_text(safe) == safe
    assert {c for c in safe if unicodedata.category(c) in ("Cc", "Cs")} <= {"\n", "\t"}
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\ufeff") & set(safe)
    assert "\n" not in sanitize_line(text)
    assert "\t" not in sanitize_line(text)


@examples(200)
@given(text=st.text(st.characters(categories=["L", "N", "P", "S", "M", "Zs"]) | st.sampled_from("\n\t"), max_size=40))
def test_sanitize_text_keeps_safe_text(text: str) -> None:
    assert sanitize_text(text) == text


_REMOVED = dict.fromkeys(map(ord, "\x1b\r\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"))
"""Escapes, line ends and what is invisible: it is removed, not replaced."""


@examples(200)
@given(text=ANYTHING.map(lambda text: text.translate(_REMOVED)))
def test_unsafe_characters_are_replaced_one_for_one(text: str) -> None:
    assert len(sanitize_text(text)) == len(text)


@examples(300)
@given(text=ANYTHING)
def test_is_sanitized_ignores_white_space(text: str) -> None:
    def without_breaks(shown: str) -> str:
        return "".join(c for c in shown if c not in "\r\n\t ")

    assert is_sanitized(text) is (without_breaks(sanitize_line(text)) == without_breaks(text))
