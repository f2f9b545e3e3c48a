"""Fuzzy matching of words by edit distance, with the Shanxi/Shaanxi rule applied."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from shanxi_cli.analysis.edit_distance import edit_distance
from shanxi_cli.analysis.shaanxi_rule import is_neighbour_province


def is_similar_word(query_word: str, word: str, limit: int) -> bool:
    """Return True if `word` is at most `limit` edits away and not the name of the neighbouring province."""
    return edit_distance(query_word, word, limit) is not None and not is_neighbour_province(query_word, word)


class FuzzyWordIndex:
    """A set of words that finds those within an edit distance by comparing few of them.

    One edit changes at most two of the letters of a word, so words whose letters differ by more are skipped. Letters
    are counted in bit masks; two letters may share a bit, which lets more words through, never fewer.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            self._by_length[len(word)].append(word)
        self._masks_by_length: dict[int, list[tuple[str, int]]] = {}

    def words_within(self, word: str, limit: int) -> Iterator[tuple[str, int]]:
        """Yield the words at most `limit` edits away from `word` as (word, edits), shorter words first."""
        mask, max_differing = _letter_mask(word), 2 * limit
        for length in range(len(word) - limit, len(word) + limit + 1):
            for candidate, candidate_mask in self._with_masks(length):
                if (mask ^ candidate_mask).bit_count() > max_differing:
                    continue
                edits = edit_distance(word, candidate, limit)
                if edits is not None and not is_neighbour_province(word, candidate):
                    yield candidate, edits

    def _with_masks(self, length: int) -> list[tuple[str, int]]:
        if length not in self._masks_by_length:
            self._masks_by_length[length] = [(word, _letter_mask(word)) for word in self._by_length.get(length, ())]
        return self._masks_by_length[length]


def _letter_mask(word: str) -> int:
    """Return a bit mask of the letters: one bit for a letter, a second if it occurs twice, a third if more often."""
    once = twice = often = 0
    for letter in word:
        bit = 1 << (ord(letter) & 63)
        often |= twice & bit
        twice |= once & bit
        once |= bit
    return once | twice << 64 | often << 128
