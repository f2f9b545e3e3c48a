"""Rates of quantities: `240 million yuan a year`, `$18 a pound`, `an annual income of`, `per capita`."""

from shanxi_cli.extraction.quantities.noun_phrases import STOP_WORDS, to_singular
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import MAX_UNIT_NAME_WORDS, UNITS_BY_NAME
from shanxi_cli.util.lexicon import load_terms

_RATE_ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
    "apiece": "piece",
}
_RATE_ADJECTIVES = {
    "annual": "year",
    "annualized": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
}
TIME_SHIFTS = frozenset(["earlier", "ago", "before", "previously", "later"])
"""Words after `a year` that make a time of it and no rate."""
_RATE_NOUNS = load_terms("extraction/rate_nouns")
_MAX_TOKENS_BEFORE_AMOUNT = 10  # tokens that may come between `annual` and its amount


def parse_rate_after(line: TokenLine, j: int) -> tuple[str, int]:
    """Parse the rate printed from token `j` on: a singular noun and the token after it; ("", j) for none."""
    k = j + 1 if line.is_hyphen(j) else j
    if line.lower_text(k, k + 2) in ("of it", "of them"):
        k += 2
    if line.lower_text(k, k + 2) == "on average":
        k += 2
    low = line.lower_at(k)
    if low in _RATE_ADVERBS:
        return _RATE_ADVERBS[low], k + 1
    if (
        low == "/"
        and line.kind_at(k + 1) == "word"
        and line.lower_at(k + 1).isalpha()
        and line.lower_at(k + 1) not in STOP_WORDS
    ):
        return _parse_rate_noun(line, k + 1)
    if low not in ("a", "an", "per", "each", "every"):
        return "", j
    k = k + 2 if line.is_hyphen(k + 1) else k + 1
    if line.lower_at(k + 1) in TIME_SHIFTS:
        return "", j
    if line.lower_at(k) in ("capita", "head"):
        return "person", k + 1
    if (
        line.kind_at(k) != "word"
        or not line.lower_at(k).isalpha()
        or line.lower_at(k) in STOP_WORDS
        or (low in ("a", "an") and line.lower_at(k) not in _RATE_NOUNS)
    ):
        return "", j
    return _parse_rate_noun(line, k)


def find_rate_before(line: TokenLine, first: int, start: int) -> str:
    """Return the rate printed before the amount at token `first`, in its clause, not before token `start`."""
    for k in range(first - 1, max(first - _MAX_TOKENS_BEFORE_AMOUNT, start) - 1, -1):
        low = line.lower_at(k)
        if low in (",", ";", ".", ":", "(", ")") or line.kind_at(k) == "numeral":
            return ""
        if low in _RATE_ADJECTIVES:
            return _RATE_ADJECTIVES[low]
        if low == "per":
            return parse_rate_after(line, k)[0]
    return ""


def _parse_rate_noun(line: TokenLine, k: int) -> tuple[str, int]:
    """Return the longest unit of measure at `k`, else the one word there, and the token after it."""
    words: list[str] = []
    best = to_singular(line.lower_at(k)), k + 1
    for n in range(k, k + MAX_UNIT_NAME_WORDS):
        words.append(line.lower_at(n))
        name = " ".join(words)
        if name in UNITS_BY_NAME:
            best = name, n + 1
    return best
