"""Sentence search, shared by figures, quotes and year mentions: the scope in which the words of a query must occur."""

from collections.abc import Collection, Mapping, Sequence

from shanxi_cli.engines.base import Engine
from shanxi_cli.model.options import Scope
from shanxi_cli.model.quantity import Quantity
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import quantities_between
from shanxi_cli.search.passage_filter import NO_NAMES, PassageFilter


class ScopeFilter:
    """Selects sentences whose scope (the sentence, its paragraph or its article) matches a query by itself.

    A place, person or organisation of the query has to occur there as a word does. A clause of another field (`date:`,
    `title:`) holds for a whole article.
    """

    def __init__(self, engine: Engine, query: QueryPlan, scope: Scope = Scope.SENTENCE) -> None:
        self._passages = PassageFilter(engine, query)
        self._scope = scope

    @property
    def needs_quantities(self) -> bool:
        """True when the query has quantity ranges, so that `matches` needs the quantities of the paragraph."""
        return self._passages.needs_quantities

    def prepare(self, numbers: Collection[int]) -> None:
        """Find what holds for some articles, a batch, whose sentences will be tested."""
        self._passages.prepare(numbers)

    def matches(
        self,
        number: int,
        text: str,
        span: tuple[int, int],
        quantities: Sequence[Quantity],
        names: Mapping[str, str] = NO_NAMES,
    ) -> bool:
        """Return True when a sentence of the article `number` is selected.

        The sentence is at `span` in `text`, its paragraph; `quantities` are those of that paragraph, `names` those of
        the speaker (`PassageFilter.matches`).
        """
        match self._scope:
            case Scope.ARTICLE:
                return True
            case Scope.PARAGRAPH:
                return self._passages.matches(number, text, quantities, names)
            case Scope.SENTENCE:
                start, end = span
                return self._passages.matches(
                    number, text[start:end], quantities_between(quantities, start, end), names
                )


def last_year(edtf: str) -> str:
    """Return the last year of an EDTF date or interval, the first year of an open one; empty for an empty date."""
    start, _, end = edtf.partition("/")
    return (end if end not in ("", "..") else start)[:4]
