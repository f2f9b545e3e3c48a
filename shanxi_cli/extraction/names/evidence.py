"""Evidence around a name that it is a person's, a place's, an organisation's or a thing's, by the rows of rules."""

import re
from collections.abc import Callable
from functools import cache

from shanxi_cli.extraction.names.body_rules import ACRONYM_RULES, BODY_RULES
from shanxi_cli.extraction.names.evidence_rules import PERSON_RULES, PLACE_RULES, SPEECH_RULES, THING_RULES

_REACH = 30
"""Characters before a name that a rule may read."""

CompiledRule = tuple[str, frozenset[str], Callable[[str], object] | None, Callable[[str, int], object] | None]
RULES = {
    "person": PERSON_RULES,
    "speech": SPEECH_RULES,
    "place": PLACE_RULES,
    "thing": THING_RULES,
    "body": BODY_RULES,
    "acronym": ACRONYM_RULES,
}


@cache
def compile_rules(kind: str) -> list[CompiledRule]:
    """Return the rules of a kind, a key of `RULES`, compiled when a text is first read."""
    return [
        (
            rule.name,
            rule.words,
            re.compile(rule.before).search if rule.before else None,
            re.compile(rule.after).match if rule.after else None,
        )
        for rule in RULES[kind]
    ]


def find_evidence(kind: str, text: str, start: int, end: int) -> str:
    """Return the name of the first rule of a kind that holds around text[start:end]; empty for none."""
    left = text[max(0, start - _REACH) : start]
    word = left.rstrip(", ").rpartition(" ")[2].lower().lstrip("\n\"“‘'(") if left[-1:] == " " else ""
    for name, words, before, after in compile_rules(kind):
        if words and word not in words:
            continue
        if (after is None or after(text, end)) and (before is None or before(left)):
            return name
    return ""
