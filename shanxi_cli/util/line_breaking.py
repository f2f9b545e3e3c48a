"""Line breaks of text with wide characters, by the rules of UAX #14 for Chinese and Japanese. No printer is known.

A line is broken at a space, and before or after a wide character; never before closing punctuation (`，。）”`) or small
kana, never after opening punctuation (`（“`), never inside a word of another script. Widths are those of
`util.display_width`: a wide character takes two columns.
"""

import unicodedata
from collections.abc import Callable, Iterator

from shanxi_cli.util.display_width import display_width, split_graphemes
from shanxi_cli.util.line_joining import is_hangul

_OPENING = frozenset("“‘«‹¿¡$＄￥￡")
_CLOSING = frozenset("”’»›!,.:;?%‰℃°…—～・·！，．：；？％、。‼⁇⁈⁉々〻ーゝゞヽヾ｡､･ﾞﾟｰ")
"""Beside the brackets (categories Ps and Pe): what begins no line."""
_SMALL_KANA = frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ")
_NO_BREAK = frozenset("\u00a0\u202f\u2060\ufeff")
_STRAIGHT_QUOTES = "\"'"


def has_wide_characters(text: str) -> bool:
    """Return True if `text` has a wide character that a line may be broken beside."""
    return not text.isascii() and any(map(_is_breakable, text))


def find_line_starts(text: str, columns: int, measure: Callable[[str], int] = display_width) -> list[int]:
    """Return the offsets, in characters, at which the lines of `text` after the first begin.

    `text` has no line feed. Spaces at the end of a line may reach beyond `columns`. What has no break and is wider
    than `columns` is cut between grapheme clusters. `measure` returns the columns of a text.
    """
    starts: list[int] = []
    at = used = 0
    for piece in split_pieces(text):
        width = measure(piece.rstrip(" "))
        if used and used + width > columns:
            starts.append(at)
            used = 0
        if width > columns:
            used = _cut_piece(piece, at, columns, starts, measure)
        else:
            used += measure(piece)
        at += len(piece)
    return starts


def _cut_piece(piece: str, at: int, columns: int, starts: list[int], measure: Callable[[str], int]) -> int:
    """Add the starts of the lines of a piece that is too wide for one; return the columns of the last of them."""
    used = 0
    for cluster in split_graphemes(piece):
        width = measure(cluster)
        if used and used + width > columns and cluster != " ":
            starts.append(at)
            used = 0
        used += width
        at += len(cluster)
    return used


def split_pieces(text: str) -> Iterator[str]:
    """Yield the parts of `text` between which a line may be broken; spaces belong to the part before them."""
    piece = ""
    for cluster in split_graphemes(text):
        if piece and _may_break(piece[-1] if len(piece) == 1 else _last_base(piece), cluster[0]):
            yield piece
            piece = ""
        piece += cluster
    if piece:
        yield piece


def _last_base(piece: str) -> str:
    """Return the last character of `piece` that is no mark."""
    at = len(piece) - 1
    while at and unicodedata.category(piece[at]) in ("Mn", "Me", "Cf") and piece[at] not in _NO_BREAK:
        at -= 1
    return piece[at]


def _may_break(before: str, after: str) -> bool:
    if after == " " or before in _NO_BREAK or after in _NO_BREAK:
        return False
    if before == " ":
        return True
    if not (_is_breakable(before) or _is_breakable(after)) or _begins_no_line(after) or _ends_no_line(before):
        return False
    return before not in _STRAIGHT_QUOTES and after not in _STRAIGHT_QUOTES


def trim_cut_start(text: str) -> str:
    """Return `text`, whose beginning was cut off, without closing punctuation of Chinese at its beginning."""
    at = 0
    while at < len(text) and _begins_no_line(text[at]) and any(map(_is_breakable, text[at : at + 2])):
        at += 1
    return text[at:]


def trim_cut_end(text: str) -> str:
    """Return `text`, whose end was cut off, without opening punctuation of Chinese at its end."""
    end = len(text)
    while end and _ends_no_line(text[end - 1]) and any(map(_is_breakable, text[max(end - 2, 0) : end])):
        end -= 1
    return text[:end]


def _begins_no_line(char: str) -> bool:
    """Return True for closing punctuation and its like."""
    return char in _CLOSING or unicodedata.category(char) == "Pe" or char in _SMALL_KANA


def _ends_no_line(char: str) -> bool:
    """Return True for opening punctuation."""
    return char in _OPENING or unicodedata.category(char) == "Ps"


def _is_breakable(char: str) -> bool:
    """Return True for a wide character of a script without spaces."""
    if char < "\u2e80" or unicodedata.east_asian_width(char) not in "WFH" or is_hangul(char):
        return False
    return unicodedata.category(char)[0] in "LNP" or char <= "\u2fd5"  # radicals are symbols, as emoji are
