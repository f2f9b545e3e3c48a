"""Every row of a rule reads its examples and leaves its counter-examples alone."""

import pytest

from shanxi_cli.extraction.quantities import (
    change_rules,
    compared_periods,
    false_positives,
    modifier_rules,
    rates,
    read_quantities,
)
from shanxi_cli.extraction.quantities.explanation import explain_paragraphs
from shanxi_cli.extraction.quantities.token_rules import TokenRule
from shanxi_cli.util import edtf

DATE = edtf.parse_edtf("2021-07-14")
RULES_BY_STEP: dict[str, tuple[TokenRule, ...]] = {
    "modifier": (*modifier_rules.BEFORE_RULES, *modifier_rules.AFTER_RULES),
    "rate": (*rates.AFTER_RULES, *rates.BEFORE_RULES),
    "change": (
        *change_rules.BEFORE_RULES,
        *change_rules.RELATIVE_RULES,
        *change_rules.AFTER_RULES,
        *change_rules.BASIS_RULES,
        *change_rules.OPENER_RULES,
    ),
    "period": (*compared_periods.SHIFT_RULES,),
}
READ = [(step, rule, text) for step, rules in RULES_BY_STEP.items() for rule in rules for text in rule.examples]
LEFT = [(step, rule, text) for step, rules in RULES_BY_STEP.items() for rule in rules for text in rule.counters]
NO_FIGURES = [*false_positives.CLOCK_RULES, *false_positives.NAME_RULES]


def rules_of(text: str, step: str) -> list[str]:
    """Return the rules of one pass that read the figures of a text."""
    explained = [name for read in explain_paragraphs([text], DATE)[0] for name in read.rules]
    return [rule for name in explained if name.startswith(f"{step}: ") for rule in name.split(": ", 1)[1].split(", ")]


@pytest.mark.parametrize(("step", "rule", "text"), READ, ids=[f"{s}-{r.name}-{t}" for s, r, t in READ])
def test_rule_reads_its_example(step: str, rule: TokenRule, text: str) -> None:
    assert rule.name in rules_of(text, step)


@pytest.mark.parametrize(("step", "rule", "text"), LEFT, ids=[f"{s}-{r.name}-{t}" for s, r, t in LEFT])
def test_rule_leaves_its_counter_example(step: str, rule: TokenRule, text: str) -> None:
    assert rule.name not in rules_of(text, step)


@pytest.mark.parametrize("text", [text for rule in NO_FIGURES for text in rule.examples])
def test_number_of_a_name_or_clock_is_no_figure(text: str) -> None:
    assert read_quantities(text, DATE) == ()


@pytest.mark.parametrize("text", [text for rule in NO_FIGURES for text in rule.counters])
def test_number_beside_such_a_word_is_a_figure(text: str) -> None:
    assert len(read_quantities(text, DATE)) == 1


@pytest.mark.parametrize(
    ("text", "compared"),
    [(text, True) for rule in compared_periods.CUE_RULES for text in rule.examples],
)
def test_compared_amount_has_a_time_of_its_own(text: str, compared: bool) -> None:
    rules = rules_of(text, "period")
    assert (rules[-1] in (compared_periods.TIMES_BESIDE_RULE, compared_periods.UNKNOWN_RULE)) is compared
