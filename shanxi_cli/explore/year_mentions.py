"""Years that sentences mention, independent of the year of publication."""

from collections import defaultdict
from collections.abc import Iterable

from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.batches import iterate_fetched
from shanxi_cli.explore.sentences import ScopeFilter
from shanxi_cli.extraction.quantities.year_mentions import find_year_mentions
from shanxi_cli.model.options import Scope
from shanxi_cli.model.views import YearMention, YearMentions
from shanxi_cli.query.plan.query_plan import QueryPlan


def count_mentioned_years(
    engine: Engine, query: QueryPlan, numbers: Iterable[int], scope: Scope = Scope.SENTENCE
) -> YearMentions:
    """Count the years mentioned in the sentences of these articles whose `scope` matches the query by itself.

    A sentence counts once for each year that it names, or that lies in a range of years which it names (2016-20).
    """
    sentences_of_query = ScopeFilter(engine, query, scope)
    articles_of: dict[int, list[int]] = defaultdict(list)  # the article of each sentence, by year
    total = silent = 0
    for number in iterate_fetched(engine, numbers, sentences_of_query.prepare):
        article, days = engine.article(number), engine.date_interval(number)
        for paragraph, quantities in zip(article.prose, engine.quantities(number), strict=True):
            sentences = [
                (start, end)
                for start, end in split_sentences(paragraph)
                if sentences_of_query.matches(number, paragraph, (start, end), quantities)
            ]
            mentions = find_year_mentions(paragraph, days) if sentences else []
            for start, end in sentences:
                years = {year for position, span in mentions if start <= position < end for year in span}
                total += 1
                silent += not years
                for year in years:
                    articles_of[year].append(number)
    rows = tuple(YearMention(year, len(of), len(set(of))) for year, of in sorted(articles_of.items()))
    return YearMentions(rows, total, silent)
