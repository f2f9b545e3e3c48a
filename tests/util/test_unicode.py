"""Unicode normalization, also of very long runs of combining marks."""

from unicodedata import combining, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.util.unicode import normalize_nfc, replace_surrogates
from tests.support.case_ids import case_ids
from tests.support.strategies import examples

NORMAL = [
    ("", ""),
    ("cafe\u0301", "café"),
    ("a\u0327\u0301" * 3, "a\u0301\u0327".replace("a\u0301", "á") * 3),
    ("e" + "\u0301" * 30, "é" + "\u0301" * 29),
    ("e" + "\u0327" * 31, "ȩ" + "\u0327" * 29 + "\u034f" + "\u0327"),
    ("—" * 40, "—" * 40),
]


@pytest.mark.parametrize(("text", "expected"), NORMAL, ids=case_ids(NORMAL))
def test_normalize_nfc(text: str, expected: str) -> None:
    assert normalize_nfc(text) == expected


def test_replace_surrogates_one_for_one() -> None:
    assert replace_surrogates("a\ud800b\udfff 👨 é") == "a\ufffdb\ufffd 👨 é"


def test_normalize_nfc_takes_linear_time() -> None:
    text = normalize_nfc("e" + "\u0301\u0327" * 2_000_000)  # `unicodedata.normalize` takes a day
    assert sum(map(bool, map(combining, text))) + 1 >= 3_999_999


@examples(300)
@given(text=st.text(st.sampled_from("e\u0301\u0327\u0344\u1abf —") | st.characters(), max_size=80))
def test_normalize_nfc_of_usual_text_is_plain_nfc(text: str) -> None:
    normalized = normalize_nfc(text)
    assert normalize_nfc(normalized) == normalized
    if "\u034f" not in normalized:
        assert normalized == normalize("NFC", text)
