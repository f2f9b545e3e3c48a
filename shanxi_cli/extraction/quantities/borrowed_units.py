"""Units of numbers that have none of their own: that of a list, of the noun before, of a level or of an ellipsis."""

from collections.abc import Sequence

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.levels import find_level_unit, is_compared_level, is_money_level
from shanxi_cli.extraction.quantities.plurals import to_singular
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
        if draft.is_subject:
            given = _count_of_subject(line, draft, counted, kept)
        elif draft.is_elliptical:
            given = None
            if counted is not None and _is_same_count(line, kept, draft):
                noun = _last_noun(kept)
                given = replace_fields(draft, unit=counted, shared_noun=noun, unit_rule="noun of the number before")
        elif draft.unit is None:
            given = _unit_told_around(line, done, n, counted, kept)
        else:
            given = draft
            counted = draft.unit if draft.noun is not None else counted
        if given is not None:
            kept.append(given)
    return kept


def _count_of_subject(
    line: TokenLine, draft: AmountCandidate, counted: UnitDefinition | None, kept: Sequence[AmountCandidate]
) -> AmountCandidate | None:
    """Return the number of `22 have degrees` with the noun that was counted before; None where there is none."""
    if counted is None and not _stands_alone(line, draft):
        return None
    if draft.noun is not None and not _is_noun_of_count(line, draft, kept):
        return None
    unit = draft.unit or counted or BARE_NUMBER_UNIT
    return replace_fields(draft, unit=unit, shared_noun=_last_noun(kept), unit_rule="noun counted before")


def _unit_told_around(
    line: TokenLine,
    drafts: Sequence[AmountCandidate],
    n: int,
    counted: UnitDefinition | None,
    kept: Sequence[AmountCandidate],
) -> AmountCandidate | None:
    """Return the number alone at `n` with the unit that the words around it tell, or None for the rest of a list."""
    draft = drafts[n]
    follows = kept and draft.first - kept[-1].last <= 1 and line.lower_at(draft.first - 1) in ("to", "from")
    beside = kept[-1].unit if follows else None
    if beside and beside.dimension is Dimension.PERCENT and draft.value >= _MIN_LEVEL:
        beside = find_level_unit(line, kept[-1].first) or BARE_NUMBER_UNIT
    if draft.is_list_item and beside is None:
        return None
    told = _find_nearby_unit(line, draft, drafts, n) or beside or _find_elided_unit(line, draft, kept)
    return replace_fields(
        draft,
        unit=told or counted or BARE_NUMBER_UNIT,
        shared_noun=None if told else _last_noun(kept),
        unit_rule="unit told by the words around",
    )


def _last_noun(kept: Sequence[AmountCandidate]) -> noun_phrases.CountedNounPhrase | None:
    """Return the noun that the last number with one counts, or None."""
    return next((draft.noun for draft in reversed(kept) if draft.noun is not None), None)


def _stands_alone(line: TokenLine, draft: AmountCandidate) -> bool:
    """Return True for `Twelve were arrested`: spelled out, before a verb that tells a count."""
    return draft.is_spelled_out and draft.noun is None and line.lower_at(draft.last) in ("are", "were", "have", "had")


def _is_noun_of_count(line: TokenLine, draft: AmountCandidate, kept: Sequence[AmountCandidate]) -> bool:
    """Return True for `One minister holds` where ministers were counted before in the paragraph."""
    if draft.noun is None:
        return False
    noun = line.lower_at(draft.noun.last - 1)
    heads = (line.lower_at(other.noun.last - 1) for other in kept if other.noun is not None)
    return any(to_singular(head) == noun for head in heads)


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
