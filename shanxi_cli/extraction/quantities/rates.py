"""What a quantity is reckoned by: `240 million yuan a year`, `$18 a pound`, `an annual income of`, `per capita`."""

from shanxi_cli.extraction.quantities.noun_phrases import STOPS, singular
from shanxi_cli.extraction.quantities.token_line import Line
from shanxi_cli.extraction.quantities.units import LONGEST, NAMES

_ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
    "apiece": "piece",
}
_ADJECTIVES = {
    "annual": "year",
    "annualized": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
}
_AFTER_A = frozenset(
    """
    person head piece share household family unit barrel ticket night bottle box kilo liter litre student visit visitor
    trip seat copy bag plant tree worker square metric cubic set ride meal hectare mu acre ton tonne kilogram gram jin
    pound ounce year month week day hour minute second decade quarter shift season time class room cup bowl
    """.split()
)
_BACK = 10  # pieces that may stand between `annual` and its amount


def after(line: Line, j: int) -> tuple[str, int]:
    """The rate printed from piece `j` on -> (a singular noun, the piece after it); ("", j) for none."""
    k = j + 1 if line.hyphen(j) else j
    if line.phrase(k, k + 2) in ("of it", "of them"):
        k += 2
    if line.phrase(k, k + 2) == "on average":
        k += 2
    low = line.low(k)
    if low in _ADVERBS:
        return _ADVERBS[low], k + 1
    if low == "/" and line.kind(k + 1) == "word" and line.low(k + 1).isalpha() and line.low(k + 1) not in STOPS:
        return _noun(line, k + 1)
    if low not in ("a", "an", "per", "each", "every"):
        return "", j
    k = k + 2 if line.hyphen(k + 1) else k + 1
    if line.low(k) in ("capita", "head"):
        return "person", k + 1
    if (
        line.kind(k) != "word"
        or not line.low(k).isalpha()
        or line.low(k) in STOPS
        or (low in ("a", "an") and line.low(k) not in _AFTER_A)
    ):
        return "", j
    return _noun(line, k)


def before(line: Line, first: int, start: int) -> str:
    """The rate printed before the amount at piece `first`, in its clause, not before piece `start`."""
    for k in range(first - 1, max(first - _BACK, start) - 1, -1):
        low = line.low(k)
        if low in (",", ";", ".", ":", "(", ")") or line.kind(k) == "numeral":
            return ""
        if low in _ADJECTIVES:
            return _ADJECTIVES[low]
        if low == "per":
            return after(line, k)[0]
    return ""


def _noun(line: Line, k: int) -> tuple[str, int]:
    """The unit of measure at `k`, as long as it can be, or the one word there."""
    words: list[str] = []
    best = singular(line.low(k)), k + 1
    for n in range(k, k + LONGEST):
        words.append(line.low(n))
        name = " ".join(words)
        if name in NAMES:
            best = name, n + 1
    return best
