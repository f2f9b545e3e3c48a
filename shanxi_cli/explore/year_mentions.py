"""The years that sentences speak of, whatever the year they were printed in."""

from collections import defaultdict
from collections.abc import Sequence

from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.engines.base import Engine
from shanxi_cli.extraction.quantities.year_mentions import find_year_mentions
from shanxi_cli.model.views import YearMention, YearMentions
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.passage_filter import PassageFilter


def count_mentioned_years(engine: Engine, query: QueryPlan, numbers: Sequence[int]) -> YearMentions:
    """The years of the sentences of these articles that match by themselves, as `figures` chooses sentences.

    A sentence counts once for each year that it names, or that lies in a time of years which it names (2016-20).
    """
    truth = PassageFilter(engine, query)
    of: dict[int, list[int]] = defaultdict(list)
    total = silent = 0
    for number in numbers:
        article, days = engine.article(number), engine.date_interval(number)
        for paragraph, some in zip(article.paragraphs, engine.quantities(number), strict=True):
            wanted = [
                (start, end)
                for start, end in split_sentences(paragraph)
                if truth.matches(number, paragraph[start:end], [q for q in some if start <= q.start < end])
            ]
            named = find_year_mentions(paragraph, days) if wanted else []
            for start, end in wanted:
                years = {year for at, span in named if start <= at < end for year in span}
                total += 1
                silent += not years
                for year in years:
                    of[year].append(number)
    rows = tuple(YearMention(year, len(some), len(set(some))) for year, some in sorted(of.items()))
    return YearMentions(rows, total, silent)
