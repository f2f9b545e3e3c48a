"""`count_facets`: how many articles have each value of a field."""

from shanxi_cli.cli.commands._explore import ExploreRequest, ExploreResult, format_row_range
from shanxi_cli.cli.options.explore import ExploreArguments, FacetOptions
from shanxi_cli.cli.rows import format_count
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.city_facets import count_cities
from shanxi_cli.explore.facets import check_facet_name, count_facets
from shanxi_cli.model.options import Level


def print_facets(field: str, counting: FacetOptions, question: ExploreArguments) -> int:
    """Prints the values of a field; the status is 0 when there is one, else 1."""
    name = check_facet_name(field)
    if counting.level and name != "place":
        raise UsageError(f"--level is for place, not {name}")
    asked = ExploreRequest(question)
    if question.rows.explain:
        return asked.explain()
    return asked.answer(lambda engine: _compute_facets(engine, asked, name, counting))


def _compute_facets(engine: Engine, asked: ExploreRequest, name: str, counting: FacetOptions) -> ExploreResult:
    numbers, text, least = asked.numbers(engine), asked.question.text, counting.least
    if counting.level is Level.CITY:
        name, found = "city", count_cities(engine, numbers, text, least, asked.limit)
    else:
        found = count_facets(engine, numbers, name, text, least, asked.limit)
    some = f"no {name} has {least:,} articles" if least > 1 else f"none has any {name}"
    best = found.rows[0].query if found.rows else ""
    footer = [
        f"{format_row_range(len(found.rows), found.values, 'value')} in {format_count(found.articles, 'article')}",
        f"{found.without:,} without a value" if found.without else None,
        f"{found.spread:,} of uncertain date, counted in each possible {name}" if found.spread else None,
        asked.again("list", best) if best else None,
    ]
    return ExploreResult(found, found.values, footer, f"{format_count(found.articles, 'article')} found, but {some}")
