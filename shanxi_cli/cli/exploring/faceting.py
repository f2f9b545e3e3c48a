"""`facets`: how many articles have each value of a field."""

from shanxi_cli.cli.exploring.asking import Asked, counted, shown_of
from shanxi_cli.cli.exploring.options import Counting, Question
from shanxi_cli.exploring.facets import faceted, facets


def print_facets(field: str, counting: Counting, question: Question) -> int:
    """Prints the values of a field; the status is 0 when there is one, else 1."""
    name = faceted(field)
    asked = Asked(question)
    if question.rows.explain:
        return asked.explain()
    found = facets(asked.engine, asked.numbers(), name, question.text, counting.least, asked.limit)
    if not found.rows:
        some = f"no {name} is of {counting.least:,} articles" if counting.least > 1 else f"none has any {name}"
        asked.nothing(f"{counted(found.articles, 'article')} found, but {some}")
    best = found.rows[0].query if found.rows else ""
    footer = [
        f"{shown_of(len(found.rows), found.values, 'value')} in {counted(found.articles, 'article')}",
        f"{found.without:,} without" if found.without else None,
        f"{found.spread:,} of uncertain date, in each {name} they may be of" if found.spread else None,
        asked.again("list", best) if best else None,
    ]
    return asked.answer(found, found.values, footer)
