"""Fractions in words: `two-thirds`, `half a million`, `a third of`, `quarter-point`; shares are in percent."""

from shanxi_cli.extraction.quantities.magnitudes import MAGNITUDES, NumberSpan, apply_magnitudes
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS
from shanxi_cli.extraction.quantities.token_line import TokenLine

_FRACTION_DENOMINATORS = {
    "half": 2.0,
    "halves": 2.0,
    "third": 3.0,
    "quarter": 4.0,
    "fourth": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
    "seventh": 7.0,
    "eighth": 8.0,
    "ninth": 9.0,
    "tenth": 10.0,
    "hundredth": 100.0,
}
FRACTION_DENOMINATORS = _FRACTION_DENOMINATORS | {
    word + "s": n for word, n in _FRACTION_DENOMINATORS.items() if word not in ("half", "halves")
}
_ABOUT_WORDS = frozenset("nearly almost about around roughly approximately over only just".split())
_SHARE_VERBS = frozenset(
    "are were is was have had has said say says will would could do did does think thought live lived work".split()
)


def parse_spelled_fraction(line: TokenLine, i: int, j: int, count: float) -> NumberSpan | None:
    """Parse `two-thirds`, `three quarters of`: a fraction as a share in percent."""
    k = j + 1 if line.is_hyphen(j) else j
    size = FRACTION_DENOMINATORS.get(line.lower_at(k))
    if not size or not 1 <= count < size or (size > 10 and line.lower_text(k + 1, k + 3) != "of a"):
        return None
    ends = line.kind_at(k + 1) != "word" or line.lower_at(k + 1) in STOP_WORDS
    if k == j and not ends and not line.lower_at(k).endswith("s"):
        return None  # one third party
    return NumberSpan(i, k + 1, 100 * count / size, is_share=True, is_spelled_out=True)


def parse_article_number(line: TokenLine, i: int) -> NumberSpan | None:
    """Parse `a million`, `a dozen`, `a couple of`, `half a million`, `half of`, `a third of`.

    An article alone is no number.
    """
    j = i + 1 if line.lower_at(i) in ("a", "an") else i
    word = line.lower_at(j)
    if word == "couple" and (line.lower_at(j + 1) == "of" or j > i):
        return NumberSpan(i, j + 2, 2.0, is_vague=True, is_spelled_out=True) if line.lower_at(j + 1) == "of" else None
    if word in MAGNITUDES and len(word) > 3:
        value, last = apply_magnitudes(line, j, 1.0)
        return NumberSpan(i, last, value, is_spelled_out=True)
    if word == "half":
        return _parse_half(line, i, j)
    changed = line.lower_at(i - 1) == "by" and (line.kind_at(j + 1) != "word" or line.lower_at(j + 1) in STOP_WORDS)
    changed = changed and line.lower_at(j + 1) != "of" and not line.is_hyphen(j + 1)
    changed |= j > i and _is_share_alone(line, i, j + 1)
    if word in FRACTION_DENOMINATORS and j > i and changed:  # jumped by a fifth
        return NumberSpan(i, j + 1, 100 / FRACTION_DENOMINATORS[word], is_share=True, is_spelled_out=True)
    if word in FRACTION_DENOMINATORS and j > i and line.lower_at(j + 1) == "of" and not word.endswith("s"):
        if (k := _skip_of_a(line, j + 1)) > j + 1:
            return NumberSpan(i, k, 1 / FRACTION_DENOMINATORS[word], is_spelled_out=True)
        if line.lower_at(j + 2) == "a" and line.lower_at(j + 3) in MAGNITUDES:  # a quarter of a million
            value, last = apply_magnitudes(line, j + 3, 1.0)
            return NumberSpan(i, last, value / FRACTION_DENOMINATORS[word], is_spelled_out=True)
        return NumberSpan(i, j + 1, 100 / FRACTION_DENOMINATORS[word], is_share=True, is_spelled_out=True)
    return None


def _is_share_alone(line: TokenLine, i: int, k: int) -> bool:
    """Return True for `a third — 31% —`, `nearly a third, mostly women,` and `about a quarter said`."""
    if line.kind_at(k) == "mark" and not line.is_hyphen(k) and line.kind_at(k + 1) == "numeral":
        return line.lower_at(k) != "," and any(
            line.lower_at(n) in ("%", "percent", "per", "pct") for n in (k + 2, k + 3)
        )
    if line.lower_at(i - 1) not in _ABOUT_WORDS and line.lower_text(i - 2, i) not in ("more than", "less than"):
        return False
    following = line.lower_at(k)
    return line.kind_at(k) != "word" or following in _SHARE_VERBS


def _parse_half(line: TokenLine, i: int, j: int) -> NumberSpan | None:
    article = j + 2 if line.is_hyphen(j + 1) else j + 1
    if line.lower_at(article) in ("a", "an"):
        value, last = apply_magnitudes(line, article + 1, 1.0)
        return NumberSpan(i, last, value / 2, is_spelled_out=True)
    k = j + 2 if line.is_hyphen(j + 1) else j + 1
    if line.lower_at(k) in MAGNITUDES:  # half million, half-mln
        if k > j + 1 and i < j:
            return None  # the article of a half-mln is none of the number
        value, last = apply_magnitudes(line, k, 1.0)
        return NumberSpan(i, last, value / 2, is_spelled_out=True)
    if _is_point(line, k):
        return None if i < j else NumberSpan(i, k if k == j + 1 else j + 1, 0.5, is_spelled_out=True)
    return NumberSpan(i, j + 1, 50.0, is_share=True, is_spelled_out=True)


def _skip_of_a(line: TokenLine, k: int) -> int:
    """Return the token after `of a` in `a quarter of a percentage point`, or `k`."""
    return k + 2 if line.lower_text(k, k + 2) == "of a" and _is_point(line, k + 2) else k


def _is_point(line: TokenLine, k: int) -> bool:
    """Return True for `point` as in `half-point`, `quarter percentage point`."""
    k += line.lower_at(k) == "percentage"
    return line.lower_at(k) in ("point", "points")


def parse_quarter(line: TokenLine, i: int) -> NumberSpan | None:
    """Parse `quarter-point`, `quarter-million`: a quarter joined to what it is of."""
    k = i + 2 if line.is_hyphen(i + 1) else i + 1
    if _is_point(line, k):
        return NumberSpan(i, i + 1, 0.25, is_spelled_out=True)
    if k > i + 1 and line.lower_at(k) in MAGNITUDES:
        value, last = apply_magnitudes(line, k, 1.0)
        return NumberSpan(i, last, value / 4, is_spelled_out=True)
    return None
