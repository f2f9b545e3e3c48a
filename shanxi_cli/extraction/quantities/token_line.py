"""Tokens of a paragraph: numerals, words and single marks, each with its place. It knows no numbers.

Unlike the tokens of the index, a hyphen ends a word here: `16-gigawatt` is three tokens, and
`TokenLine.no_space_before` says whether they touch.
"""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

_TOKEN_PATTERN = re.compile(
    r"(?P<numeral>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w]|[\w])"
)
_PIECE_PATTERN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\s+|.", re.DOTALL)
"""The tokens, and the white space between them: `findall` gives them in half the time of matches with their places."""
HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
"""Hyphen, en and em dash, minus: newspapers' files mix them up."""


class TextToken(NamedTuple):
    """A token; `lower` is `text` in lower case; `start` and `end` are half-open, in characters, into the paragraph."""

    text: str
    lower: str
    start: int
    end: int
    kind: str  # numeral, word or mark


class _PieceKinds(dict[str, tuple[str, str]]):
    """A cache of piece of a text -> (lower case, kind), filled on demand; the kind of white space is empty."""

    LIMIT = 100_000

    def __missing__(self, piece: str) -> tuple[str, str]:
        token = _TOKEN_PATTERN.match(piece)
        if len(self) >= self.LIMIT:
            self.clear()
        found = self[piece] = piece.lower(), token.lastgroup or "" if token else ""
        return found


_piece_kinds = _PieceKinds()

NULL_TOKEN = TextToken("", "", -9, -9, "")
"""The token at any index outside a line."""


class TokenLine:
    """The tokens of one paragraph, or of some of its sentences. Any index is valid: outside the line is `NULL_TOKEN`.

    `bounds` are the sentences, in tokens, half-open; together they cover the line.
    """

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]] | None = None) -> None:
        self.text = text
        # Every paragraph with a number is tokenized, and `TextToken(...)` takes twice as long as its `__new__`.
        made = tuple.__new__
        self.tokens: list[TextToken] = []
        self.bounds: list[tuple[int, int]] = []
        for start, end in ((0, len(text)),) if sentences is None else sentences:
            first = len(self.tokens)
            pieces = _PIECE_PATTERN.findall(text, start, end)
            ends = [*accumulate(map(len, pieces), initial=start)]
            self.tokens += [
                made(TextToken, (piece, lower, at, stop, kind))
                for piece, (lower, kind), at, stop in zip(
                    pieces, map(_piece_kinds.__getitem__, pieces), ends, ends[1:], strict=False
                )
                if kind
            ]
            self.bounds.append((first, len(self.tokens)))
        self.lower_words = [token[1] for token in self.tokens]
        self._size = len(self.tokens)

    def __len__(self) -> int:
        return self._size

    def token_at(self, i: int) -> TextToken:
        """Return the token at index `i`."""
        return self.tokens[i] if 0 <= i < self._size else NULL_TOKEN

    def lower_at(self, i: int) -> str:
        """Return the token at `i` in lower case, empty outside the line."""
        return self.lower_words[i] if 0 <= i < self._size else ""

    def kind_at(self, i: int) -> str:
        """Return `numeral`, `word`, `mark`, or an empty string outside the line."""
        return self.tokens[i][4] if 0 <= i < self._size else ""

    def no_space_before(self, i: int) -> bool:
        """Return True when the token at `i` touches the one before it."""
        return 0 < i < self._size and self.tokens[i - 1][3] == self.tokens[i][2]

    def is_hyphen(self, i: int) -> bool:
        """Return True when the token at `i` is a hyphen or dash that touches the token before it."""
        return 0 <= i < self._size and self.lower_words[i] in HYPHENS and self.no_space_before(i)

    def is_capitalised(self, i: int) -> bool:
        """Return True when the token at `i` is a word that begins with a capital."""
        token = self.token_at(i)
        return token.kind == "word" and token.text[0].isupper()

    def lower_text(self, i: int, j: int) -> str:
        """Return the tokens `i` to `j` (half-open) in lower case, joined by single spaces, without hyphens."""
        return " ".join([word for word in self.lower_words[max(i, 0) : max(j, 0)] if word not in HYPHENS])

    def printed_text(self, i: int, j: int) -> str:
        """Return the text of the tokens `i` to `j` (half-open) as printed; empty when `j <= i`."""
        return self.text[self.tokens[i].start : self.tokens[j - 1].end] if 0 <= i < j <= len(self.tokens) else ""
