"""Whether a passage of an article matches a query by itself.

What is no word of the body (`place:`, `date:`, `title:`) holds for an article, and so for each of its passages.
"""

from collections.abc import Sequence

from shanxi_cli.engines import Engine
from shanxi_cli.language.analysis import AnyOf, lookup
from shanxi_cli.language.matching import find_marks
from shanxi_cli.language.measuring import Limit
from shanxi_cli.model import Order, Quantity
from shanxi_cli.query import And, Group, Leaf, Measured, Not, Occur, Or, Query, leaves


class Truth:
    """Whether passages match a query. What is asked of articles is asked of the engine once."""

    def __init__(self, engine: Engine, query: Query) -> None:
        self._query = query
        self._known: dict[tuple[int, str], bool] = {}
        self._articles = {
            leaf: {match.number for match in engine.search(leaf, Order.NEWEST)}
            for leaf in leaves(query, excluded=True)
            if not _is_of_sentence(leaf)
        }

    @property
    def measures(self) -> bool:
        """True when the query has limits, so that the quantities of a passage are needed."""
        return any(isinstance(leaf, Measured) for leaf in leaves(self._query, excluded=True))

    def of(self, number: int, sentence: str, quantities: Sequence[Quantity]) -> bool:
        """True when a passage of the article `number`, with its quantities, matches."""
        if (number, sentence) not in self._known:
            self._known = {(number, sentence): self._of(number, sentence, quantities)}
        return self._known[number, sentence]

    def _of(self, number: int, sentence: str, quantities: Sequence[Quantity]) -> bool:
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
                    return self._leaf(query, number, sentence, quantities)

        return holds(self._query)

    def _leaf(self, leaf: Leaf, number: int, sentence: str, quantities: Sequence[Quantity]) -> bool:
        if leaf in self._articles:
            return number in self._articles[leaf]
        item = lookup(leaf)  # type: ignore[arg-type]  # a date is of the article
        if isinstance(item, Limit):
            return any(item.holds(quantity) for quantity in quantities)
        items = item.lookups if isinstance(item, AnyOf) else [item] if item is not None else []
        return bool(find_marks(items, "body", sentence, ()))  # type: ignore[arg-type]


def _is_of_sentence(leaf: Leaf) -> bool:
    """True for words of the body, and for limits on quantities."""
    return isinstance(leaf, Measured) or getattr(leaf, "field", "date") in ("", "body")
