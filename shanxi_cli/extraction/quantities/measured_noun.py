"""What a measured amount is an amount of: `sales revenue of 400 million yuan`, `its GDP reached ...`."""

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.candidates import Amount
from shanxi_cli.extraction.quantities.token_line import HYPHENS, Line
from shanxi_cli.extraction.quantities.year_expressions import MONTHS
from shanxi_cli.model.nouns import Dimension

_VERBS = frozenset(
    """
    reached reaches reach totaled totalled totals was is were are hit hits amounted stood stands exceeded exceeds
    surpassed surpasses topped came comes remained averaged averages climbed rose grew increased jumped soared surged
    fell dropped declined decreased dipped
    """.split()
)
_CLAUSE = frozenset('that while but as when which who where because since said says . ! ? , ; : “ " ( ) —'.split())
_CUTS = frozenset("in on at during for by from over under through to with last this".split())
_PRONOUNS = frozenset("it them this that these those which whom".split())
_CHANGES = frozenset(
    "increase rise growth gain decline drop fall decrease reduction jump surge total maximum minimum average"
    " record".split()
)
_MOST = 14
_PLAIN = frozenset([Dimension.COUNT, Dimension.AGE, Dimension.DURATION])


def counted(line: Line, amount: Amount) -> str:
    """The noun phrase, as printed, of what is counted or measured; empty where none is found."""
    if amount.noun:
        return line.printed(amount.noun.first, amount.noun.last)
    following = noun_phrases.phrase_after_of(line, amount.last)
    is_date = following is not None and line.low(following.first) in MONTHS
    if following and not is_date and line.low(following.first) not in _PRONOUNS:
        return line.printed(following.first, following.last)
    if amount.unit is None or amount.unit.dimension in _PLAIN or amount.adjective:
        return ""
    return _before(line, amount.first)


def _before(line: Line, first: int) -> str:
    k = first - 1
    if line.low(k) in ("of", "at", "to") and line.low(k - 1) in _VERBS:
        k -= 1
    while line.low(k).endswith("ly"):
        k -= 1
    if line.low(k) == "of":
        return _phrase_back(line, k)
    return _subject(line, k) if line.low(k) in _VERBS else ""


def _phrase_back(line: Line, end: int) -> str:
    """The words right before `of`: `sales revenue`, `total output value`."""
    k = end
    while k > max(end - _MOST, 0) and (line.low(k - 1) in HYPHENS or line.kind(k - 1) == "word"):
        if (line.low(k - 1) in noun_phrases.STOPS and line.phrase(k - 1, k + 1) != "per capita") or line.low(
            k - 1
        ) == "and":
            break
        k -= 1
    while line.low(k) in HYPHENS:
        k += 1
    return line.printed(k, end) if line.low(end - 1) not in _CHANGES else ""


def _subject(line: Line, verb: int) -> str:
    """The subject of the verb at `verb`: from the beginning of its clause, its prepositions left out."""
    k = verb
    while k > max(verb - _MOST, 0) and line.low(k - 1) not in _CLAUSE and line.low(k - 1) not in _VERBS:
        if line.kind(k - 1) == "numeral" and not line.hyphen(k - 2):
            return ""
        k -= 1
    k += line.low(k) == "and"
    end = next((n for n in range(k + 1, verb) if line.low(n) in _CUTS), verb)
    while end > k and (line.low(end - 1).endswith("ly") or line.low(end - 1) in ("has", "have", "had", "also", "only")):
        end -= 1
    text = line.printed(k, end)
    return text if end > k and line.low(k) not in ("it", "this", "that", "there", "they") else ""
