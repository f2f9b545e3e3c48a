"""Dehyphenation: decide whether two parts at a line end are one word, one with a hyphen, or two words.

The rule that measured best on three pages of China Daily (2026-11): join when the joined word is known, in the page or
in the word list, and the parts do not occur side by side elsewhere; keep the hyphen when the hyphenated form occurs
inside a line, or when both parts are words and the joined form is not. No spelling is ever corrected.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from shanxi_cli.analysis.word_frequency import COMMON_FREQUENCY, FUNCTION_WORD_FREQUENCY, is_known_word, word_frequency
from shanxi_cli.segmentation.lexicon import HYPHENATED_PREFIXES, WORD_ENDINGS

HYPHENS = "-\u00ad\u2010\u2011\ufffe¬"
"""Hyphens at a line end; PDF readers give U+FFFE, scanners often `¬`."""
_LAST_WORD_PATTERN = re.compile(rf"(?P<word>(?:[^\W_]|['’-])*[^\W_])(?P<hyphen>[{HYPHENS}])?\Z")
_FIRST_WORD_PATTERN = re.compile(r"(?:[^\W_])+(?:['’-][^\W_]+)*")
_WORD_PATTERN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SUSPENDED_HYPHEN_WORDS = frozenset("and or to nor but und".split())
_INNER_HYPHEN_PATTERN = re.compile(
    rf"(?<![^\W\d_])(?P<left>[^\W\d_]{{2,}})(?P<cut>[{HYPHENS}]\s?|\u00ad)(?P<right>[a-z][^\W\d_]+)"
)
_MAX_WORD_LENGTH = 200
_PAGE_COUNT_WEIGHT = 5_000
"""Weight of one occurrence in the page, in counts of the word list."""


class WordBoundary(Enum):
    """Text between two words that meet at a line end."""

    SPACE = " "  # two words
    HYPHEN = "-"  # one word with a hyphen of its own
    NOTHING = ""  # one word


class PageVocabulary:
    """Words of a page, as evidence for its repair.

    `counts` has the occurrences of each word, `adjacent_pairs` the words that occur side by side in a line,
    `hyphenated_words` those printed with a hyphen inside a line, `line_end_pairs` how often two words meet at a line
    end, and `waiting_cuts` the parts before a hyphen at a line end that the next line does not complete; all in lower
    case.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        self.line_end_pairs: Counter[tuple[str, str]] = Counter()
        self.waiting_cuts: set[str] = set()
        last = cut = ""
        self.adjacent_pairs: set[tuple[str, str]] = set()
        self.hyphenated_words: set[str] = set()
        for line in lines:
            words = [word.lower() for word in _WORD_PATTERN.findall(line)]
            self.counts.update(words)
            self.adjacent_pairs.update(itertools.pairwise(words))
            if words:
                self.line_end_pairs[last, words[0]] += 1
                if cut and not is_known_word(cut + words[0]):
                    self.waiting_cuts.add(cut)
                last = words[-1]
                cut = last if line[-1] in HYPHENS else ""
            for word in words:
                if "-" in word:
                    self.hyphenated_words.add(word)
                    self.counts.update(word.split("-"))
        self.waiting_cuts |= {cut} if cut else set()

    def estimate_frequency(self, word: str, elsewhere: int) -> int:
        """Return the count of a word in the word list, plus its weighted count in the page beyond `elsewhere`."""
        seen = self.counts[word.lower()] - elsewhere
        return word_frequency(word) + _PAGE_COUNT_WEIGHT * max(seen, 0)

    def completes_cut(self, rest: str) -> bool:
        """Return True if letters are the rest of a word that another place of the page has cut."""
        return any(is_known_word(cut + rest) for cut in self.waiting_cuts)

    def contains_word(self, word: str) -> bool:
        """Return True if the page or the word list has the word."""
        return self.counts[word.lower()] > 0 or is_known_word(word)


class JoinedText(NamedTuple):
    """A text joined from two, and the repair of a word cut between them, or empty: `allevi- ation: alleviation`."""

    text: str
    repair: str = ""


def join_lines(left: str, right: str, vocabulary: PageVocabulary) -> JoinedText:
    """Join `left` and `right`, which met at a line end."""
    last, first = _LAST_WORD_PATTERN.search(left, _tail_start(left)), _FIRST_WORD_PATTERN.match(right)
    if not last or not first:
        return JoinedText(f"{left} {right}")
    hyphen, head = last["hyphen"] or "", last["word"]
    cut = decide_boundary(head, first.group(), hyphen, vocabulary)
    if cut is WordBoundary.SPACE:
        return JoinedText(f"{left} {right}")
    text = left.removesuffix(hyphen) + cut.value + right
    repair = f"{head}{'-' if hyphen else ''} {first.group()}: {head}{cut.value}{first.group()}"
    return JoinedText(text, repair)


def _tail_start(text: str) -> int:
    """Return the offset from which the last word of a text is searched for; longer words are none."""
    return max(0, len(text) - _MAX_WORD_LENGTH)


def decide_boundary(left: str, right: str, hyphen: str, vocabulary: PageVocabulary) -> WordBoundary:
    """Return the text between the last word of a line (without its `hyphen`, if any) and the first of the next."""
    if hyphen:
        return _decide_hyphenated(left, right, vocabulary)
    return WordBoundary.NOTHING if _is_split_word(left, right, vocabulary) else WordBoundary.SPACE


