"""Evidence: rules as rows, each a reason for one label, and the label with the best sum.

A row has a name, a label, a test of a block in its context, examples and counter-examples, and its source. Its weight,
in nats, is the one of `data/rule_weights.txt`, fitted by `bench/fit_pages.py`. A label is what a block is: the value of
a `BlockKind`, or the name of a piece of furniture. Text has no weight of its own: a block without evidence is text.

    Rule("heading.short", "heading", lambda b: b.own.is_short, ("«Coal town plants a forest» / Miners dig coal.",), ...)

In an example `/` parts blocks, `«»` marks the one that the row is about, and `# ` before a block marks a heading.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from shanxi_cli.util.lexicon import load_list

DEFAULT_LABEL = "text"
MIN_MARGIN = 1.0
"""Margin, in nats, below which a decision is doubtful: the other label is at least a third as likely."""

C = TypeVar("C")


class Rule(NamedTuple, Generic[C]):
    """A row: where `test` holds for a context, `label` gains the row's weight."""

    name: str
    label: str
    test: Callable[[C], bool]
    examples: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    source: str = "newspaper English, compiled by hand for this project"


class Verdict(NamedTuple):
    """The label of a block, its distance from the next one in nats, and the rows that spoke with their weights."""

    label: str
    margin: float
    reasons: tuple[tuple[str, float], ...] = ()


class RuleSet(Generic[C]):
    """Rows that are weighed together; `default` is the label without evidence."""

    def __init__(
        self, rules: Sequence[Rule[C]], weights: Mapping[str, float] | None = None, default: str = DEFAULT_LABEL
    ) -> None:
        self._default = default
        weights = load_weights() if weights is None else weights
        self.rules = tuple(rules)
        self._rows = [(rule.name, rule.label, rule.test, weights[rule.name]) for rule in rules]

    def weigh(self, context: C) -> Verdict:
        """Return the label with the best sum; of equal ones the default, then the one whose row comes first."""
        sums = {self._default: 0.0}
        reasons = []
        for name, label, test, weight in self._rows:
            if test(context):
                sums[label] = sums.get(label, 0.0) + weight
                reasons.append((name, weight))
        label = max(sums, key=sums.__getitem__)
        others = [value for other, value in sums.items() if other != label]
        return Verdict(label, sums[label] - max(others, default=0.0), tuple(reasons))


@cache
def load_weights() -> Mapping[str, float]:
    """Return the weight of each row by its name."""
    return dict(_parse_weights(load_list("segmentation/rule_weights")))


def _parse_weights(lines: Iterable[str]) -> Iterable[tuple[str, float]]:
    for line in lines:
        name, weight, *_ = line.split()  # the weight set by hand may follow
        yield name, float(weight)
