"""Query plans: a validated query with the lookups of each leaf, made once for everything that reads the query.

    text -> tree (query.parser) -> validated tree (query.validate) -> plan (query.plan.planner)

Engines, highlights, explanations and suggestions take the plan, so all of them look for the same terms.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from shanxi_cli.query.ast import Leaf, Query, WordOperator
from shanxi_cli.query.fields import AUTHORED_FIELDS
from shanxi_cli.query.plan.lookups import CodeLookup, ExpansionLookup, Lookup, PhraseLookup
from shanxi_cli.query.visit import iterate_leaves, set_word_operator
from shanxi_cli.util.frozen_record import Record, replace_fields, uncompared_field


class PlannedLeaf(Record):
    """A leaf with its lookups: an article matches if any of them does, and scores as the best of them.

    The first lookup is the leaf as written. There are several for a place of Shanxi, which has other names and other
    places in it; `description` then says in words what they are. There is none for a leaf without a word.
    """

    leaf: Leaf
    lookups: tuple[Lookup, ...]
    description: str = ""


class QueryPlan(Record):
    """A validated query with the plan of each of its leaves. Two plans of equal queries are equal.

    `template` is the query as parsed for `WordOperator.ANY`, the form that every operator can be set on. `authored` is
    True for a plan that looks for names in front matters alone.
    """

    query: Query
    leaves: Mapping[Leaf, PlannedLeaf] = uncompared_field(default=MappingProxyType({}))
    template: Query | None = uncompared_field(default=None)
    authored: bool = False

    def lookups(self, leaf: Leaf) -> tuple[Lookup, ...]:
        """Return the lookups of a leaf of the query."""
        return self.leaves[leaf].lookups

    def iterate_leaves(self, *, excluded: bool = False) -> Iterator[PlannedLeaf]:
        """Yield the planned leaves in the order of the query; those under a NOT only with `excluded`."""
        return map(self.leaves.__getitem__, iterate_leaves(self.query, excluded=excluded))

    def part(self, query: Query) -> "QueryPlan":
        """Return the plan of another query over leaves of this one."""
        return QueryPlan(query, self.leaves, authored=self.authored)

    def without_derived(self) -> "QueryPlan":
        """Return the plan that looks for names in the front matter alone, not among those derived from the text."""
        leaves = {leaf: _look_up_authored(planned) for leaf, planned in self.leaves.items()}
        return QueryPlan(self.query, MappingProxyType(leaves), self.template, authored=True)

    def reads_names(self) -> bool:
        """Return True if a leaf looks for names that may be derived."""
        return any(
            getattr(lookup, "field", "") in AUTHORED_FIELDS for p in self.leaves.values() for lookup in p.lookups
        )

    def with_operator(self, operator: WordOperator) -> "QueryPlan":
        """Return the plan of the same text read with another operator between its plain words.

        Nothing is parsed or looked up again: only the plain clauses change.
        """
        template = self.query if self.template is None else self.template
        return QueryPlan(set_word_operator(template, operator), self.leaves, template, self.authored)


def _look_up_authored(planned: PlannedLeaf) -> PlannedLeaf:
    lookups = tuple(
        replace_fields(lookup, field=AUTHORED_FIELDS[lookup.field])
        if isinstance(lookup, (PhraseLookup, ExpansionLookup, CodeLookup)) and lookup.field in AUTHORED_FIELDS
        else lookup
        for lookup in planned.lookups
    )
    return planned if lookups == planned.lookups else replace_fields(planned, lookups=lookups)
