"""Sentence splitter for newspaper text, English and Chinese."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from shanxi_cli.util.lexicon import load_terms
from shanxi_cli.util.unicode import FIRST_CJK_CHAR

_SENTENCE_END = (
    r"[.!?…\n。！？](?:"  # `re` searches fastest for a set of characters
    r"(?<=[.!?…])(?<![.!?…].)[.!?…]*[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9{}])"
    r"|(?<=\n)\n+"
    r"|(?<=[。！？])[。！？]*[”’」』]*)"
)
_CJK_PATTERN = re.compile(f"[{FIRST_CJK_CHAR}-\U0010ffff]")
_CERTAIN_END = r"[!?…。！？]|\n\n"
_ABBREVIATION = r"(?:\b(?:{})|\b[A-Z](?:\.[A-Z])*)\.\Z"
_MAX_ABBREVIATION = 12
_DAY_PATTERN = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[A-Z]{2,3}T\b|(?:Beijing|London|local) time\b"
"""A day or zone behind `9 a.m.`, whose full stop ends no sentence then."""


@cache
def _end_pattern(*, chinese: bool) -> re.Pattern[str]:
    """Compile on first use; with the range of Chinese characters that takes 1 ms, without it a fifth."""
    return re.compile(_SENTENCE_END.format("\u4e00-\u9fff" if chinese else ""))


@cache
def _exception_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile on first use: 3 ms that a search without snippets saves."""
    abbreviation = _ABBREVIATION.format("|".join(sorted(load_terms("analysis/abbreviations"))))
    return re.compile(_CERTAIN_END), re.compile(abbreviation)


def split_sentences(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text` in order, as half-open ranges of characters without surrounding white space.

    The end of a paragraph always ends a sentence; a full stop after an initial or a common abbreviation
    (`Mr.`, `Co.`, `U.S.`) does not. With `start` and `stop` only that part is split; if both are paragraph
    boundaries (see `enclosing_paragraphs`), its sentences are the same as in the whole text.
    """
    stop = len(text) if stop is None else stop
    chinese = not text.isascii() and bool(_CJK_PATTERN.search(text, start, stop))
    end, (certain_end, abbreviation) = _end_pattern(chinese=chinese), _exception_patterns()
    for match in end.finditer(text, start, stop):
        before = max(start, match.start() - _MAX_ABBREVIATION)
        if text[match.start()] == "." and not certain_end.search(match.group()):
            word = text[before : match.start()].rpartition(" ")[2]
            if _may_be_abbreviation(word) and abbreviation.search(text, before, match.start() + 1):
                continue
        is_clock = text[match.start() - 3 : match.start() + 1].lower() in ("a.m.", "p.m.")
        if is_clock and re.compile(_DAY_PATTERN).match(text, match.end()):
            continue
        yield from _trim_range(text, start, match.end())
        start = match.end()
    yield from _trim_range(text, start, stop)


@cache
def _last_parts() -> frozenset[str]:
    """Return the abbreviations, of one with spaces the last part."""
    return frozenset(term.split()[-1] for term in load_terms("analysis/abbreviations"))


def _may_be_abbreviation(word: str) -> bool:
    """Return False for most words before a full stop; to search the pattern takes much longer."""
    return not (word.isalpha() and 1 < len(word) < _MAX_ABBREVIATION) or word in _last_parts()


@lru_cache(maxsize=512)  # the paragraphs of an article: its figures are read first, then its quotes
def sentence_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a paragraph as `split_sentences`; kept, as figures and quotes are read one by one."""
    return tuple(split_sentences(text))


def enclosing_paragraphs(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the half-open range of the paragraphs that contain the range from `start` to `end`."""
    first, last = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    return first + 2 if first >= 0 else 0, last if last >= 0 else len(text)


def _trim_range(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
