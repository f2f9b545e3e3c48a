"""`facets`: number of articles by the values of a field."""

from shanxi_cli.answers.facets import FacetRequest, compute_facets
from shanxi_cli.answers.query_plans import describe_query, format_query_heading
from shanxi_cli.cli.commands._charts import check_chart_option, make_chart_writer
from shanxi_cli.cli.commands._explore import (
    ExploreRequest,
    ExploreResult,
    answer_request,
    format_row_count,
    make_explore_request,
)
from shanxi_cli.cli.messages import NO_DERIVED_HINT
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.explore import FacetOptions
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.facets import check_facet_name
from shanxi_cli.util.text import pluralize


def run_facets(options: FacetOptions, settings: GlobalOptions) -> int:
    """Print the values of a field; exit status 0 for at least one, else 1."""
    name = check_facet_name(options.field)
    if options.level and name != "place":
        raise UsageError(f"--level is for place, not {name}")
    request = make_explore_request(
        f"facets {options.field}", options, settings, words=options.query, filters=options.filter
    )
    chart = check_chart_option(options.chart, options.rows)
    heading = f"Articles by {name}{format_query_heading(request.text, request.filters)}"
    return answer_request(
        request,
        lambda engine, request: _compute_facets(engine, request, name, options),
        make_chart_writer(heading, chart),
    )


def _compute_facets(engine: Engine, request: ExploreRequest, name: str, options: FacetOptions) -> ExploreResult:
    found, least = request.search(engine), options.least
    text = describe_query(request.text, request.filters)
    asked = FacetRequest(name, least, request.limit, options.sort, options.level, options.filter.no_derived)
    facets = compute_facets(engine, found, text, asked)
    name = facets.field
    articles = pluralize(facets.articles, "article")
    reason = f"no {name} occurs in {least:,} articles or more" if least > 1 else f"none of them has any {name}"
    footer = [
        f"{format_row_count(len(facets.rows), facets.values, 'value', request.offset)} in {articles}",
        f"{facets.without:,} without a value" if facets.without else None,
        f"in {facets.derived:,} derived from the text ({NO_DERIVED_HINT})" if facets.derived else None,
        f"{facets.spread:,} of uncertain date, counted in each possible {name}" if facets.spread else None,
        request.repeat_command("list", facets.rows[0].query) if facets.rows and facets.rows[0].query else None,
    ]
    return ExploreResult(facets, facets.values, footer, f"{articles} found, but {reason}")
