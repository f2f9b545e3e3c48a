"""Levels without a unit: `Car sales rose 6 percent to 3.1 million`, `That compares with a target of 9.8 million`."""

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS, is_plural
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import UnitDefinition
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.lexicon import load_terms

_TRADE_NOUNS = frozenset(
    "sales output production exports imports deliveries registrations shipments bookings orders".split()
)
_STATISTICS_NOUNS = load_terms("extraction/statistics_nouns")
_MONEY_NOUNS = load_terms("extraction/money_nouns")
_SALES_WORDS = frozenset("net total group retail annual quarterly overall worldwide its their the company".split())
_COMPARING_VERBS = frozenset("compares compared against versus".split())
_MAX_SUBJECT_TOKENS = 8


def find_level_unit(line: TokenLine, end: int) -> UnitDefinition | None:
    """Return the unit of the subject before token `end`: `car` for `Car sales rose`; None where it is not told."""
    for k in range(end - 1, max(end - _MAX_SUBJECT_TOKENS, -1), -1):
        word = line.lower_at(k)
        if word in (".", ",", ";", ":"):
            return None
        if word in _TRADE_NOUNS:
            before = line.lower_at(k - 1)
            return _count(before) if before.isalpha() and len(before) > 2 and before not in STOP_WORDS else None
        if is_plural(word):
            return None if word in _STATISTICS_NOUNS else _count(word)
    return None


def _count(noun: str) -> UnitDefinition:
    return UnitDefinition(noun_phrases.unit_of_noun(noun), Dimension.COUNT)


def is_compared_level(line: TokenLine, start: int, end: int) -> bool:
    """Return True where the next sentence compares a level with the amount before: `That compares with 9.8 million`."""
    words = [line.lower_at(k) for k in range(start, end)]
    return words.count(".") == 1 and len(words) < 12 and not _COMPARING_VERBS.isdisjoint(words)


def is_money_level(line: TokenLine, first: int) -> bool:
    """Return True where a number is the level of something in money: `Revenues for the year rose to 6.5 billion`.

    `sales` can be of things (`Car sales`): they are money at the beginning of a sentence or behind a few adjectives.
    """
    for k in range(first - 1, max(first - _MAX_SUBJECT_TOKENS - 2, -1), -1):
        word = line.lower_at(k)
        if word in (".", ";", ":") or is_plural(word):
            before = line.lower_at(k - 1)
            if word == "sales":
                return before in _SALES_WORDS or before in ("", ".", ",")
            return word in _MONEY_NOUNS
        if word in _MONEY_NOUNS:
            return True
    return False
