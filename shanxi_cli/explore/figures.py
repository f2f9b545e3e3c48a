"""Figures, the quantities of the sentences that a query finds: filtered, sorted and counted.

Articles match as in `list`; of their sentences (or paragraphs), those count that match by themselves. When the query
has quantity ranges, only quantities within one of them count.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from statistics import median

from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.batches import iterate_fetched
from shanxi_cli.explore.quotes import matches_name, narrow_to_speaker
from shanxi_cli.explore.sentences import ScopeFilter, last_year
from shanxi_cli.extraction.quantities.consistency import ParagraphQuantities, QuantityConflict, find_conflicts
from shanxi_cli.extraction.quotes.chinese_attribution import is_chinese_sentence
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import FigureGrouping, FigureOrder, Scope
from shanxi_cli.model.quantity import Figure, FigureSummary, Quantity
from shanxi_cli.model.quote import Speech
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange, quantities_between
from shanxi_cli.search.searcher import MATCH_ALL, search_matches
from shanxi_cli.util.edtf import parse_edtf
from shanxi_cli.util.frozen_record import replace_fields

ANY_LIMIT = QuantityRange("", "")


def find_figures(
    engine: Engine,
    query: QueryPlan,
    within: QuantityRange = ANY_LIMIT,
    scope: Scope = Scope.SENTENCE,
    among: Collection[str] | None = None,
    by: str = "",
) -> list[Figure]:
    """Return the figures within `within` that a checked query finds, the newest article first.

    `among` has the ids of the articles to search, None for all. `by`: only figures that a speaker with this name
    or part of it is quoted with.
    """
    sentences = ScopeFilter(engine, query, scope)
    lookups = [lookup for leaf in query.iterate_leaves() for lookup in leaf.lookups]
    ranges = [lookup for lookup in lookups if isinstance(lookup, QuantityRange)]
    figures = []
    found = search_matches(engine, narrow_to_speaker(query, by), HitOrder.NEWEST, among)
    for number in iterate_fetched(engine, (match.number for match in found), sentences.prepare):
        speech = engine.speech(number)
        if by and not any(matches_name(by, one.speaker.name) for one in speech):
            continue
        article = engine.article(number)
        for n, quantities in enumerate(engine.quantities(number)):
            said = [one for one in speech if one.paragraph == n] if quantities else []
            for figure in _paragraph_figures(article, n, quantities, said) if quantities else ():
                if by and not matches_name(by, figure.speaker):
                    continue
                quantity = figure.quantity
                in_range = within.contains(quantity) and (
                    not ranges or any(limit.contains(quantity) for limit in ranges)
                )
                span = figure.start, figure.end
                if in_range and sentences.matches(number, figure.text, span, quantities):
                    figures.append(figure)
    return figures


def count_chinese_articles(engine: Engine, query: QueryPlan, among: Collection[str] | None = None) -> int:
    """Return the number of matching articles with a Chinese headline and no figure: figures are read in English."""
    numbers = iterate_fetched(engine, search_matches(engine, query, within=among).numbers())
    return sum(is_chinese_sentence(engine.article(n).title) for n in numbers if not any(engine.quantities(n)))


def list_article_figures(engine: Engine, number: int, article: Article) -> list[Figure]:
    """Return all figures of an article and its number, in the order of its text."""
    speech = engine.speech(number)
    return [
        figure
        for n, quantities in enumerate(engine.quantities(number))
        for figure in _paragraph_figures(article, n, quantities, [one for one in speech if one.paragraph == n])
    ]


def _paragraph_figures(
    article: Article, paragraph: int, quantities: Sequence[Quantity], said: Sequence[Speech]
) -> Iterator[Figure]:
    text = article.paragraphs[paragraph]
    for start, end in split_sentences(text):
        for quantity in quantities_between(quantities, start, end):
            twin = None if quantity.same_as is None else quantities[quantity.same_as]
            yield Figure(article, paragraph, text, start, end, quantity, twin, _find_speaker(quantity, said))


def _find_speaker(quantity: Quantity, said: Sequence[Speech]) -> str:
    """Return the name of who speaks the words around a quantity of a paragraph; empty for nobody or an open speaker.

    Of speakers whose words contain each other, it is the one with the fewest words.
    """
    around = [
        (end - start, speech.speaker.name)
        for speech in said
        for start, end in speech.said
        if start <= quantity.start and quantity.end <= end
    ]
    return min(around, key=itemgetter(0))[1] if around else ""


def explain_figures(figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures with the rules that read them: their articles are read again, each once."""
    from shanxi_cli.extraction.quantities.explanation import explain_paragraphs  # rare

    by_article: dict[str, dict[tuple[int, int, int], tuple[str, ...]]] = {}
    explained = []
    for figure in figures:
        article = figure.article
        if article.id not in by_article:
            reading = explain_paragraphs(article.prose, parse_edtf(article.date) if article.date else None)
            by_article[article.id] = {
                (n, read.quantity.start, read.quantity.end): read.rules
                for n, paragraph in enumerate(reading)
                for read in paragraph
            }
        place = figure.paragraph, figure.quantity.start, figure.quantity.end
        explained.append(replace_fields(figure, rules=by_article[article.id].get(place, ())))
    return explained


