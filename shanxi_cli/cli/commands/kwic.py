"""`kwic`: the places that match with the text round them, or the words that stand near them."""

from itertools import islice

from shanxi_cli.cli.commands._explore import Asked, Found, shown_of
from shanxi_cli.cli.options.explore import Lines, Question
from shanxi_cli.cli.rows import counted
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.collocations import collocates
from shanxi_cli.explore.concordance import lines, wanted_of
from shanxi_cli.model.nouns import LineOrder, Order
from shanxi_cli.model.views import Collocates, Concordance

WINDOW, LEAST = 5, 2


def print_lines(how: Lines, question: Question) -> int:
    """Prints a concordance, or collocates; the status is 0 when there is a place that matches, else 1."""
    of_lines = {"--width": how.width, "--sort": how.sort}
    of_collocates = {"--window": how.window, "--min": how.least}
    for name, value in (of_lines if how.collocates else of_collocates).items():
        if value is not None:
            raise UsageError(f"{name} {'does not go' if how.collocates else 'goes only'} with --collocates")
    if not question.text:
        raise UsageError("a concordance of what? give it a word: shanxi kwic coal")
    asked = Asked(question)
    wanted_of(asked.query)
    if question.rows.explain:
        return asked.explain()
    find = _collocates if how.collocates else _concordance
    return asked.answer(lambda engine: find(engine, asked, how))


def _concordance(engine: Engine, asked: Asked, how: Lines) -> Found:
    numbers = asked.numbers(engine, Order.NEWEST)
    places = engine.hits(asked.query)
    total = sum(places.get(number, 0) for number in numbers)
    articles = sum(number in places for number in numbers)
    found = lines(engine, asked.query, numbers, how.sort or LineOrder.DATE)
    # All of them may be more than there is room for: those are read while they are printed.
    some = found if asked.limit is None else iter(list(islice(found, asked.limit)))
    shown = total if asked.limit is None else min(total, asked.limit)
    footer = [f"{shown_of(shown, total, 'place')} in {counted(articles, 'article')}"]
    otherwise = f"{counted(len(numbers), 'article')} found, but no words in their text"
    return Found(Concordance(some, how.width), total, footer, otherwise)


def _collocates(engine: Engine, asked: Asked, how: Lines) -> Found:
    window, least = how.window or WINDOW, how.least or LEAST
    found = collocates(engine, asked.query, asked.numbers(engine), window, least)
    total = len(found.rows)
    shown = Collocates(found.rows[: asked.limit])
    footer = [f"{shown_of(len(shown.rows), total, 'word')} within {counted(window, 'word')} of the places"]
    otherwise = f"no word stands near {least:,} times or more, and more often than by chance; lower --min"
    return Found(shown, total, footer, otherwise)
