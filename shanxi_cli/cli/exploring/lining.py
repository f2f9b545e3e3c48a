"""`kwic`: the places that match with the text round them, or the words that stand near them."""

from itertools import islice

from shanxi_cli.cli.exploring.asking import Asked, counted, shown_of
from shanxi_cli.cli.exploring.options import Lines, Question
from shanxi_cli.errors import UsageError
from shanxi_cli.exploring.collocates import collocates
from shanxi_cli.exploring.concordance import lines, wanted_of
from shanxi_cli.model import LineOrder, Order
from shanxi_cli.views import Collocates, Concordance

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
    return _print_collocates(asked, how) if how.collocates else _print_concordance(asked, how)


def _print_concordance(asked: Asked, how: Lines) -> int:
    numbers = asked.numbers(Order.NEWEST)
    places = asked.engine.hits(asked.query)
    total = sum(places.get(number, 0) for number in numbers)
    articles = sum(number in places for number in numbers)
    if not total:
        asked.nothing(f"{counted(len(numbers), 'article')} found, but no words in their text")
    found = lines(asked.engine, asked.query, numbers, how.sort or LineOrder.DATE)
    shown = total if asked.limit is None else min(total, asked.limit)
    footer = [f"{shown_of(shown, total, 'place')} in {counted(articles, 'article')}"]
    return asked.answer(Concordance(islice(found, asked.limit), how.width), total, footer)


def _print_collocates(asked: Asked, how: Lines) -> int:
    window, least = how.window or WINDOW, how.least or LEAST
    found = collocates(asked.engine, asked.query, asked.numbers(), window, least)
    total = len(found.rows)
    if not total:
        asked.nothing(f"no word stands near {least:,} times or more, and more often than by chance; lower --min")
    shown = Collocates(found.rows[: asked.limit])
    footer = [f"{shown_of(len(shown.rows), total, 'word')} within {counted(window, 'word')} of the places"]
    return asked.answer(shown, total, footer)
