"""Names of people in newspaper English: Chinese names in pinyin, family name first, and names of other languages.

    Yang Xia, Ouyang Min, Wang Xi'an      family name, given name of one or two syllables
    Passy Charies Riseph, John Smith      capitalised words in a row, the family name last

Pinyin is checked by syllable (GB/T 16159, the national standard of its spelling), so that `Song Dynasty` and
`Hong Kong` are no people.
"""

import re
from functools import cache

from shanxi_cli.util.lexicon import load_terms, match_any_term

_SURNAMES = load_terms("analysis/surnames")
_TWO_SYLLABLE_SURNAMES = load_terms("analysis/compound_surnames")
_PINYIN_SYLLABLES = load_terms("analysis/pinyin_syllables")
_ENGLISH_HOMOGRAPHS = load_terms("extraction/given_name_homographs")
"""Words and places that pinyin would allow as a given name."""

CAPITALS = "A-ZÀ-ÖØ-Þ" + "".join(char for char in map(chr, range(0x100, 0x530)) if char.isupper())
"""Capital letters of Latin, Greek and Cyrillic, as the inside of a set of characters."""
CAPITALISED_WORD = rf"[{CAPITALS}][\w'’]*(?:-\w+)*"
"""A word with a capital, possessive and hyphens included."""
INITIALS = rf"(?:[{CAPITALS}]\.(?:-?[{CAPITALS}]\.)*|(?:Md|Mohd|Wm|Chas|Geo|Jas|Thos|Jos|Benj)\.)"
"""Initials with their full stops, joined or one alone, and shortened first names: `J.K.`, `R.`, `Wm.`"""
_SHORTENED = "|".join(rf"(?<={name[0]}){name[1:]}" for name in "Md Mohd Wm Chas Geo Jas Thos Jos Benj".split())
REST_OF_NAME_WORD = rf"(?:\.(?:-?[{CAPITALS}]\.)*|(?:{_SHORTENED})\.|[\w'’]*(?:-\w+)*)"
"""`INITIALS` or `CAPITALISED_WORD` behind its capital: `re` searches fastest for what begins with a set."""
FAMILY_WORD = rf"(?:(?:al|el|as|an|ar|at)-|[dl]['’])?{CAPITALISED_WORD}"
"""A word of a name behind its first: `al-Hadi`, `d'Abo`."""
PARTICLES = match_any_term(sorted(load_terms("extraction/name_particles"), key=lambda term: (-len(term), term)))
"""Small words inside family names."""
NAME_RUN = (
    rf"(?:{CAPITALISED_WORD}|{INITIALS})(?:\s+(?:{PARTICLES}\s+)?(?:{FAMILY_WORD}|{INITIALS})){{0,4}}"
    r"(?:,?\s+(?:Jr|Sr)\b\.?|\s+(?:II|III|IV)\b)?"
)
"""A name of one word or more, with initials and particles."""


def _is_pinyin_given_name(name: str) -> bool:
    """Return True for one or two syllables of pinyin in lower case, joined or with a hyphen or apostrophe."""
    if name in _PINYIN_SYLLABLES:
        return True
    return any(
        name[:n] in _PINYIN_SYLLABLES and name[n + (name[n] in "'’-") :] in _PINYIN_SYLLABLES
        for n in range(1, len(name))
    )


@cache
def is_chinese_name(name: str) -> bool:
    """Return True for a whole Chinese name in pinyin, never for one word: `Yang Xia`, `Zhang Xi'an`, `Ouyang Min`."""
    words = name.split()
    if len(words) == 3 and all(len(word) < 7 for word in words):  # given name written apart: Cheng Xiao Ming
        words = [words[0], words[1] + words[2].lower()]
    if len(words) != 2 or not all(word[:1].isupper() for word in words):
        return False
    family, given = words[0].lower(), words[1].lower()
    known = family in _SURNAMES or family in _TWO_SYLLABLE_SURNAMES
    return known and given not in _ENGLISH_HOMOGRAPHS and _is_pinyin_given_name(given)


def get_family_name(name: str) -> str:
    """Return the part of a full name that is used alone after the first mention."""
    words = re.sub(r",?\s+(?:Jr|Sr|II|III|IV)\.?\Z", "", name).split()
    return words[0] if is_chinese_name(name) else words[-1]


_CAPITALISED_RUN_PATTERN = re.compile(rf"{CAPITALISED_WORD}(?:[ \u00a0]+{CAPITALISED_WORD})+")
_WORD_PATTERN = re.compile(r"\S+")


@cache
def may_be_family_name(word: str) -> bool:
    """Return True for a word that is a Chinese family name in pinyin."""
    return word.lower() in _SURNAMES or word.lower() in _TWO_SYLLABLE_SURNAMES


def find_chinese_names(text: str) -> list[tuple[int, int]]:
    """Return the half-open ranges, in characters, of the whole Chinese names in `text`, in order."""
    spans = []
    for run in _CAPITALISED_RUN_PATTERN.finditer(text):
        if not any(map(may_be_family_name, run.group().split())):
            continue
        words = [m.span() for m in _WORD_PATTERN.finditer(text, run.start(), run.end())]
        n = 0
        while n < len(words) - 1:
            start, end = words[n][0], words[n + 1][1]
            name = text[start:end]
            bare = name[:-2] if name.endswith(("'s", "’s")) else name
            if is_chinese_name(bare):
                spans.append((start, start + len(bare)))
                n += 1
            n += 1
    return spans
