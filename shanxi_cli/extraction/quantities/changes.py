"""Rises and falls, and what they are measured against: `growing 109 percent year-on-year`."""

from shanxi_cli.extraction.quantities.candidates import Amount
from shanxi_cli.extraction.quantities.token_line import Line
from shanxi_cli.model.nouns import Change, Dimension

_RISE = frozenset(
    """
    rise rises rose risen rising grow grows grew grown growing growth increase increases increased increasing up gain
    gains gained gaining climb climbs climbed climbing jump jumps jumped jumping surge surges surged surging soar soars
    soared soaring expand expands expanded expanding expansion higher more faster leap leaped leapt rocketed skyrocketed
    uptick boost boosted raise raised hike upturn rebounded rebound improvement appreciated longer larger bigger
    """.split()
)
_FALL = frozenset(
    """
    fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease decreases
    decreased decreasing down reduce reduces reduced reducing reduction cut cuts cutting lower less fewer shrink shrank
    shrunk shrinking contraction contracted slump slumped plunge plunged plummeted slid dip dipped depreciated
    slower shorter smaller
    """.split()
)
_SHARES = frozenset(
    """
    accounting accounted account accounts share ratio proportion representing making made make makes covering covered
    covers contributed contributing constituting constituted constitutes comprising comprised comprises rate stake
    """.split()
)
_BASES = (
    "year on year",
    "month on month",
    "quarter on quarter",
    "week on week",
    "day on day",
    "from a year earlier",
    "from a year ago",
    "from the previous year",
    "from the year before",
    "than a year earlier",
    "than a year ago",
    "a year earlier",
    "yoy",
    "y o y",
    "y / y",
    "annually",
)
_OPENERS = frozenset("compared than versus against over on from".split())
_MEASURED = frozenset([Dimension.PERCENT, Dimension.POINTS, Dimension.TIMES])
_WINDOW = 12


def change(line: Line, amount: Amount, start: int, end: int) -> Change | None:
    """The change that the amount is, in the sentence of the pieces `start` to `end` (excluded); None for none."""
    relative = amount.unit is not None and amount.unit.dimension in _MEASURED
    if amount.unit is not None and amount.unit.dimension in (Dimension.AGE, Dimension.DURATION):
        return None
    direction = _touching(line, amount, start, end, relative) or (_near(line, amount, start) if relative else "")
    if not direction and not relative:
        return None
    basis = _printed_basis(line, amount.last, min(amount.last + _WINDOW, end))
    if direction and not basis:
        basis = _stock(line, max(amount.first - _WINDOW, start), amount.first)
    return Change(direction, basis) if direction or basis else None


def _direction(word: str) -> str:
    return "rise" if word in _RISE else "fall" if word in _FALL else ""


def _touching(line: Line, amount: Amount, start: int, end: int, relative: bool) -> str:
    """The cue right before the amount (`increase of`, `fell by`, `up`) or right after it (`20 percent increase`)."""
    k = amount.first - 1
    joined = line.low(k) in ("by", "of")
    k -= joined
    while k >= start and (line.low(k).endswith("ly") or line.phrase(k - 2, k + 1) == "year on year"):
        k -= 1
    word = line.low(k)
    plain = relative or joined or word in ("up", "down")  # not: cut 300 jobs, raised 5 million yuan
    if k >= start and plain and _direction(word) and word not in ("more", "less", "higher", "lower", "fewer"):
        return "" if _makes_up(line, k) else _direction(word)
    j = amount.last
    for n in range(j, min(j + 6, end)):
        word = line.low(n)
        if _direction(word) and word not in ("cut", "cuts", "gains", "lost", "saving"):
            free = line.kind(n + 1) != "numeral" and line.low(n + 1) not in ("by", "to", "than half")
            return _direction(word) if free and (n == j or word not in ("more", "less", "up", "down")) else ""
        if word not in ("a", "an", "year", "on", "annual", "average", "-", "yearly", "per"):
            break
    return ""


def _near(line: Line, amount: Amount, start: int) -> str:
    """The nearest cue before a percentage, in its sentence: `increases of 67 percent and 100 percent`."""
    for k in range(amount.first - 1, max(amount.first - 1 - _WINDOW, start - 1), -1):
        word = line.low(k)
        if word in (";", ":") or (word in _SHARES and line.low(k - 1) != "growth" and word != "rate"):
            return ""
        if _direction(word) and word not in ("more", "less", "fewer") and not _makes_up(line, k):
            return _direction(word)
    return ""


def _makes_up(line: Line, k: int) -> bool:
    """`making up 80 percent` is a share."""
    return line.low(k) == "up" and line.low(k - 1) in (
        "make",
        "makes",
        "made",
        "making",
        "take",
        "takes",
        "taking",
        "took",
    )


def _printed_basis(line: Line, j: int, end: int) -> str:
    for k in range(j, end):
        low = line.low(k)
        if low in (";", ".", "(") or line.kind(k) == "numeral" or low in ("and", "while"):
            break
        if stock := _stock_at(line, k):
            return stock
        if low in _OPENERS and _opens(line, k, k == j):
            return _clause(line, k, end)
    return ""


def _stock(line: Line, start: int, end: int) -> str:
    return next((text for k in range(end - 1, start - 1, -1) if (text := _stock_at(line, k))), "")


def _stock_at(line: Line, k: int) -> str:
    if line.low(k) not in _FIRSTS:
        return ""
    for words in _BASES:
        n = words.count(" ") + 1
        for size in (n, 2 * n - 1):
            if line.phrase(k, k + size) == words and line.kind(k + size - 1) == "word":
                return line.printed(k, k + size)
    return ""


_FIRSTS = frozenset(words.split()[0] for words in _BASES)


def _opens(line: Line, k: int, near: bool) -> bool:
    """`compared with ...`, `than ...` always; `over 2015`, `on the same period` only where a time follows."""
    low, following = line.low(k), line.low(k + 1)
    if low == "compared" or (low == "than" and following != "half"):
        return True
    if low in ("versus", "against"):
        return near
    words = line.phrase(k + 1, k + 4)
    return (line.kind(k + 1) == "numeral" and len(following) == 4) or words.startswith(
        ("the same", "that of", "the previous", "the year", "last year", "the level")
    )


def _clause(line: Line, k: int, end: int) -> str:
    last = next(
        (n for n in range(k + 1, min(k + 10, end)) if line.low(n) in (",", ".", ";", "(", ")", "and")), min(k + 10, end)
    )
    return line.printed(k, last)
