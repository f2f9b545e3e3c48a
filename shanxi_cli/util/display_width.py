"""How many columns of a terminal a text takes, and where it may be cut. It knows no printer.

A character as a reader sees one (a grapheme cluster) is not cut: a letter with its accents, a flag, a family of
emoji joined by U+200D, a Hangul syllable of letters. The rules are those of Unicode's UAX #29 that Python's own
tables can answer; wide and fullwidth characters (UAX #11) take two columns.
"""

import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"
_JOINER, _EMOJI = "\u200d", "\ufe0f"


def split_graphemes(text: str) -> Iterator[str]:
    """The text cut into what may not be cut further."""
    if text.isascii():
        yield from text
        return
    start = 0
    for at in range(1, len(text)):
        if not _extends_cluster(text, start, at):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def display_width(text: str) -> int:
    """The columns that a text on one line takes."""
    return len(text) if text.isascii() else sum(map(_cluster_width, split_graphemes(text)))


def truncate_end(text: str, columns: int, mark: str = "") -> str:
    """The beginning of a text in at most so many columns; one that was cut ends with `mark`."""
    if display_width(text) <= columns:
        return text
    room = columns - display_width(mark)
    if room < 0:
        return ""
    return (text[:room] if text.isascii() else _take_columns(split_graphemes(text), room)) + mark


def truncate_start(text: str, columns: int) -> str:
    """The end of a text in at most so many columns."""
    if display_width(text) <= columns:
        return text
    if text.isascii():
        return text[len(text) - columns :]
    some = list(split_graphemes(text))
    left, at = columns, len(some)
    while at and _cluster_width(some[at - 1]) <= left:
        at -= 1
        left -= _cluster_width(some[at])
    return "".join(some[at:])


def _take_columns(some: Iterator[str], columns: int) -> str:
    kept = []
    for cluster in some:
        columns -= _cluster_width(cluster)
        if columns < 0:
            break
        kept.append(cluster)
    return "".join(kept)


def _extends_cluster(text: str, start: int, at: int) -> bool:
    """True when no border may be before the character at `at`, of a cluster that began at `start`."""
    before, here = text[at - 1], text[at]
    if before == _JOINER or here == _JOINER:
        return True
    if unicodedata.category(here) in ("Mn", "Me", "Mc") or "\U0001f3fb" <= here <= "\U0001f3ff":
        return True
    if _is_regional_indicator(here) and _is_regional_indicator(before):
        return (at - start) % 2 == 1  # flags are pairs
    return "\u1160" <= here <= "\u11ff" and "\u1100" <= before <= "\u11ff"  # a Hangul syllable goes on


def _is_regional_indicator(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _cluster_width(cluster: str) -> int:
    if cluster.isascii():
        return 1
    if _EMOJI in cluster or (len(cluster) > 1 and _is_regional_indicator(cluster[1])):
        return 2
    return max(map(_char_width, cluster))


def _char_width(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1
