"""Text in normal form, however many accents somebody piled up."""

from unicodedata import combining, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.util.unicode import normalize_nfc, replace_surrogates
from tests.support.strategies import examples

NORMAL = [
    ("", ""),
    ("cafe\u0301", "café"),
    ("a\u0327\u0301" * 3, "a\u0301\u0327".replace("a\u0301", "á") * 3),
    ("e" + "\u0301" * 30, "é" + "\u0301" * 29),
    ("e" + "\u0327" * 31, "ȩ" + "\u0327" * 29 + "\u034f" + "\u0327"),
    ("—" * 40, "—" * 40),
]


@pytest.mark.parametrize(("text", "expected"), NORMAL)
def test_normal_form(text: str, expected: str) -> None:
    assert normalize_nfc(text) == expected


def test_half_characters_are_replaced_one_for_one() -> None:
    assert replace_surrogates("a\ud800b\udfff 👨 é") == "a\ufffdb\ufffd 👨 é"


def test_a_file_of_accents_takes_no_longer_than_another() -> None:
    text = normalize_nfc("e" + "\u0301\u0327" * 2_000_000)  # a day, by the plain function
    assert sum(map(bool, map(combining, text))) + 1 >= 3_999_999


@examples(300)
@given(text=st.text(st.sampled_from("e\u0301\u0327\u0344\u1abf —") | st.characters(), max_size=80))
def test_usual_text_is_only_normalized(text: str) -> None:
    found = normalize_nfc(text)
    assert normalize_nfc(found) == found
    if "\u034f" not in found:
        assert found == normalize("NFC", text)
