"""Units of numbers that have none of their own: that of a list, of the noun before, of a level or of an ellipsis."""

from collections.abc import Sequence

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.levels import find_level_unit, is_compared_level, is_money_level
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import UnitDefinition
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.frozen_record import replace_fields

BARE_NUMBER_UNIT = UnitDefinition("", Dimension.COUNT)
_MIN_LEVEL = 1000  # after `rose 6 percent to`, such a number is a level and no percentage
_MAX_ELLIPSIS_TOKENS = 8  # tokens between a count and a number that repeats its noun


def assign_borrowed_units(line: TokenLine, drafts: list[AmountCandidate]) -> list[AmountCandidate]:
    """Give numbers alone the unit of the next amount of a list, or of the noun before.

    `5, 10 and 20 percent`; `ten towns joined, another five followed`.
    """
    done: list[AmountCandidate] = []
    following: AmountCandidate | None = None
    for draft in reversed(drafts):
        if draft.unit is None and following is not None and _is_list_item(line, draft, following):
            draft = replace_fields(draft, unit=following.unit, unit_rule="unit of the next of a list")
        done.append(draft)
        following = draft
    done.reverse()
    counted: UnitDefinition | None = None
    kept: list[AmountCandidate] = []
    for n, draft in enumerate(done):
        if draft.is_elliptical:
            if counted is None or not _is_same_count(line, kept, draft):
                continue
            draft = replace_fields(draft, unit=counted, unit_rule="noun of the number before")
        elif draft.unit is None:
            follows = kept and draft.first - kept[-1].last <= 1 and line.lower_at(draft.first - 1) in ("to", "from")
            beside = kept[-1].unit if follows else None
            if beside and beside.dimension is Dimension.PERCENT and draft.value >= _MIN_LEVEL:
                beside = find_level_unit(line, kept[-1].first) or BARE_NUMBER_UNIT
            if draft.is_list_item and beside is None:
                continue
            draft = replace_fields(
                draft,
                unit=_find_nearby_unit(line, draft, done, n)
                or beside
                or _find_elided_unit(line, draft, kept)
                or counted
                or BARE_NUMBER_UNIT,
                unit_rule="unit told by the words around",
            )
        elif draft.noun is not None:
            counted = draft.unit
        kept.append(draft)
    return kept


def _is_same_count(line: TokenLine, kept: Sequence[AmountCandidate], draft: AmountCandidate) -> bool:
    """Return True where an elliptical number is in the sentence of the count before it: `22 points and Doyle 17`."""
    last = kept[-1]
    near = draft.first - last.last <= _MAX_ELLIPSIS_TOKENS and last.unit is not None
    ended = any(line.lower_at(k) == "." and not line.no_space_before(k + 1) for k in range(last.last, draft.first))
    return near and not ended and (last.noun is not None or last.is_elliptical)


def _find_nearby_unit(
    line: TokenLine, draft: AmountCandidate, drafts: Sequence[AmountCandidate], n: int
) -> UnitDefinition | None:
    """Return the unit in `1,200 of the city's 3,400 restaurants` or `the number of companies reached 10,000`."""
    if line.lower_at(draft.last) == "of" and n + 1 < len(drafts) and drafts[n + 1].first - draft.last <= 6:
        return drafts[n + 1].unit
    return _find_number_of_unit(line, draft)


def _find_elided_unit(
    line: TokenLine, draft: AmountCandidate, before: Sequence[AmountCandidate]
) -> UnitDefinition | None:
    """Return the unit named last in the sentence for a number with a magnitude, or None.

    `invested 4.5bn yuan; in 2021 the figure was 5.1bn`; `earned 4.5bn yuan. Revenues were 5.1bn`.
    """
    if line.kind_at(draft.last - 1) != "word" or draft.is_spelled_out or not before or before[-1].unit is None:
        return None
    between = range(before[-1].last, draft.first)
    ended = any(line.lower_at(k) == "." and not line.no_space_before(k + 1) for k in between)
    ended = ended and not is_compared_level(line, before[-1].last, draft.first)
    if ended and is_money_level(line, draft.first):
        units = (other.unit for other in reversed(before) if other.unit and other.unit.dimension is Dimension.MONEY)
        return next((unit for unit in units if unit.factor == 1), None)
    return None if ended or before[-1].unit.dimension is Dimension.PERCENT else before[-1].unit


def _is_list_item(line: TokenLine, draft: AmountCandidate, following: AmountCandidate) -> bool:
    if following.unit is None or (following.unit.dimension is Dimension.COUNT and not draft.is_list_item):
        return False
    return line.lower_text(draft.last, following.first) in (",", "and", "or", ", and", ", or", "to")


def _find_number_of_unit(line: TokenLine, draft: AmountCandidate) -> UnitDefinition | None:
    """Return the unit of `the number of companies reached 10,000`, or None."""
    from_token = max(draft.first - 16, 0)
    for k in range(draft.first - 1, from_token, -1):
        if line.lower_at(k) == "." and not line.no_space_before(k + 1):
            return None
        if line.lower_text(k - 1, k + 1) == "number of":
            noun = noun_phrases.counted_noun_at(line, k + 1)
            return UnitDefinition(noun.unit, Dimension.COUNT) if noun else None
    return None
