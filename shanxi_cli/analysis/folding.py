"""Folding: the form in which letters are compared. Index, query, highlighter, facets and completion share it.

    case, compatibility forms    Unicode's case folding and NFKD: `ＣＯＡＬ`, `ﬁ`, `⼭` (a radical), half-width kana
    accents                      marks that Unicode's collation ignores at its first level are dropped: Latin and Greek
                                 accents, Arabic harakat, Hebrew points, nukta, Thai and Lao tone marks. What spells
                                 another word stays: the vowel signs and the virama of Indic scripts, the vowels of Thai
                                 and Tibetan, the voicing of kana
    letters with strokes         `ł ø đ ı æ œ þ` and their like, by CLDR's Latin-ASCII: `data/latin_letters.txt`
    apostrophes                  accents and primes that are used as one (Unicode's UTS #39 takes them for it) are `'`
    radicals                     `data/cjk_radicals.txt`; the Kangxi radicals are compatibility forms
    invisible characters         soft hyphen, zero-width characters, joiners, variation selectors, directional marks and
                                 the Arabic tatweel are dropped

The two lists are read for the first letter that needs them.
"""

import re
import unicodedata
from functools import cache

from shanxi_cli.util.lexicon import load_list

QUOTE_APOSTROPHES = "'\u2018\u2019\u201b\u02bc\uff07"
"""Apostrophes that join two parts of a word, whatever follows."""
PRIME_APOSTROPHES = (
    "`\u00b4\u02b9\u02bb\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u02f4\u0374\u0384\u055a\u05f3\u07f4\u07f5\u1fbd\u1fbf"
    "\u1fef\u1ffd\u1ffe\u2032\u2035\ua78b\ua78c\uff40"
)
"""Accents, primes and letters used as an apostrophe; those that are no letters join nothing to a digit (`5′10″`)."""
INVISIBLE_CHARACTERS = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Characters of a regular expression's set that are allowed inside a word and dropped."""

_APOSTROPHES = dict.fromkeys(map(ord, QUOTE_APOSTROPHES + PRIME_APOSTROPHES), "'")
_VISIBLE_FORMATS = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001345f"
_KEPT_CLASSES = frozenset((0, 8, 9, 84, 91, 103, 118, 129, 130, 132))
"""Combining classes of marks that are kept: voicing of kana, virama, the vowels of Telugu, Thai, Lao and Tibetan."""
_DROPPED_MARKS = frozenset("\u034f\u0e47\u0e4c\u0e4e\u0ecc\u180b\u180c\u180d\u180f")
"""Marks of class 0 that are dropped: signs of Thai and Lao that are no vowels, Mongolian variation selectors."""
_TATWEEL = "\u0640"
_MARK = "\u0300"


def fold_letters(text: str) -> str:
    """Return `text` with its letters folded; white space and punctuation other than apostrophes stay."""
    if text.isascii():
        return text.lower().replace("`", "'")
    # NFKD runs twice: the first reveals some capitals (`ℂ`). Before it, because it takes accents apart: `´`.
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_letter_table())
    return _voiced_kana().sub(_compose, text) if "\u3099" in text or "\u309a" in text else text


class _LetterTable(dict[int, str]):
    """Code point of a decomposed, case-folded text -> folded form; filled on demand."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isascii() or "\u3400" <= char <= "\u9fff":  # the lists have no Chinese characters
            folded = char
        elif is_mark(char):
            folded = char if _is_kept_mark(char) else ""
        else:
            folded = _listed_letters().get(char, char)
        self[code] = folded
        return folded


@cache
def _letter_table() -> _LetterTable:
    return _LetterTable(_APOSTROPHES)


@cache
def _listed_letters() -> dict[str, str]:
    """Return the letters of the two lists with their folded forms."""
    lists = (load_list(f"analysis/{name}") for name in ("latin_letters", "cjk_radicals"))
    return dict(line.split() for lines in lists for line in lines)


def is_mark(char: str) -> bool:
    """Return True for a character that belongs to the letter before it: a mark, or an invisible character."""
    category = unicodedata.category(char)
    if category[0] == "M" or char == _TATWEEL:
        return True
    return category == "Cf" and not _visible_formats().match(char)


def _is_kept_mark(char: str) -> bool:
    category = unicodedata.category(char)
    if category not in ("Mn", "Mc") or unicodedata.combining(char) not in _KEPT_CLASSES or char in _DROPPED_MARKS:
        return False
    return not ("\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef")  # variation selectors


def remove_invisible(text: str) -> str:
    """Return `text` without the invisible characters that may be inside a word, except the joiners of its script."""
    return text if text.isascii() else _useless_characters().sub("", text)


@cache
def _useless_characters() -> re.Pattern[str]:
    useless = INVISIBLE_CHARACTERS.replace("\u200b-\u200f", "\u200b\u200e\u200f")
    return re.compile(f"[{useless}]|(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])")


@cache
def _visible_formats() -> re.Pattern[str]:
    return re.compile(f"[{_VISIBLE_FORMATS}]")


@cache
def _voiced_kana() -> re.Pattern[str]:
    return re.compile("[\u3041-\u30ff][\u3099\u309a]")


def _compose(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match.group())


# Other scripts: `re` takes no mark for a part of a word, and no radical for a letter. Words are found in an outline of
# the text, one character for each of its own.


def outline_words(text: str) -> str:
    """Return `text` with U+0300 for each mark and invisible character, and common ones for radicals and width forms.

    It has as many characters as `text`.
    """
    return scripts_pattern().sub(_outline_run, text)


@cache
def scripts_pattern() -> re.Pattern[str]:
    """Return the pattern of runs of characters that an outline may replace."""
    return re.compile("[\u0370-\u1fff\u20d0-\u20ff\u2c00-\U0010ffff]+")


def _outline_run(match: re.Match[str]) -> str:
    run = match.group()
    if "\uff0c" in run:
        run = _wide_comma().sub(",", run)
    return run.translate(_outline_table())


@cache
def _wide_comma() -> re.Pattern[str]:
    """Return the pattern of a full-width comma inside a number of full-width digits."""
    return re.compile("(?<=[\uff10-\uff19])\uff0c(?=[\uff10-\uff19]{3})")


class _OutlineTable(dict[int, str]):
    """Code point -> the one character that stands for it in an outline; filled on demand."""

    def __missing__(self, code: int) -> str:
        char = outline = chr(code)
        if is_mark(char) or char in "\uff9e\uff9f":  # the last two: half-width voicing marks of kana
            outline = _MARK
        elif "\u2e80" <= char <= "\u2fd5" or "\uff66" <= char <= "\uff9d":  # radicals, half-width kana
            outline = fold_letters(char)
        elif "\uff01" <= char <= "\uff5e" and (char.isalnum() or char in "\uff06\uff0e"):  # full width, also & and .
            outline = chr(code - 0xFEE0)
        self[code] = outline
        return outline


@cache
def _outline_table() -> _OutlineTable:
    return _OutlineTable()
