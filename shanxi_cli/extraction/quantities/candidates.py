"""Amount candidates: a number with its unit or counted noun and its relation, without time, rate or change."""

from shanxi_cli.extraction.quantities import modifiers
from shanxi_cli.extraction.quantities.magnitudes import NumberSpan
from shanxi_cli.extraction.quantities.noun_phrases import CountedNounPhrase
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import UnitDefinition
from shanxi_cli.model.quantity import Dimension, Relation
from shanxi_cli.util.frozen_record import Record


class AmountCandidate(Record):
    """An amount in the tokens `first` to `last` (half-open); its number begins at the token `number_start`.

    `unit` is None for a number without one; `noun` is the counted phrase after it, if any. `value` and `high` are as
    printed: the factor of `unit` is applied by the pipeline.
    """

    first: int
    number_start: int
    last: int
    value: float
    high: float | None
    unit: UnitDefinition | None
    relation: Relation = Relation.EQUAL
    has_relation_cue: bool = False  # the relation is printed
    noun: CountedNounPhrase | None = None
    is_plain_numeral: bool = False
    is_spelled_out: bool = False
    is_adjectival: bool = False  # 16-gigawatt project
    is_elliptical: bool = False  # it counts the noun of the amount before: 22 points and Doyle 17
    is_subject: bool = False  # it counts a noun of the paragraph, whichever sentence: Of the 56, 22 have degrees
    shared_noun: CountedNounPhrase | None = None  # the noun of the number before that it counts too
    unit_rule: str = ""  # the rule that gave a unit which is not printed beside the number
    is_list_item: bool = False  # kept only right beside an amount with a unit: six hours to two


def build_amount(
    line: TokenLine,
    first: int,
    number: NumberSpan,
    last: int,
    unit: UnitDefinition | None,
    noun: CountedNounPhrase | None = None,
) -> AmountCandidate:
    """Return the amount of a number, with the relation printed before or after it."""
    number_first = number.first
    if number.high is not None and line.lower_at(first - 1) in ("between", "from"):
        first -= 1
    first, number = _extend_over_minus_sign(line, first, number, unit)
    cue = modifiers.find_relation_before(line, first)
    relation = Relation.ABOUT if number.is_vague else Relation.EQUAL
    time = unit is not None and unit.dimension in (Dimension.DURATION, Dimension.AGE)
    if cue and time and modifiers.is_over_duration(line, cue.cue_edge):
        cue = None
    has_cue = cue is not None
    if cue:
        relation, first = cue.relation, cue.cue_edge
    elif following := modifiers.find_relation_after(line, last):
        relation, last, has_cue = following.relation, following.cue_edge, True
    adjective = line.is_hyphen(number.last) and unit is not None
    return AmountCandidate(
        first=first,
        number_start=number_first,
        last=last,
        value=number.value,
        high=number.high,
        unit=unit,
        relation=relation,
        has_relation_cue=has_cue,
        noun=noun,
        is_plain_numeral=number.is_plain_numeral,
        is_spelled_out=number.is_spelled_out,
        is_adjectival=adjective,
    )


def _extend_over_minus_sign(
    line: TokenLine, first: int, number: NumberSpan, unit: UnitDefinition | None
) -> tuple[int, NumberSpan]:
    """Return the number below zero for `minus 5 C`, `-12 percent` and `-$3 million`, and where it begins.

    A dash with none or a space before it, and none behind it, is a minus sign; counts and ages are never negative.
    """
    if unit is None or unit.dimension in (Dimension.COUNT, Dimension.AGE):
        return first, number
    sign = line.lower_at(first - 1)
    glued = sign in ("-", "\u2212") and line.no_space_before(first) and not line.no_space_before(first - 1)
    dash = glued and line.kind_at(first - 2) != "numeral"
    if dash or (sign in ("minus", "negative") and line.lower_at(first - 2) not in ("or", "plus")):
        return first - 1, number._replace(value=-number.value)
    return first, number
