"""Passage filter: test single passages of an article against a query.

A passage has to contain the words of the body that the query names, and its places, people and organisations. Other
leaves (`date:`, `title:`) hold for a whole article, and so for each of its passages.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from shanxi_cli.engines.base import Engine, Found
from shanxi_cli.matching.highlighter import TextPattern, find_marks
from shanxi_cli.model.quantity import Quantity
from shanxi_cli.query.ast import Leaf, Measured
from shanxi_cli.query.plan.lookups import ExpansionLookup, PhraseLookup
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.query.visit import evaluate_query
from shanxi_cli.util.frozen_record import replace_fields

NAME_FIELDS = ("place", "person", "org")
"""Fields of names that a passage can contain."""
NO_NAMES: Mapping[str, str] = MappingProxyType({})


class PassageFilter:
    """Test passages against a query. The engine evaluates article-level leaves once; each passage is tokenized once."""

    def __init__(self, engine: Engine, plan: QueryPlan) -> None:
        self._query = plan.query
        self._last: tuple[int, str, Mapping[str, str]] | None = None
        self._last_matches = False
        self._found: dict[Leaf, Found] = {}  # of each leaf that holds for whole articles
        self._known: set[int] = set()
        self._articles: dict[Leaf, set[int]] = {}
        self._ranges: dict[Leaf, QuantityRange] = {}
        self._pattern_indexes: dict[Leaf, range] = {}  # of each leaf, into `_patterns`
        self._patterns: list[TextPattern] = []
        for planned in dict.fromkeys(plan.iterate_leaves(excluded=True)):
            leaf = planned.leaf
            if not _is_passage_leaf(leaf):
                self._found[leaf] = engine.search(plan.part(leaf))
                continue
            begin = len(self._patterns)
            for lookup in planned.lookups:
                if isinstance(lookup, QuantityRange):
                    self._ranges[leaf] = lookup
                elif isinstance(lookup, (PhraseLookup, ExpansionLookup)):
                    self._patterns.append(replace_fields(lookup, field="body"))
            self._pattern_indexes[leaf] = range(begin, len(self._patterns))
        self._has_names = any(_leaf_field(leaf) in NAME_FIELDS for leaf in self._pattern_indexes)

    @property
    def needs_quantities(self) -> bool:
        """True if the query has ranges, so that `matches` needs the quantities of a passage."""
        return bool(self._ranges)

    def prepare(self, numbers: Collection[int]) -> None:
        """Find what holds for some articles, a batch, whose passages will be tested."""
        self._known = set(numbers)
        self._articles = {leaf: found.among(numbers) for leaf, found in self._found.items()}

    def matches(
        self, number: int, passage: str, quantities: Sequence[Quantity], names: Mapping[str, str] = NO_NAMES
    ) -> bool:
        """Return True if a passage of the article `number`, with its quantities, matches.

        `names` are those by which the passage goes without containing them, by field: the `person` who speaks there.
        """
        if self._last != (number, passage, names):
            self._last, self._last_matches = (number, passage, names), self._matches(number, passage, quantities, names)
        return self._last_matches

    def _matches(self, number: int, passage: str, quantities: Sequence[Quantity], names: Mapping[str, str]) -> bool:
        if number not in self._known:
            self.prepare([number])
        matched = self._find(passage)
        named = {field: self._find(name) for field, name in names.items()} if self._has_names else {}

        def leaf_matches(leaf: Leaf) -> bool:
            if leaf in self._articles:
                return number in self._articles[leaf]
            if leaf in self._ranges:
                return any(self._ranges[leaf].contains(quantity) for quantity in quantities)
            found = matched | named.get(_leaf_field(leaf), set())
            return any(index in found for index in self._pattern_indexes[leaf])

        return evaluate_query(self._query, leaf_matches)

    def _find(self, text: str) -> set[int]:
        return {index for index, _ in find_marks(self._patterns, "body", text, ())}


def _leaf_field(leaf: Leaf) -> str:
    return str(getattr(leaf, "field", "date"))


def _is_passage_leaf(leaf: Leaf) -> bool:
    """Return True for words and names of the body, and for ranges on quantities."""
    return isinstance(leaf, Measured) or _leaf_field(leaf) in ("", "body", *NAME_FIELDS)
