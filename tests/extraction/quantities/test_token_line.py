"""Tokens of a paragraph: equal to the matches of their pattern, with their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.extraction.quantities import token_line
from shanxi_cli.extraction.quantities.token_line import TokenLine

TEXTS = st.text(st.sampled_from("aZé太１5.,'’-_$ \n\u2029"), max_size=30) | st.text(max_size=30)


def tokens_by_pattern(text: str, start: int, end: int) -> list[tuple[object, ...]]:
    return [
        (match.group(), match.group().lower(), *match.span(), match.lastgroup)
        for match in token_line._TOKEN_PATTERN.finditer(text, start, end)
    ]


def test_tokens_have_places_and_kinds() -> None:
    assert [tuple(token) for token in TokenLine("Up 1,200.5 t, it’s_OK").tokens] == [
        ("Up", "up", 0, 2, "word"),
        ("1,200.5", "1,200.5", 3, 10, "numeral"),
        ("t", "t", 11, 12, "word"),
        (",", ",", 12, 13, "mark"),
        ("it’s", "it’s", 14, 18, "word"),
        ("_", "_", 18, 19, "mark"),
        ("OK", "ok", 19, 21, "word"),
    ]


@pytest.mark.parametrize("limit", [100_000, 1], ids=["kinds are kept", "kinds are cleared"])
@given(text=TEXTS)
def test_tokens_equal_matches_of_their_pattern(limit: int, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(token_line._PieceKinds, "LIMIT", limit)
        assert [tuple(token) for token in TokenLine(text).tokens] == tokens_by_pattern(text, 0, len(text))


@given(text=TEXTS, data=st.data())
def test_tokens_of_a_sentence_begin_and_end_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line = TokenLine(text, [(start, end)])
    assert [tuple(token) for token in line.tokens] == tokens_by_pattern(text, start, end)
    assert line.bounds == [(0, len(line))]
