"""`facets`: how many articles have each value of a field."""

from shanxi_cli.cli.commands._explore import Asked, Found, shown_of
from shanxi_cli.cli.options.explore import Counting, Question
from shanxi_cli.cli.rows import counted
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.city_facets import cities
from shanxi_cli.explore.facets import faceted, facets
from shanxi_cli.model.nouns import Level


def print_facets(field: str, counting: Counting, question: Question) -> int:
    """Prints the values of a field; the status is 0 when there is one, else 1."""
    name = faceted(field)
    if counting.level and name != "place":
        raise UsageError(f"--level is for place, not {name}")
    asked = Asked(question)
    if question.rows.explain:
        return asked.explain()
    return asked.answer(lambda engine: _found(engine, asked, name, counting))


def _found(engine: Engine, asked: Asked, name: str, counting: Counting) -> Found:
    numbers, text, least = asked.numbers(engine), asked.question.text, counting.least
    if counting.level is Level.CITY:
        name, found = "city", cities(engine, numbers, text, least, asked.limit)
    else:
        found = facets(engine, numbers, name, text, least, asked.limit)
    some = f"no {name} is of {least:,} articles" if least > 1 else f"none has any {name}"
    best = found.rows[0].query if found.rows else ""
    footer = [
        f"{shown_of(len(found.rows), found.values, 'value')} in {counted(found.articles, 'article')}",
        f"{found.without:,} without" if found.without else None,
        f"{found.spread:,} of uncertain date, in each {name} they may be of" if found.spread else None,
        asked.again("list", best) if best else None,
    ]
    return Found(found, found.values, footer, f"{counted(found.articles, 'article')} found, but {some}")