def _decide_hyphenated(left: str, right: str, vocabulary: PageVocabulary) -> WordBoundary:
    whole = (left + right).lower()
    if right.lower() in _SUSPENDED_HYPHEN_WORDS and not is_known_word(whole):
        return WordBoundary.HYPHEN if not left else WordBoundary.SPACE
    part, piece = left.rpartition("-")[2], right.partition("-")[0]
    if not right[0].islower() or not part or not part[-1].isalpha() or len(part) == 1:
        return WordBoundary.HYPHEN
    if f"{left}-{right}".lower() in vocabulary.hyphenated_words:
        return WordBoundary.HYPHEN
    bare, end = re.split("['’]", piece)[0], (part + piece).lower()
    known = vocabulary.contains_word(end) or vocabulary.contains_word(part + bare) or vocabulary.counts[whole] > 0
    if known:
        doubled = (
            part.lower() in HYPHENATED_PREFIXES
            and part[-1].lower() == bare[:1]
            and not vocabulary.counts[end]
            and is_known_word(bare)  # but Mid-dle and inter-rupted
        )
        return WordBoundary.HYPHEN if doubled else WordBoundary.NOTHING  # co-operate, re-elect
    if part[0].isupper():
        return WordBoundary.HYPHEN if word_frequency(bare) >= COMMON_FREQUENCY else WordBoundary.NOTHING
    # high-tech, though the list has no tech; but neither govern-ance nor anything else that is an ending.
    compound = word_frequency(part) and (
        word_frequency(bare) or (word_frequency(part) >= COMMON_FREQUENCY and len(bare) > 3)
    )
    return WordBoundary.HYPHEN if compound and bare not in WORD_ENDINGS else WordBoundary.NOTHING


def _is_split_word(left: str, right: str, vocabulary: PageVocabulary) -> bool:
    """Return True for a word cut without a hyphen: at least one part is not a word."""
    bare = re.split("['’]", right)[0]
    if len(left) < 2 or len(bare) < 2 or not left[-1].isalpha() or not bare.isalpha() or not bare.islower():
        return False
    if "'" in left or "’" in left or "-" in left or (left[0].isupper() and left[1:].isupper()):
        return False
    whole = left + bare
    if (left.lower(), bare) in vocabulary.adjacent_pairs or not (
        vocabulary.counts[whole.lower()] or word_frequency(whole)
    ):
        return False
    # The word may be cut so at several line ends, which is no proof that its halves are words.
    cuts = max(1, vocabulary.line_end_pairs[left.lower(), bare])
    rarer = min(vocabulary.estimate_frequency(left, cuts), vocabulary.estimate_frequency(bare, cuts))
    if (
        max(word_frequency(left), word_frequency(bare)) >= FUNCTION_WORD_FREQUENCY
        and min(word_frequency(left), word_frequency(bare)) >= COMMON_FREQUENCY
    ):
        return False
    return rarer < 20_000 and vocabulary.estimate_frequency(whole, 0) >= 3 * rarer


def is_word_broken(left: str, right: str, vocabulary: PageVocabulary) -> bool:
    """Return True if a word was cut between the end of `left` and the beginning of `right`."""
    last, first = _LAST_WORD_PATTERN.search(left, _tail_start(left)), _FIRST_WORD_PATTERN.match(right)
    if not last or not first:
        return False
    return bool(last["hyphen"]) or decide_boundary(last["word"], first.group(), "", vocabulary) is WordBoundary.NOTHING


def dehyphenate_text(text: str, vocabulary: PageVocabulary) -> tuple[str, list[str]]:
    """Return `text` without the hyphens that line ends left inside it (`allevi-ation`), and the repairs."""
    repairs: list[str] = []

    def mend(match: re.Match[str]) -> str:
        left, right, cut = match["left"], match["right"], match["cut"]
        if cut == "\u00ad":
            return left + right
        spaced = cut[-1].isspace()
        if spaced:
            how = decide_boundary(left, right, cut[0], vocabulary)
            if how is WordBoundary.SPACE or right in _SUSPENDED_HYPHEN_WORDS:
                return match.group()
        elif _is_stray_hyphen(left, right, vocabulary):
            how = WordBoundary.NOTHING
        else:
            return match.group()
        repairs.append(f"{left}{cut.replace(cut[0], '-')}{right}: {left}{how.value}{right}")
        return left + how.value + right

    before = ""
    while before != text:  # a word may have been cut twice
        before, text = text, _INNER_HYPHEN_PATTERN.sub(mend, text)
    return text, repairs


def _is_stray_hyphen(left: str, right: str, vocabulary: PageVocabulary) -> bool:
    """Return True if a hyphen inside a line is left over: the whole is a word and one part is not."""
    whole = (left + right).lower()
    known = word_frequency(whole) or vocabulary.counts[whole]
    if not known or left.lower() in HYPHENATED_PREFIXES or vocabulary.counts[f"{left}-{right}".lower()] > 1:
        return False
    rarer = min(word_frequency(left), word_frequency(right))
    return rarer < COMMON_FREQUENCY and word_frequency(whole) >= 5 * rarer
