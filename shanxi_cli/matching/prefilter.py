"""Which words of a text could be what a query looks for, so that the others need not be analysed.

To cut an article into words and to stem them took nine tenths of the time of its passages (2026-11); the few that
begin as something that is looked for are found by `str.find`. They are more than those that match: which do is
decided by `matching`, on words that `tokenize` has made of the text, as ever.

A word is cut out of the stretch between two spaces that it stands in, for no word reaches beyond, and what
stands there decides how it is cut.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from shanxi_cli.analysis.tokenizer import Token, non_ascii_positions, tokenize

STEM_ENDING_LETTERS = 2
"""A word begins as its stem does, but for the last two letters of that: `dying` is stemmed to `die`, and no English
word is changed further from its end (a test asks 160,000)."""


def unfolded_prefixes(word: str) -> Iterator[str]:
    """How a text without case can begin what folds to a word beginning with `word`.

    None for a word that is not ASCII: it comes from characters that `non_ascii_positions` finds.
    """
    if not word.isascii():
        return
    word = word.partition("'")[0]  # a text has other apostrophes too
    yield word
    if word[0].isdigit():
        yield from (f"{word[:n]}," for n in range(1, min(len(word), 4)))  # 1,200
    elif len(word) > 1:
        yield f"{word[0]}."  # U.S.


class WordPrefilter:
    """What is looked for: by how it can begin, and how many words one place of it takes at most."""

    def __init__(self, begin: Iterable[str], width: int) -> None:
        """`width` is 0 where every word stands for itself."""
        starts = sorted(set(begin))
        self._starts = [s for n, s in enumerate(starts) if not any(s.startswith(other) for other in starts[:n])]
        self._width = width

    def words(self, text: str) -> dict[int, Token]:
        """The words that could be what is looked for, with others that stand close to them, by their numbers.

        Two numbers are as far from each other as the words are, or more than `width` where the words are. Where that
        is 0, numbers tell the order and nothing else.
        """
        found: dict[int, Token] = {}
        number = done = 0
        for place in self._places(text):
            if place < done:
                continue
            start = max(text.rfind(" ", done, place), text.rfind("\n", done, place), done - 1) + 1
            end = text.find(" ", place)
            end = len(text) if end < 0 else end
            if self._width and found:
                number += sum(1 for _ in islice(tokenize(text, done, start), self._width))
            for token in tokenize(text, start, end):
                found[number] = token
                number += 1
            done = end
        return found

    def _places(self, text: str) -> list[int]:
        """Where in a text a word may stand that matches, ascending."""
        plain = text.lower()
        if len(plain) != len(text):
            return list(range(len(text)))  # a letter that is two in small: everything is looked at
        places = non_ascii_positions(text)
        for start in self._starts:
            at = plain.find(start)
            while at >= 0:
                # A word may begin after a digit (`5km`, of `1,200km`) or a sign, but never after a letter.
                if not plain[at - 1 : at].isalpha():
                    places.append(at)
                at = plain.find(start, at + 1)
        places.sort()
        return places
