"""Sentences of newspaper text: where each begins and ends."""

import re
from collections.abc import Iterator
from functools import cache

_SENTENCE_END = (
    r"[.!?…\n。！？](?:"  # a set of characters is what `re` looks for fastest
    r"(?<=[.!?…])(?<![.!?…].)[.!?…]*[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9\u4e00-\u9fff])"
    r"|(?<=\n)\n+"
    r"|(?<=[。！？])[。！？]*[”’]?)"
)
_CERTAIN_END = r"[!?…。！？]|\n\n"
_ABBREVIATION_PATTERN = (
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Gen|Col|Capt|Lt|Gov|Sen|Rep|Co|Ltd|Corp|Inc|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept?|Oct|Nov|Dec|approx|est)|\b[A-Z](?:\.[A-Z])*)\.\Z"
)


@cache
def _compile_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    # Compiled for the first text: three milliseconds that a search in a pipe need not wait for.
    return re.compile(_SENTENCE_END), re.compile(_CERTAIN_END), re.compile(_ABBREVIATION_PATTERN)


def split_sentences(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    """The sentences of `text` in order, as half-open ranges of characters without the space around them.

    A paragraph's end always ends a sentence; a full stop after an initial or a usual abbreviation
    (`Mr.`, `Co.`, `U.S.`) does not. So those from `start` to `stop` alone are the same where these are the ends of
    paragraphs (`enclosing_paragraphs`).
    """
    stop = len(text) if stop is None else stop
    end, is_certain, abbreviation = _compile_patterns()
    for found in end.finditer(text, start, stop):
        certain = is_certain.search(found.group())
        if not certain and abbreviation.search(text, max(start, found.start() - 12), found.start() + 1):
            continue
        yield from _trim_range(text, start, found.end())
        start = found.end()
    yield from _trim_range(text, start, stop)


def enclosing_paragraphs(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the paragraph of `start` begins and the one of the character before `end` ends."""
    first, last = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    return first + 2 if first >= 0 else 0, last if last >= 0 else len(text)


def _trim_range(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
