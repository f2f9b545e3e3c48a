"""The figures of an archive: quantities of the sentences that a query finds, chosen, ordered and counted.

An article matches as it does in `list`; of its sentences (or paragraphs) those count that match by themselves. A part
of the query that is no word of the body (`place:`, `date:`, `title:`) holds for an article and so for
all its sentences. Where the query has limits on quantities, only quantities within one of them count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.engines.base import Engine
from shanxi_cli.extraction.quantities.consistency import ParagraphQuantities, QuantityConflict, find_conflicts
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import FigureGrouping, FigureOrder, HitOrder, Scope
from shanxi_cli.model.quantity import Figure, FigureSummary, Quantity
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange, quantities_between
from shanxi_cli.search.passage_filter import PassageFilter
from shanxi_cli.search.searcher import MATCH_ALL

ANY_LIMIT = QuantityRange("", "")


def find_figures(
    engine: Engine, query: QueryPlan, within: QuantityRange = ANY_LIMIT, scope: Scope = Scope.SENTENCE
) -> list[Figure]:
    """The figures that a checked query finds, in the order of `list`, the newest article first.

    `within` leaves out those outside it.
    """
    truth = PassageFilter(engine, query)
    limits = [item for leaf in query.iterate_leaves() for item in leaf.lookups if isinstance(item, QuantityRange)]
    found = []
    for match in engine.search(query, HitOrder.NEWEST):
        article = engine.article(match.number)
        for n, some in enumerate(engine.quantities(match.number)):
            for figure in _paragraph_figures(article, n, some) if some else ():
                quantity = figure.quantity
                wanted = within.contains(quantity) and (not limits or any(limit.contains(quantity) for limit in limits))
                if wanted and (
                    scope is Scope.ARTICLE or truth.matches(match.number, *_scope_text(figure, some, scope))
                ):
                    found.append(figure)
    return found


def _paragraph_figures(article: Article, paragraph: int, quantities: Sequence[Quantity]) -> Iterator[Figure]:
    text = article.paragraphs[paragraph]
    for start, end in split_sentences(text):
        for quantity in quantities_between(quantities, start, end):
            twin = None if quantity.same_as is None else quantities[quantity.same_as]
            yield Figure(article, paragraph, text, start, end, quantity, twin)


def _scope_text(figure: Figure, quantities: Sequence[Quantity], scope: Scope) -> tuple[str, Sequence[Quantity]]:
    """The text in which the words have to stand, and its quantities."""
    if scope is Scope.PARAGRAPH:
        return figure.text, quantities
    return figure.sentence, quantities_between(quantities, figure.start, figure.end)


def sort_figures(found: Iterable[Figure], order: FigureOrder) -> list[Figure]:
    """The figures of `find_figures` in another order."""
    match order:
        case FigureOrder.DATE:
            return list(found)
        case FigureOrder.VALUE:
            return sorted(found, key=lambda f: (f.quantity.dimension.value, f.quantity.unit, -f.quantity.value))
        case FigureOrder.ARTICLE:
            return sorted(found, key=lambda f: f.article.id)


def summarize_figures(found: Iterable[Figure], by: FigureGrouping) -> list[FigureSummary]:
    """A summary for each group and unit: units with the most figures first, years and articles in their order.

    Figures without a year come last.
    """
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for figure in found:
        unit = figure.quantity.unit
        group = {
            FigureGrouping.UNIT: unit,
            FigureGrouping.YEAR: _figure_year(figure),
            FigureGrouping.ARTICLE: figure.article.id,
        }[by]
        values[group, unit].append(figure.quantity.value)
    made = [FigureSummary(g, u, len(v), min(v), median(v), max(v)) for (g, u), v in values.items()]
    return sorted(made, key=lambda s: (by is not FigureGrouping.UNIT and (not s.group, s.group), -s.figures, s.unit))


def _figure_year(figure: Figure) -> str:
    """The year of the period, of more years the last; of the article where the text names no period."""
    date = figure.quantity.period or figure.article.date
    last = date.split("/")[-1] if not date.endswith("..") else date.split("/")[0]
    return last[:4]


def count_units(found: Iterable[Figure]) -> list[tuple[str, int]]:
    """The units of some figures with how many have each, the most frequent first."""
    return [(summary.unit, summary.figures) for summary in summarize_figures(found, FigureGrouping.UNIT)]


def find_inconsistencies(engine: Engine, query: QueryPlan) -> list[tuple[QuantityConflict, tuple[Quantity, ...]]]:
    """What does not agree in the articles that a query finds, each with its quantities. All articles are compared."""
    passages: dict[tuple[str, int], ParagraphQuantities] = {}
    for match in engine.search(MATCH_ALL, HitOrder.NEWEST):
        article = engine.article(match.number)
        for n, (text, some) in enumerate(zip(article.paragraphs, engine.quantities(match.number), strict=True)):
            if some:
                passages[article.id, n] = ParagraphQuantities(
                    article.id, n, text, some, engine.date_interval(match.number)
                )
    wanted = {engine.article(match.number).id for match in engine.search(query, HitOrder.NEWEST)}
    found = []
    for flag in find_conflicts(list(passages.values())):
        if flag.article in wanted:
            quantities = passages[flag.article, flag.paragraph].quantities
            found.append((flag, tuple(quantities[n] for n in flag.quantities)))
    return found
