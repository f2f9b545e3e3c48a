"""Rules that read a quantity, one for each pass that spoke: `number: fraction`, `modifier: about`, `period: ...`."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shanxi_cli.extraction.quantities import modifiers, numerals
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.magnitudes import MAGNITUDES
from shanxi_cli.extraction.quantities.numbers import parse_number_at
from shanxi_cli.extraction.quantities.pipeline import AmountMatches, ParagraphReading, read_amounts
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.unit_matcher import find_currency_before
from shanxi_cli.model.quantity import Dimension, Quantity
from shanxi_cli.util.edtf import DateInterval


class ExplainedQuantity(NamedTuple):
    """A quantity, and the rules that read it in the order of the passes, each as `pass: rule`."""

    quantity: Quantity
    rules: tuple[str, ...]


def explain_paragraphs(
    paragraphs: Iterable[str], reference: DateInterval | None = None
) -> list[tuple[ExplainedQuantity, ...]]:
    """Return the quantities of each paragraph of an article, as from `read_paragraphs`, with their rules."""
    return [tuple(_explain_reading(reading)) for reading in read_amounts(paragraphs, reference)]


def _explain_reading(reading: ParagraphReading) -> Iterator[ExplainedQuantity]:
    if reading.line is None:
        return
    for draft, found, quantity in zip(reading.drafts, reading.matches, reading.quantities, strict=True):
        rules = dict(_name_rules(reading.line, draft, found))
        if quantity.same_as is not None and quantity.same_as < len(reading.quantities):
            rules["link"] = f"same amount as {reading.quantities[quantity.same_as].text}"
        yield ExplainedQuantity(quantity, tuple(f"{step}: {rule}" for step, rule in rules.items() if rule))


def _name_rules(line: TokenLine, draft: AmountCandidate, found: AmountMatches) -> Iterator[tuple[str, str]]:
    yield "candidate", _name_candidate(draft)
    yield "number", _name_number_form(line, draft)
    yield "unit", _name_unit_rule(line, draft)
    yield "modifier", _name_modifier(line, draft)
    yield "counted", found.counted.rule
    yield "rate", found.rate.rule if found.rate.noun else ""
    yield "change", ", ".join(found.change.rules) if found.change else ""
    yield "period", found.period.rule


def _name_candidate(draft: AmountCandidate) -> str:
    if draft.is_elliptical:
        return "number for the noun before"
    if draft.is_list_item:
        return "number of a list"
    if draft.noun is not None:
        return "counted noun"
    if draft.unit is None or not draft.unit.canonical:
        return "number alone" if draft.unit is None or draft.unit.dimension is Dimension.COUNT else "amount of money"
    if draft.unit.dimension is Dimension.AGE:
        return "age"
    return "number with a unit" if draft.unit.dimension is not Dimension.COUNT else "count"


def _name_number_form(line: TokenLine, draft: AmountCandidate) -> str:
    """Return how the number is printed: in digits, in words, as a fraction, with a magnitude, as a range."""
    i = draft.number_start
    number = parse_number_at(line, i, money=bool(find_currency_before(line, i)[0]))
    last = number.last if number else i + 1
    if line.kind_at(i) != "numeral":
        form = "fraction in words" if number and number.is_share else "words"
    elif numerals.parse_fraction_at(line, i):
        form = "fraction"
    elif last > i + 1 and line.lower_at(last - 1) in MAGNITUDES:
        form = "digits and magnitude"
    elif last > i + 1 and line.kind_at(last - 1) == "word":
        form = "digits and letter of a magnitude"
    else:
        form = "digits" if last == i + 1 else "groups of digits"
    return f"range, {form}" if draft.high is not None else form


def _name_unit_rule(line: TokenLine, draft: AmountCandidate) -> str:
    if draft.unit_rule:
        return draft.unit_rule
    if draft.unit is None:
        return ""
    if draft.noun is not None:
        return "head of the counted noun"
    if draft.unit.dimension is Dimension.MONEY and find_currency_before(line, draft.number_start)[0]:
        return "currency before the number"
    return "unit behind the number" if draft.unit.canonical else ""


def _name_modifier(line: TokenLine, draft: AmountCandidate) -> str:
    if not draft.has_relation_cue:
        return ""
    for k in range(draft.number_start, draft.first - 1, -1):
        cue = modifiers.find_relation_before(line, k)
        if cue and cue.cue_edge == draft.first:
            return cue.rule
    for k in range(draft.last, draft.number_start, -1):
        cue = modifiers.find_relation_after(line, k)
        if cue and cue.relation is draft.relation:
            return cue.rule
    return ""
