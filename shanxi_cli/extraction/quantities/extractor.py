"""The amounts of a paragraph, in order: each number is tried with its unit, as a count, or passed over."""

from collections.abc import Iterator

from shanxi_cli.extraction.quantities.candidates import Amount, make
from shanxi_cli.extraction.quantities.counted_nouns import counted, ratio, without_number
from shanxi_cli.extraction.quantities.false_positives import part_of_code
from shanxi_cli.extraction.quantities.numbers import BEGINNINGS, Number, number_at, range_at
from shanxi_cli.extraction.quantities.token_line import Line
from shanxi_cli.extraction.quantities.unit_matcher import currency_before, doubled_currency, unit_at
from shanxi_cli.extraction.quantities.units import SIGNS, Unit
from shanxi_cli.model.nouns import Dimension
from shanxi_cli.util.frozen_record import replace

_CHANGING = frozenset(
    """
    increase increased increases increasing rise rose rises rising risen grow grew grown growing expand expanded
    expanding climb climbed jump jumped surge surged soar soared raise raised raising boost boosted lift lifted
    fall fell fallen falling drop dropped dropping decline declined declining decrease decreased cut reduce reduced
    reducing shrink shrank shorten shortened lower lowered slash slashed up down went improve improved double doubled
    """.split()
)


def find(line: Line, taken: frozenset[int]) -> Iterator[Amount]:
    """The amounts of `line` in order. Pieces in `taken` belong to dates and begin none."""
    i = floor = 0
    pieces = line.pieces
    while i < len(pieces):
        piece = pieces[i]
        begins = piece.kind == "numeral" or piece.low in BEGINNINGS or piece.low.endswith("fold")
        if not begins or i in taken:
            i += 1
            continue
        amount, after = _at(line, i, taken, floor)
        if amount is not None:
            yield amount if amount.first >= floor else replace(amount, first=floor)
            floor = amount.last
        i = max(after, i + 1)


def _at(line: Line, i: int, taken: frozenset[int], floor: int) -> tuple[Amount | None, int]:
    """The amount whose number begins at `i`, if any, and the piece to go on from."""
    code, first = currency_before(line, i)
    if first < floor:
        code, first = "", i
    number = number_at(line, i, bool(code))
    if number is None:
        return without_number(line, i)
    alone = number
    share = ratio(line, number) if not code else None
    if share:
        return share, share.last
    number = range_at(line, number, bool(code))
    if any(k in taken for k in range(alone.last, number.last)):
        number = alone
    unit, last = (Unit(code, Dimension.MONEY), number.last) if code else unit_at(line, number)
    if code:
        last = doubled_currency(line, number.last)
    if unit is None or code:
        end = part_of_code(line, number)
        if end is not None and not (code and line.kind(number.last) != "word"):
            return None, end
    elif line.glued(i) and (end := part_of_code(line, number._replace(last=last))) is not None:
        return None, max(end, last)
    if unit is None or number.share:
        return counted(line, number, unit)
    if _is_idle(line, number, unit):
        return None, last
    if number.high is not None and line.low(alone.last) == "to" and _changes_from(line, first):
        number, last, unit = alone, alone.last, unit
    elif number.high is None and unit.dimension is not Dimension.TIMES:
        number, last = _range_with_units(line, number, last, unit, code)
    return make(line, first, number, last, unit), last


def _changes_from(line: Line, first: int) -> bool:
    """`rose from 20 to 30 percent` gives two quantities; `ranging from 20 to 30 percent` a range."""
    if line.low(first - 1) != "from":
        return False
    near = [line.low(k) for k in range(max(first - 9, 0), first - 1)]
    return any(word in _CHANGING for word in near) and not any(word.startswith(("rang", "var")) for word in near)


def _range_with_units(line: Line, number: Number, last: int, unit: Unit, code: str) -> tuple[Number, int]:
    """`5 percent to 10 percent`, `between 5 mu and 10 mu`: one range, where the unit is printed at both ends."""
    before = line.low(number.first - (2 if code else 1))
    joined = line.low(last) == "to" or (line.low(last) == "and" and before == "between")
    if not joined and not (line.hyphen(last) and line.glued(last + 1)):
        return number, last
    if before == "from" and _changes_from(line, number.first):
        return number, last
    j = last + 1
    other, start = currency_before(line, j + 1) if line.at(j).text in SIGNS else ("", j)
    high = number_at(line, j + (1 if other else 0), bool(other))
    if high is None or start < last:
        return number, last
    upper, end = (Unit(other, Dimension.MONEY), high.last) if other else unit_at(line, high)
    if upper is None or upper.canonical != unit.canonical or high.value * upper.factor <= number.value * unit.factor:
        return number, last
    if upper.factor != unit.factor:
        return number, last
    return number._replace(high=high.value), end


def _is_idle(line: Line, number: Number, unit: Unit) -> bool:
    """`one day` as a manner of speaking, `at one time`, `one second`: no amounts."""
    if not number.spelled or number.value != 1 or line.hyphen(number.last):
        return number.spelled and number.value == 0 and unit.dimension is Dimension.TIMES
    if unit.dimension is Dimension.TIMES:
        return True
    return unit.canonical == "day" and line.low(number.first - 1) not in ("in", "for", "than", "least", "just", "only")
