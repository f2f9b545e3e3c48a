"""Rises and falls, and their basis of comparison: `growing 109 percent year-on-year`."""

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.model.quantity import Change, Dimension
from shanxi_cli.util.lexicon import load_terms

_RISE_CUES = load_terms("extraction/rise_verbs") | load_terms("extraction/rise_words")
_FALL_CUES = load_terms("extraction/fall_verbs") | load_terms("extraction/fall_words")
_SHARE_CUES = load_terms("extraction/share_cues")
_STOCK_BASES = (
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
_COMPARISON_OPENERS = frozenset("compared than versus against over on from".split())
_CHANGE_DIMENSIONS = frozenset([Dimension.PERCENT, Dimension.POINTS, Dimension.TIMES])
_CUE_WINDOW = 12


def detect_change(line: TokenLine, amount: AmountCandidate, start: int, end: int) -> Change | None:
    """Return the change that the amount expresses in its sentence, the tokens `start` to `end` (half-open), or None."""
    relative = amount.unit is not None and amount.unit.dimension in _CHANGE_DIMENSIONS
    if amount.unit is not None and amount.unit.dimension in (Dimension.AGE, Dimension.DURATION):
        return None
    direction = _find_adjacent_cue(line, amount, start, end, relative=relative) or (
        _find_nearest_cue(line, amount, start) if relative else ""
    )
    if not direction and not relative:
        return None
    basis = _find_comparison_basis(line, amount.last, min(amount.last + _CUE_WINDOW, end))
    if direction and not basis:
        basis = _find_stock_basis(line, max(amount.first - _CUE_WINDOW, start), amount.first)
    return Change(direction, basis) if direction or basis else None


def _change_direction_of(word: str) -> str:
    return "rise" if word in _RISE_CUES else "fall" if word in _FALL_CUES else ""


def _find_adjacent_cue(line: TokenLine, amount: AmountCandidate, start: int, end: int, *, relative: bool) -> str:
    """Return the direction by the cue next to the amount, or an empty string.

    The cue is right before it (`increase of`, `fell by`, `up`) or right after it (`20 percent increase`).
    """
    k = amount.first - 1
    joined = line.lower_at(k) in ("by", "of")
    k -= joined
    while k >= start and (line.lower_at(k).endswith("ly") or line.lower_text(k - 2, k + 1) == "year on year"):
        k -= 1
    word = line.lower_at(k)
    plain = relative or joined or word in ("up", "down")  # not: cut 300 jobs, raised 5 million yuan
    if k >= start and plain and _change_direction_of(word) and word not in ("more", "less", "higher", "lower", "fewer"):
        return "" if _is_share_of_whole(line, k) else _change_direction_of(word)
    j = amount.last
    for n in range(j, min(j + 6, end)):
        word = line.lower_at(n)
        if _change_direction_of(word) and word not in ("cut", "cuts", "gains", "lost", "saving"):
            free = line.kind_at(n + 1) != "numeral" and line.lower_at(n + 1) not in ("by", "to", "than half")
            return _change_direction_of(word) if free and (n == j or word not in ("more", "less", "up", "down")) else ""
        if word not in ("a", "an", "year", "on", "annual", "average", "-", "yearly", "per"):
            break
    return ""


def _find_nearest_cue(line: TokenLine, amount: AmountCandidate, start: int) -> str:
    """Return the direction by the nearest cue before a percentage, or an empty string.

    `increases of 67 percent and 100 percent`: the cue is in the same sentence, at most `_CUE_WINDOW` tokens before.
    """
    for k in range(amount.first - 1, max(amount.first - 1 - _CUE_WINDOW, start - 1), -1):
        word = line.lower_at(k)
        if word in (";", ":") or (word in _SHARE_CUES and line.lower_at(k - 1) != "growth" and word != "rate"):
            return ""
        if _change_direction_of(word) and word not in ("more", "less", "fewer") and not _is_share_of_whole(line, k):
            return _change_direction_of(word)
    return ""


def _is_share_of_whole(line: TokenLine, k: int) -> bool:
    """Return True for `making up 80 percent`, which is a share and no rise."""
    return line.lower_at(k) == "up" and line.lower_at(k - 1) in (
        "make",
        "makes",
        "made",
        "making",
        "take",
        "takes",
        "taking",
        "took",
    )


def _find_comparison_basis(line: TokenLine, j: int, end: int) -> str:
    for k in range(j, end):
        low = line.lower_at(k)
        if low in (";", ".", "(") or line.kind_at(k) == "numeral" or low in ("and", "while"):
            break
        if stock := _stock_basis_at(line, k):
            return stock
        if low in _COMPARISON_OPENERS and _opens_comparison(line, k, adjacent=k == j):
            return _comparison_clause_text(line, k, end)
    return ""


def _find_stock_basis(line: TokenLine, start: int, end: int) -> str:
    return next((text for k in range(end - 1, start - 1, -1) if (text := _stock_basis_at(line, k))), "")


def _stock_basis_at(line: TokenLine, k: int) -> str:
    if line.lower_at(k) not in _STOCK_BASIS_FIRST_WORDS:
        return ""
    for words in _STOCK_BASES:
        n = words.count(" ") + 1
        for size in (n, 2 * n - 1):
            if line.lower_text(k, k + size) == words and line.kind_at(k + size - 1) == "word":
                return line.printed_text(k, k + size)
    return ""


_STOCK_BASIS_FIRST_WORDS = frozenset(words.split()[0] for words in _STOCK_BASES)


def _opens_comparison(line: TokenLine, k: int, *, adjacent: bool) -> bool:
    """Return True where the word at `k` opens a comparison.

    `compared with` and `than` always do; `over 2015` and `on the same period` only before a time; `versus` and
    `against` only where `adjacent`: right after the amount.
    """
    low, following = line.lower_at(k), line.lower_at(k + 1)
    if low == "compared" or (low == "than" and following != "half"):
        return True
    if low in ("versus", "against"):
        return adjacent
    words = line.lower_text(k + 1, k + 4)
    return (line.kind_at(k + 1) == "numeral" and len(following) == 4) or words.startswith(
        ("the same", "that of", "the previous", "the year", "last year", "the level")
    )


def _comparison_clause_text(line: TokenLine, k: int, end: int) -> str:
    last = next(
        (n for n in range(k + 1, min(k + 10, end)) if line.lower_at(n) in (",", ".", ";", "(", ")", "and")),
        min(k + 10, end),
    )
    return line.printed_text(k, last)
