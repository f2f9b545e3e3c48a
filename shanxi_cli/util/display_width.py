"""Width of text in terminal columns, and truncation at grapheme clusters. No printer is known here.

A grapheme cluster is never split: a letter with its combining marks, a flag, emoji joined by U+200D, a Hangul
syllable of letters. The rules are those of UAX #29 that the tables of `unicodedata` can answer; wide and fullwidth
characters (UAX #11) take two columns.
"""

import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"
_JOINER, _EMOJI = "\u200d", "\ufe0f"


def split_graphemes(text: str) -> Iterator[str]:
    """Yield the grapheme clusters of `text` in order."""
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
    """Return the number of columns that `text`, one line, takes."""
    return len(text) if text.isascii() else sum(map(_cluster_width, split_graphemes(text)))


def truncate_end(text: str, columns: int, mark: str = "") -> str:
    """Return the longest start of `text` that fits into `columns`; where it was cut it ends with `mark`.

    Return an empty string if not even `mark` fits.
    """
    if display_width(text) <= columns:
        return text
    room = columns - display_width(mark)
    if room < 0:
        return ""
    return (text[:room] if text.isascii() else _take_columns(split_graphemes(text), room)) + mark


def truncate_start(text: str, columns: int) -> str:
    """Return the longest end of `text` that fits into `columns`."""
    if display_width(text) <= columns:
        return text
    if text.isascii():
        return text[len(text) - columns :]
    clusters = list(split_graphemes(text))
    room, at = columns, len(clusters)
    while at and _cluster_width(clusters[at - 1]) <= room:
        at -= 1
        room -= _cluster_width(clusters[at])
    return "".join(clusters[at:])


def _take_columns(clusters: Iterator[str], columns: int) -> str:
    kept = []
    for cluster in clusters:
        columns -= _cluster_width(cluster)
        if columns < 0:
            break
        kept.append(cluster)
    return "".join(kept)


def _extends_cluster(text: str, start: int, at: int) -> bool:
    """Return True if the character at `at` belongs to the cluster that begins at `start`."""
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