def sort_figures(figures: Iterable[Figure], order: FigureOrder) -> list[Figure]:
    """Sort the figures of `find_figures`."""
    match order:
        case FigureOrder.DATE:
            return list(figures)
        case FigureOrder.VALUE:
            return sorted(figures, key=lambda f: (f.quantity.dimension.value, f.quantity.unit, -f.quantity.value))
        case FigureOrder.ARTICLE:
            return sorted(figures, key=lambda f: f.article.id)


def summarize_figures(figures: Iterable[Figure], by: FigureGrouping) -> list[FigureSummary]:
    """Return a summary for each group and unit.

    Units are sorted by count, the largest first, years and articles by name; figures without a year come last.
    """
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for figure in figures:
        unit = figure.quantity.unit
        group = {
            FigureGrouping.UNIT: unit,
            FigureGrouping.YEAR: _figure_year(figure),
            FigureGrouping.ARTICLE: figure.article.id,
        }[by]
        values[group, unit].append(figure.quantity.value)
    summaries = [FigureSummary(g, u, len(v), min(v), median(v), max(v)) for (g, u), v in values.items()]
    by_unit = by is FigureGrouping.UNIT
    return sorted(summaries, key=lambda s: (not by_unit and (not s.group, s.group), -s.figures, s.unit))


def _figure_year(figure: Figure) -> str:
    """Return the last year of the figure's period, or of the article's date when the text names no period."""
    return last_year(figure.quantity.period or figure.article.date)


def count_units(figures: Iterable[Figure]) -> list[tuple[str, int]]:
    """Count the figures of each unit, the most frequent first."""
    return [(summary.unit, summary.figures) for summary in summarize_figures(figures, FigureGrouping.UNIT)]


def count_figure_speakers(figures: Iterable[Figure]) -> list[tuple[str, int]]:
    """Count the figures that each speaker is quoted with, the most frequent speaker first."""
    return Counter(figure.speaker for figure in figures if figure.speaker).most_common()


def find_inconsistencies(
    engine: Engine, query: QueryPlan, among: Collection[str] | None = None
) -> list[tuple[QuantityConflict, tuple[Quantity, ...]]]:
    """Return the conflicts in the articles that a query finds (`among` these ids), each with its quantities.

    Figures are compared across all articles, whether the query finds them or not.
    """
    passages: dict[tuple[str, int], ParagraphQuantities] = {}
    everything = (match.number for match in engine.search(MATCH_ALL, HitOrder.NEWEST))
    for number in iterate_fetched(engine, everything):
        article = engine.article(number)
        for n, (text, read) in enumerate(zip(article.paragraphs, engine.quantities(number), strict=True)):
            if read:
                passages[article.id, n] = ParagraphQuantities(article.id, n, text, read, engine.date_interval(number))
    ids = set(search_matches(engine, query, within=among).ids().values())
    flagged = []
    for conflict in find_conflicts(list(passages.values())):
        if conflict.article in ids:
            quantities = passages[conflict.article, conflict.paragraph].quantities
            flagged.append((conflict, tuple(quantities[n] for n in conflict.quantities)))
    return flagged
