"""British spellings as American ones, before stemming: `labour` and `labor` are one word to a search.

Most differences are in how a word begins (`data/british_spellings.txt`); three follow rules for how it ends:

    organise, organised, organisation    organize    but not `exercise` (`data/ise_words.txt`)
    analyse, analysing                   analyze
    centre, theatres, kilometre, fibred  center      the nouns in -re that both countries have

Only stems are made of the American form. The words themselves stay as they are written, for `=word`, prefixes and
fuzzy words, and for what is shown.
"""

import re
from collections.abc import Iterator
from functools import cache

from shanxi_cli.util.lexicon import load_list


def american_spelling(word: str) -> str:
    """Return a folded English word as Americans spell it; words that both spell alike as they are."""
    for british in _beginnings().get(word[:3], ()):  # most words have none
        if word.startswith(british) and not (british in _whole_words() and _continues(word, len(british))):
            word = _american_beginnings()[british] + word[len(british) :]
            break
    if "is" in word or "ys" in word:
        ending = _endings_in_ise().match(word)
        if ending and not _keeps_its_s().match(ending[1]):
            return f"{ending[1][:-1]}z{ending[2]}"
    elif "re" in word:
        ending = _endings_in_re().match(word)
        if ending:
            return f"{ending[1]}er{ending[2].replace('d', 'ed') if ending[2] else ''}"
    return word


def british_prefixes(prefix: str) -> Iterator[str]:
    """Yield what British words begin with whose American form begins with `prefix`, where that differs from it."""
    for british, american in _american_beginnings().items():
        if prefix.startswith(american):
            yield british + prefix[len(american) :]
        elif american.startswith(prefix) and not british.startswith(prefix):
            yield british
    for at in range(1, len(prefix)):
        if prefix[at] == "z" and prefix[at - 1] in "iy":
            yield f"{prefix[:at]}s{prefix[at + 1 :]}"


@cache
def _american_beginnings() -> dict[str, str]:
    pairs = (line.split() for line in load_list("analysis/british_spellings"))
    return {british.rstrip("="): american for british, american in pairs}


@cache
def _whole_words() -> frozenset[str]:
    """Return the listed beginnings that are whole words."""
    listed = (line.split()[0] for line in load_list("analysis/british_spellings"))
    return frozenset(british[:-1] for british in listed if british.endswith("="))


@cache
def _beginnings() -> dict[str, list[str]]:
    """Return the listed beginnings by their first three letters, the longest first."""
    beginnings: dict[str, list[str]] = {}
    for british in sorted(_american_beginnings(), key=len, reverse=True):
        beginnings.setdefault(british[:3], []).append(british)
    return beginnings


def _continues(word: str, at: int) -> bool:
    return word[at : at + 1].isalnum() or word[at : at + 1] == "_"


@cache
def _endings_in_ise() -> re.Pattern[str]:
    return re.compile(r"^(\w\w+[^aeiou\W]is|\w+lys)(e|ed|es|er|ers|ing|ation|ations|ational|able)$")


@cache
def _endings_in_re() -> re.Pattern[str]:
    return re.compile(
        r"(.*(?:\b|centi|kilo|milli|epi|amphi)"
        r"(?:cent|theat|met|lit|fib|calib|lust|meag|mit|nit|och|sab|scept|somb|spect))re(s|d)?$"
    )


@cache
def _keeps_its_s() -> re.Pattern[str]:
    kept = "|".join(load_list("analysis/ise_words"))
    return re.compile(rf"(?:un|re|dis|en|in|mis|over)*(?:{kept})$|.*(?:wis|polis|itis)$")
