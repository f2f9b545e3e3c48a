"""A paragraph as numerals, words and single marks, each with its place. It knows no numbers yet.

Unlike the words of the index, a hyphen ends a word here: `16-gigawatt` is three tokens, and
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
    """A token of the text; `low` is `text` in lower case; `start` and `end` are half-open, in characters."""

    text: str
    lower: str
    start: int
    end: int
    kind: str  # numeral, word or mark


NULL_TOKEN = TextToken("", "", -9, -9, "")
"""What stands before the first token and after the last."""


class TokenLine:
    """The tokens of one paragraph. Any index may be asked for: outside there is `NULL_TOKEN`."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Made as tuples are: every paragraph with a number comes through here, and `Piece(...)` takes twice as long.
        made = tuple.__new__
        self.tokens = [
            made(TextToken, (s := found.group(), s.lower(), *found.span(), found.lastgroup))
            for found in _TOKEN_PATTERN.finditer(text)
        ]

    def __len__(self) -> int:
        return len(self.tokens)

    def token_at(self, i: int) -> TextToken:
        """The token at index `i`."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else NULL_TOKEN

    def lower_at(self, i: int) -> str:
        """The token at `i` in lower case."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def kind_at(self, i: int) -> str:
        """`numeral`, `word`, `mark`, or empty outside."""
        return self.tokens[i].kind if 0 <= i < len(self.tokens) else ""

    def no_space_before(self, i: int) -> bool:
        """True when nothing stands between the token at `i` and the one before it."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def is_hyphen(self, i: int) -> bool:
        """True when the token at `i` is a hyphen or dash that touches the token before it."""
        return self.lower_at(i) in HYPHENS and self.no_space_before(i)

    def is_capitalised(self, i: int) -> bool:
        """True when the token at `i` is a word with a capital letter first."""
        token = self.token_at(i)
        return token.kind == "word" and token.text[0].isupper()

    def lower_text(self, i: int, j: int) -> str:
        """The tokens `i` to `j` (excluded) in lower case, one space between each, hyphens left out."""
        return " ".join(p.lower for p in self.tokens[max(i, 0) : max(j, 0)] if p.lower not in HYPHENS)

    def printed_text(self, i: int, j: int) -> str:
        """The text from the token at `i` to before the one at `j`, as printed; empty when `j <= i`."""
        return self.text[self.tokens[i].start : self.tokens[j - 1].end] if 0 <= i < j <= len(self.tokens) else ""
