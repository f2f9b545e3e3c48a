"""The figures of an archive: quantities of the sentences that a query finds, chosen, ordered and counted.

An article matches as it does in `list`; of its sentences (or paragraphs) those count that match by themselves. A part
of the query that is no word of the body (`place:`, `date:`, `title:`) holds for an article and so for
all its sentences. Where the query has limits on quantities, only quantities within one of them count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from shanxi_cli.analysis.sentence_splitter import sentences
from shanxi_cli.engines.base import Engine
from shanxi_cli.extraction.quantities.consistency import Flag, Passage, check
from shanxi_cli.model.nouns import Article, Figure, Grouping, Order, Quantity, Scope, Sorting, Summary
from shanxi_cli.query.ast import Group, Leaf, Measured, Query, leaves
from shanxi_cli.query.plan.planner import lookup
from shanxi_cli.query.plan.range import Limit, inside
from shanxi_cli.search.passage_filter import Truth

ANY = Limit("", "")


def figures(engine: Engine, query: Query, within: Limit = ANY, scope: Scope = Scope.SENTENCE) -> list[Figure]:
    """The figures that a checked query finds, in the order of `list`, the newest article first.

    `within` leaves out those outside it.
    """
    truth = Truth(engine, query)
    limits = [item for leaf in leaves(query) if isinstance(item := _limit(leaf), Limit)]
    found = []
    for match in engine.search(query, Order.NEWEST):
        article = engine.article(match.number)
        for n, some in enumerate(engine.quantities(match.number)):
            for figure in _figures(article, n, some) if some else ():
                quantity = figure.quantity
                wanted = within.holds(quantity) and (not limits or any(limit.holds(quantity) for limit in limits))
                if wanted and (scope is Scope.ARTICLE or truth.of(match.number, *_area(figure, some, scope))):
                    found.append(figure)
    return found


def _figures(article: Article, paragraph: int, quantities: Sequence[Quantity]) -> Iterator[Figure]:
    text = article.paragraphs[paragraph]
    for start, end in sentences(text):
        for quantity in inside(quantities, start, end):
            twin = None if quantity.same_as is None else quantities[quantity.same_as]
            yield Figure(article, paragraph, text, start, end, quantity, twin)


def _area(figure: Figure, quantities: Sequence[Quantity], scope: Scope) -> tuple[str, Sequence[Quantity]]:
    """The text in which the words have to stand, and its quantities."""
    if scope is Scope.PARAGRAPH:
        return figure.text, quantities
    return figure.sentence, inside(quantities, figure.start, figure.end)


def _limit(leaf: Leaf) -> object:
    return lookup(leaf) if isinstance(leaf, Measured) else None


def ordered(found: Iterable[Figure], order: Sorting) -> list[Figure]:
    """The figures of `figures` in another order."""
    match order:
        case Sorting.DATE:
            return list(found)
        case Sorting.VALUE:
            return sorted(found, key=lambda f: (f.quantity.dimension.value, f.quantity.unit, -f.quantity.value))
        case Sorting.ARTICLE:
            return sorted(found, key=lambda f: f.article.id)


def grouped(found: Iterable[Figure], by: Grouping) -> list[Summary]:
    """A summary for each group and unit: units with the most figures first, years and articles in their order.

    Figures without a year come last.
    """
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for figure in found:
        unit = figure.quantity.unit
        group = {Grouping.UNIT: unit, Grouping.YEAR: _year(figure), Grouping.ARTICLE: figure.article.id}[by]
        values[group, unit].append(figure.quantity.value)
    made = [Summary(g, u, len(v), min(v), median(v), max(v)) for (g, u), v in values.items()]
    return sorted(made, key=lambda s: (by is not Grouping.UNIT and (not s.group, s.group), -s.figures, s.unit))


def _year(figure: Figure) -> str:
    """The year of the period, of more years the last; of the article where the text names no period."""
    date = figure.quantity.period or figure.article.date
    last = date.split("/")[-1] if not date.endswith("..") else date.split("/")[0]
    return last[:4]


def units(found: Iterable[Figure]) -> list[tuple[str, int]]:
    """The units of some figures with how many have each, the most frequent first."""
    return [(summary.unit, summary.figures) for summary in grouped(found, Grouping.UNIT)]


def flags(engine: Engine, query: Query) -> list[tuple[Flag, tuple[Quantity, ...]]]:
    """What does not agree in the articles that a query finds, each with its quantities. All articles are compared."""
    passages: dict[tuple[str, int], Passage] = {}
    for match in engine.search(Group(()), Order.NEWEST):
        article = engine.article(match.number)
        for n, (text, some) in enumerate(zip(article.paragraphs, engine.quantities(match.number), strict=True)):
            if some:
                passages[article.id, n] = Passage(article.id, n, text, some, engine.days(match.number))
    wanted = {engine.article(match.number).id for match in engine.search(query, Order.NEWEST)}
    found = []
    for flag in check(list(passages.values())):
        if flag.article in wanted:
            quantities = passages[flag.article, flag.paragraph].quantities
            found.append((flag, tuple(quantities[n] for n in flag.quantities)))
    return found
