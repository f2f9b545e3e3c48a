"""`kwic`: every match in context, or the words that occur near the matches unusually often."""

from itertools import islice

from shanxi_cli.cli.commands._explore import ExploreRequest, ExploreResult, format_row_range
from shanxi_cli.cli.options.explore import ConcordanceOptions, ExploreArguments
from shanxi_cli.cli.rows import format_count
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.collocations import find_collocates
from shanxi_cli.explore.concordance import concordance_lines, require_patterns
from shanxi_cli.model.options import ConcordanceOrder, HitOrder
from shanxi_cli.model.views import Collocates, Concordance

WINDOW, LEAST = 5, 2


def print_concordance(how: ConcordanceOptions, question: ExploreArguments) -> int:
    """Prints a concordance, or collocates; the status is 0 when there is a place that matches, else 1."""
    of_lines = {"--width": how.width, "--sort": how.sort}
    of_collocates = {"--window": how.window, "--min": how.least}
    for name, value in (of_lines if how.collocates else of_collocates).items():
        if value is not None:
            raise UsageError(f"{name} {'does not go' if how.collocates else 'goes only'} with --collocates")
    if not question.text:
        raise UsageError("a concordance of what? give it a word: shanxi kwic coal")
    asked = ExploreRequest(question)
    require_patterns(asked.query)
    if question.rows.explain:
        return asked.explain()
    find = _build_collocates if how.collocates else _build_concordance
    return asked.answer(lambda engine: find(engine, asked, how))


def _build_concordance(engine: Engine, asked: ExploreRequest, how: ConcordanceOptions) -> ExploreResult:
    numbers = asked.numbers(engine, HitOrder.NEWEST)
    places = engine.hit_counts(asked.query)
    total = sum(places.get(number, 0) for number in numbers)
    articles = sum(number in places for number in numbers)
    found = concordance_lines(engine, asked.query, numbers, how.sort or ConcordanceOrder.DATE)
    # All of them may be more than there is room for: those are read while they are printed.
    some = found if asked.limit is None else iter(list(islice(found, asked.limit)))
    shown = total if asked.limit is None else min(total, asked.limit)
    footer = [f"{format_row_range(shown, total, 'match', 'matches')} in {format_count(articles, 'article')}"]
    otherwise = f"{format_count(len(numbers), 'article')} found, but none matches in its text"
    return ExploreResult(Concordance(some, how.width), total, footer, otherwise)


def _build_collocates(engine: Engine, asked: ExploreRequest, how: ConcordanceOptions) -> ExploreResult:
    window, least = how.window or WINDOW, how.least or LEAST
    found = find_collocates(engine, asked.query, asked.numbers(engine), window, least)
    total = len(found.rows)
    shown = Collocates(found.rows[: asked.limit])
    footer = [f"{format_row_range(len(shown.rows), total, 'word')} within {format_count(window, 'word')} of a match"]
    otherwise = f"no word occurs near the matches {least:,} times or more and more often than expected; lower --min"
    return ExploreResult(shown, total, footer, otherwise)
