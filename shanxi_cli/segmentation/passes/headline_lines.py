"""Headlines inside runs of lines: pages of 1900 and plain OCR have no empty line above and below them."""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.lexicon import MONTHS, WEEKDAYS
from shanxi_cli.segmentation.rules.credits import parse_standalone_credit
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence

_WORD_PATTERN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_RULE_END_PATTERN = re.compile(r"[.!?:—–-][\"'”’)]*\Z")
_MIN_LETTERS = 6
_MAX_WORDS = 14
_MIN_DECK_WORDS = 3
_MIN_TEXT_WORDS = 3
_NEAR_LINES = 3
"""Lines below a headline, such as a dateline, within which its text begins."""


def split_headline_lines(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the half-open ranges of lines that belong together: a headline in capitals, a deck right below, text.

    A headline follows the end of a sentence or stands at the top, and text follows it.
    """
    kinds = _classify_lines(texts)
    starts = [
        n
        for n in range(len(texts))
        if n == 0 or kinds[n] != kinds[n - 1] or (kinds[n] and _RULE_END_PATTERN.search(texts[n - 1]))
    ]
    return list(zip(starts, [*starts[1:], len(texts)], strict=True))


def _classify_lines(texts: Sequence[str]) -> list[str]:
    """Return for each line `capitals`, `deck` or empty for text."""
    kinds: list[str] = []
    for n, text in enumerate(texts):
        before = kinds[-1] if kinds else ""
        is_free = n == 0 or bool(before) or ends_sentence(texts[n - 1])
        if is_free and is_capital_headline(text):
            kinds.append("capitals")
        elif before and _is_deck_line(text):
            kinds.append("deck")
        else:
            kinds.append("")
    for n in range(len(kinds) - 1, -1, -1):
        below = n + 1 < len(kinds) and (
            bool(kinds[n + 1]) or any(map(_is_text_line, texts[n + 1 : n + 1 + _NEAR_LINES]))
        )
        kinds[n] = kinds[n] if below else ""  # else a signature, an address, or the end of a table
    return kinds


def _is_text_line(text: str) -> bool:
    return len([word for word in _WORD_PATTERN.findall(text) if word.islower()]) >= _MIN_TEXT_WORDS


def is_capital_headline(text: str) -> bool:
    """Return True for two to fourteen words in capitals that are neither a dateline nor a credit."""
    words = _WORD_PATTERN.findall(text)
    if not text.isupper() or not 2 <= len(words) <= _MAX_WORDS or sum(map(len, words)) < _MIN_LETTERS:
        return False
    dated = any(word.lower() in MONTHS or word.lower() in WEEKDAYS for word in words)
    is_credit = "/" in text or bool(parse_standalone_credit(text))
    return not dated and not is_credit and text[-1] not in ",;"


def _is_deck_line(text: str) -> bool:
    """Return True for a line whose longer words all begin with a capital: `Riggers Go Back To-day`."""
    words = _WORD_PATTERN.findall(text)
    long = [word for word in words if len(word) > 3]
    if not _MIN_DECK_WORDS <= len(words) <= _MAX_WORDS or len(long) < 2:
        return False
    return all(word[0].isupper() for word in long) and text[-1] not in ",;-" and not text[0].isdigit()
