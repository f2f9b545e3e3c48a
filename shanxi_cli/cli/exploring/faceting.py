"""`facets`: how many articles have each value of a field."""

from shanxi_cli.cli.exploring.asking import Asked, Found, counted, shown_of
from shanxi_cli.cli.exploring.options import Counting, Question
from shanxi_cli.engines import Engine
from shanxi_cli.exploring.facets import faceted, facets


def print_facets(field: str, counting: Counting, question: Question) -> int:
    """Prints the values of a field; the status is 0 when there is one, else 1."""
    name = faceted(field)
    asked = Asked(question)
    if question.rows.explain:
        return asked.explain()
    return asked.answer(lambda engine: _found(engine, asked, name, counting.least))


def _found(engine: Engine, asked: Asked, name: str, least: int) -> Found:
    found = facets(engine, asked.numbers(engine), name, asked.question.text, least, asked.limit)
    some = f"no {name} is of {least:,} articles" if least > 1 else f"none has any {name}"
    best = found.rows[0].query if found.rows else ""
    footer = [
        f"{shown_of(len(found.rows), found.values, 'value')} in {counted(found.articles, 'article')}",
        f"{found.without:,} without" if found.without else None,
        f"{found.spread:,} of uncertain date, in each {name} they may be of" if found.spread else None,
        asked.again("list", best) if best else None,
    ]
    return Found(found, found.values, footer, f"{counted(found.articles, 'article')} found, but {some}")
