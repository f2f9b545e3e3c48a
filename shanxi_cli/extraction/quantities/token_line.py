"""A paragraph as numerals, words and single marks, each with its place. It knows no numbers yet.

Unlike the words of the index, a hyphen ends a word here: `16-gigawatt` is three pieces, and
whether they touch is asked with `Line.glued`.
"""

import re
from typing import NamedTuple

_TOKEN_PATTERN = re.compile(
    r"(?P<numeral>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w]|[\w])"
)
HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
"""Hyphen, en and em dash, minus: newspapers' files mix them up."""


class TextToken(NamedTuple):
    """A piece of the text; `low` is `text` in lower case; `start` and `end` are half-open, in characters."""

    text: str
    low: str
    start: int
    end: int
    kind: str  # numeral, word or mark


NULL_TOKEN = TextToken("", "", -9, -9, "")
"""What stands before the first piece and after the last."""


class TokenLine:
    """The pieces of one paragraph. Any index may be asked for: outside there is `NULL_TOKEN`."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Made as tuples are: every paragraph with a number comes through here, and `Piece(...)` takes twice as long.
        made = tuple.__new__
        self.pieces = [
            made(TextToken, (s := found.group(), s.lower(), *found.span(), found.lastgroup))
            for found in _TOKEN_PATTERN.finditer(text)
        ]

    def __len__(self) -> int:
        return len(self.pieces)

    def at(self, i: int) -> TextToken:
        """The piece at index `i`."""
        return self.pieces[i] if 0 <= i < len(self.pieces) else NULL_TOKEN

    def low(self, i: int) -> str:
        """The piece at `i` in lower case."""
        return self.pieces[i].low if 0 <= i < len(self.pieces) else ""

    def kind(self, i: int) -> str:
        """`numeral`, `word`, `mark`, or empty outside."""
        return self.pieces[i].kind if 0 <= i < len(self.pieces) else ""

    def glued(self, i: int) -> bool:
        """True when nothing stands between the piece at `i` and the one before it."""
        return 0 < i < len(self.pieces) and self.pieces[i - 1].end == self.pieces[i].start

    def hyphen(self, i: int) -> bool:
        """True when the piece at `i` is a hyphen or dash that touches the piece before it."""
        return self.low(i) in HYPHENS and self.glued(i)

    def capital(self, i: int) -> bool:
        """True when the piece at `i` is a word with a capital letter first."""
        piece = self.at(i)
        return piece.kind == "word" and piece.text[0].isupper()

    def phrase(self, i: int, j: int) -> str:
        """The pieces `i` to `j` (excluded) in lower case, one space between each, hyphens left out."""
        return " ".join(p.low for p in self.pieces[max(i, 0) : max(j, 0)] if p.low not in HYPHENS)

    def printed(self, i: int, j: int) -> str:
        """The text from the piece at `i` to before the one at `j`, as printed; empty when `j <= i`."""
        return self.text[self.pieces[i].start : self.pieces[j - 1].end] if 0 <= i < j <= len(self.pieces) else ""
