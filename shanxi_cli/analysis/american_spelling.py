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

_ENDINGS_IN_ISE = re.compile(r"^(\w\w+[^aeiou\W]is|\w+lys)(e|ed|es|er|ers|ing|ation|ations|ational|able)$")
_ENDINGS_IN_RE = re.compile(
    r"(.*(?:\b|centi|kilo|milli|epi|amphi)(?:cent|theat|met|lit|fib|calib|lust|meag|mit|nit|och|sab|scept|somb|spect))"
    r"re(s|d)?$"
)


def american_spelling(word: str) -> str:
    """Return a folded English word as Americans spell it; words that both spell alike as they are."""
    begins = _beginnings().match(word)
    if begins:
        word = _american_beginnings()[begins.group()] + word[begins.end() :]
    if "is" in word or "ys" in word:
        ending = _ENDINGS_IN_ISE.match(word)
        if ending and not _keeps_its_s().match(ending[1]):
            return f"{ending[1][:-1]}z{ending[2]}"
    elif "re" in word:
        ending = _ENDINGS_IN_RE.match(word)
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
def _beginnings() -> re.Pattern[str]:
    listed = (line.split()[0] for line in load_list("analysis/british_spellings"))
    longest_first = sorted(map(re.escape, listed), key=len, reverse=True)
    return re.compile("|".join(longest_first).replace("=", r"(?!\w)"))


@cache
def _keeps_its_s() -> re.Pattern[str]:
    kept = "|".join(load_list("analysis/ise_words"))
    return re.compile(rf"(?:un|re|dis|en|in|mis|over)*(?:{kept})$|.*(?:wis|polis|itis)$")
