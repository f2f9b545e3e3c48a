"""Ratios as shares in percent: `one in five`, `nine out of 10`."""

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.candidates import AmountCandidate, build_amount
from shanxi_cli.extraction.quantities.magnitudes import NumberSpan
from shanxi_cli.extraction.quantities.numbers import parse_number_at
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.unit_matcher import PERCENT_UNIT, parse_unit_at


def parse_ratio(line: TokenLine, number: NumberSpan) -> AmountCandidate | None:
    """Parse `one in five` and `nine out of 10` as a share in percent; None for anything else."""
    j = number.last
    out = line.lower_text(j, j + 2) == "out of"
    if not (out or line.lower_at(j) == "in") or not 1 <= number.value < 100 or number.value != int(number.value):
        return None
    total = parse_number_at(line, j + 2 if out else j + 1)
    if total is None or total.is_share or not number.value < total.value <= 1000 or parse_unit_at(line, total)[0]:
        return None
    noun = noun_phrases.counted_noun_at(line, total.last)
    if not out and not _is_ratio_in_digits(line, number, total, noun):
        return None
    last = noun.last if noun and not out and total.is_plain_numeral else total.last
    share = NumberSpan(number.first, last, 100 * number.value / total.value, is_share=True, is_spelled_out=True)
    return build_amount(line, share.first, share, last, PERCENT_UNIT, noun if last > total.last else None)


def _is_ratio_in_digits(
    line: TokenLine, number: NumberSpan, total: NumberSpan, noun: noun_phrases.CountedNounPhrase | None
) -> bool:
    """Return True for `one in five`, `1 in 5 households` and `3 in 10`; not for `scored 2 in 5 games`."""
    if number.value > 9:
        return False
    if not total.is_plain_numeral:
        return number.is_spelled_out
    if number.is_spelled_out:
        return total.value in (10, 100, 1000)
    person = noun is not None and noun.unit in ("person", "household", "company")
    return total.value <= 100 and (person or number.value == 1 or total.value in (10, 100))
