"""Words of any text, for a budget: what lies between white space, and each Chinese or Japanese character."""

import re
from functools import cache

_CJK = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile(rf"{_CJK}|(?:(?!{_CJK})\S)+")


def count_words(text: str) -> int:
    """Return the number of words; never less than `wc -w` counts.

    >>> count_words("coal fell by 1,200 tons"), count_words("太原 coal")
    (5, 3)
    """
    return sum(1 for _ in _word_pattern().finditer(text))


def limit_words(text: str, most: int) -> str:
    """Return a text of at most `most` words, the last of which is an ellipsis if it is shortened; empty for no room.

    >>> limit_words("one two three", 2), limit_words("one two", 2)
    ('one …', 'one two')
    """
    ends = [match.end() for match in _word_pattern().finditer(text)]
    if len(ends) <= most:
        return text
    return f"{text[: ends[most - 2]]} …" if most > 1 else ""
