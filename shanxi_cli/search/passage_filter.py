"""Whether a passage of an article matches a query by itself.

What is no word of the body (`place:`, `date:`, `title:`) holds for an article, and so for each of its passages.
"""

from collections.abc import Sequence

from shanxi_cli.engines.base import Engine
from shanxi_cli.matching.highlighter import TextPattern, find_marks
from shanxi_cli.model.quantity import Quantity
from shanxi_cli.query.ast import And, Group, Leaf, Measured, Not, Occur, Or, Query, iterate_leaves
from shanxi_cli.query.plan.planner import AlternativeLookups, plan_lookup
from shanxi_cli.query.plan.range import QuantityRange


class PassageFilter:
    """Whether passages match a query. What is asked of articles is asked of the engine once, and a passage is cut
    into words once for all that is asked of it."""

    def __init__(self, engine: Engine, query: Query) -> None:
        self._query = query
        self._last: tuple[int, str] | None = None
        self._holds = False
        self._articles: dict[Leaf, set[int]] = {}
        self._limits: dict[Leaf, QuantityRange] = {}
        self._words: dict[Leaf, range] = {}  # the places of each in `_wanted`
        self._wanted: list[TextPattern] = []
        for leaf in dict.fromkeys(iterate_leaves(query, excluded=True)):
            if not _is_passage_leaf(leaf):
                self._articles[leaf] = set(engine.numbers(leaf))
                continue
            item = plan_lookup(leaf)  # type: ignore[arg-type]  # a date is of the article
            if isinstance(item, QuantityRange):
                self._limits[leaf] = item
            elif item is not None:
                items = item.lookups if isinstance(item, AlternativeLookups) else (item,)
                self._words[leaf] = range(len(self._wanted), len(self._wanted) + len(items))
                self._wanted += items  # type: ignore[arg-type]  # a code is of the article too

    @property
    def measures(self) -> bool:
        """True when the query has limits, so that the quantities of a passage are needed."""
        return bool(self._limits)

    def of(self, number: int, sentence: str, quantities: Sequence[Quantity]) -> bool:
        """True when a passage of the article `number`, with its quantities, matches."""
        if self._last != (number, sentence):
            self._last, self._holds = (number, sentence), self._of(number, sentence, quantities)
        return self._holds

    def _of(self, number: int, sentence: str, quantities: Sequence[Quantity]) -> bool:
        found = {which for which, _ in find_marks(self._wanted, "body", sentence, ())}

        def leaf_holds(leaf: Leaf) -> bool:
            if leaf in self._articles:
                return number in self._articles[leaf]
            if leaf in self._limits:
                return any(self._limits[leaf].holds(quantity) for quantity in quantities)
            return any(which in found for which in self._words.get(leaf, ()))

        def holds(query: Query) -> bool:
            match query:
                case Group(clauses):
                    of = {occur: [holds(c.node) for c in clauses if c.occur is occur] for occur in Occur}
                    some = any(of[Occur.MAY]) or not of[Occur.MAY] or bool(of[Occur.MUST])
                    return all(of[Occur.MUST] + of[Occur.FILTER]) and some and not any(of[Occur.NOT])
                case And(children):
                    return all(map(holds, children))
                case Or(children):
                    return any(map(holds, children))
                case Not(child):
                    return not holds(child)
                case _:
                    return leaf_holds(query)

        return holds(self._query)


def _is_passage_leaf(leaf: Leaf) -> bool:
    """True for words of the body, and for limits on quantities."""
    return isinstance(leaf, Measured) or getattr(leaf, "field", "date") in ("", "body")
