"""How like two words are, and which of many words are like one. No text and no query here.

An edit is a letter added, dropped or changed, or two neighbours swapped (optimal string alignment distance).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator


def is_similar_word(asked: str, word: str, limit: int) -> bool:
    """True when `asked` becomes `word` by at most `limit` edits, and is not the name of the neighbouring province."""
    return edit_distance(asked, word, limit) is not None and not is_neighbour_province(asked, word)


def is_neighbour_province(asked: str, word: str) -> bool:
    """True when `word` is the name of one of the provinces Shanxi (山西) and Shaanxi (陕西) and `asked`, which is
    spelt like it, means the other: the nearer of the two, and Shanxi where both are as near.

    Their names differ by a letter, so that no likeness may lead from the one to the other.
    """
    if word not in ("shanxi", "shaanxi"):
        return False
    other = "shaanxi" if word == "shanxi" else "shanxi"
    far = len(asked) + len(word)
    edits, others = edit_distance(asked, word, far), edit_distance(asked, other, far)
    assert edits is not None and others is not None
    return others < edits or (others == edits and word == "shaanxi")


def edit_distance(a: str, b: str, limit: int) -> int | None:
    """How many edits make `b` of `a`, None when more than `limit`."""
    if abs(len(a) - len(b)) > limit:
        return None
    if a == b:
        return 0
    a, b = _strip_common_ends(a, b)
    if not a or not b:
        return max(len(a), len(b))  # not more than the limit, as the lengths are
    return _banded_distance(a, b, limit)


def _strip_common_ends(a: str, b: str) -> tuple[str, str]:
    """The two words, which differ, without what they begin and end with in common: it needs no edit."""
    start, shorter = 0, min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]


def _banded_distance(a: str, b: str, limit: int) -> int | None:
    """The distance by the usual table; only the band round its diagonal is filled that `limit` leaves open."""
    far, width = limit + 1, len(b) + 1
    older, above = [far] * width, [min(j, far) for j in range(width)]
    for i, x in enumerate(a, 1):
        row = [far] * width
        row[0] = min(i, far)
        for j in range(max(1, i - limit), min(width, i + limit + 1)):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != b[j - 1]))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == b[j - 1]:
                cost = min(cost, older[j - 2] + 1)
            row[j] = cost
        if min(row) > limit:
            return None
        older, above = above, row
    return above[-1] if above[-1] <= limit else None


class FuzzyWordIndex:
    """Different words, kept so that few of them have to be compared with a word to find those like it.

    An edit changes at most two of the letters that a word has, so words whose letters differ by more are not
    like it. Letters are counted in bits; two may share one, which lets through more, never fewer.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[int, list[str]] = defaultdict(list)  # by length
        for word in words:
            self._words[len(word)].append(word)
        self._with_letters: dict[int, list[tuple[str, int]]] = {}

    def near(self, word: str, limit: int) -> Iterator[tuple[str, int]]:
        """The words at most `limit` edits away from `word`, each with how many; the shorter ones first."""
        letters, most = _letter_mask(word), 2 * limit
        for length in range(len(word) - limit, len(word) + limit + 1):
            likely = [other for other, others in self._of_length(length) if (letters ^ others).bit_count() <= most]
            for other in likely:
                edits = edit_distance(word, other, limit)
                if edits is not None and not is_neighbour_province(word, other):
                    yield other, edits

    def _of_length(self, length: int) -> list[tuple[str, int]]:
        if length not in self._with_letters:
            self._with_letters[length] = [(word, _letter_mask(word)) for word in self._words.get(length, ())]
        return self._with_letters[length]


def _letter_mask(word: str) -> int:
    """A bit for each letter, another where it stands twice, and a third where it stands more often."""
    once = twice = often = 0
    for letter in word:
        bit = 1 << (ord(letter) & 63)
        often |= twice & bit
        twice |= once & bit
        once |= bit
    return once | twice << 64 | often << 128
