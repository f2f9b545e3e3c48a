"""Every rule of evidence with its examples and counter-examples: one table."""

import pytest

from shanxi_cli.extraction.names import evidence
from shanxi_cli.extraction.names.evidence import find_evidence
from shanxi_cli.extraction.names.evidence_rules import EvidenceRule

KINDS = evidence.RULES
ROWS = [
    pytest.param(kind, rule, text, expected, id=f"{rule.name}: {text}")
    for kind, rules in KINDS.items()
    for rule in rules
    for expected, texts in ((True, rule.examples), (False, rule.counter_examples))
    for text in texts
]


@pytest.mark.parametrize(("kind", "rule", "text", "expected"), ROWS)
def test_rule_holds_for_its_examples_alone(kind: str, rule: EvidenceRule, text: str, expected: bool) -> None:
    before, _, rest = text.partition("[")
    name, _, after = rest.partition("]")
    found = find_evidence(kind, before + name + after, len(before), len(before + name))
    assert (found == rule.name) is expected


def test_every_rule_has_examples_of_both_kinds() -> None:
    assert [r.name for rules in KINDS.values() for r in rules if not (r.examples and r.counter_examples)] == []
