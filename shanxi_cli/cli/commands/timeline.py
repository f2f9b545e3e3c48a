"""`timeline`: articles or matches by year, quarter or month, or the years that sentences mention."""

from shanxi_cli.answers.query_plans import format_query_heading
from shanxi_cli.cli.commands._charts import check_chart_option, make_chart_writer
from shanxi_cli.cli.commands._explore import ExploreRequest, ExploreResult, answer_request, make_explore_request
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.explore import TimelineOptions
from shanxi_cli.cli.output_format import require_at_most_one
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.concordance import require_patterns
from shanxi_cli.explore.timeline import build_timeline
from shanxi_cli.explore.year_mentions import count_mentioned_years
from shanxi_cli.model.options import Scope
from shanxi_cli.model.views import Timeline
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.text import pluralize


def run_timeline(options: TimelineOptions, settings: GlobalOptions) -> int:
    """Print periods; exit status 0 for at least one, else 1."""
    require_at_most_one({"--share": options.share, "--hits": options.hits})
    counted = {"--share": options.share, "--hits": options.hits, "--by": options.by, "--chart": options.chart}
    for name, value in counted.items():
        require_at_most_one({name: value, "--years-mentioned": options.mentioned})
    if options.scope and not options.mentioned:
        raise UsageError("--in needs --years-mentioned")
    request = make_explore_request("timeline", options, settings, words=options.query, filters=options.filter)
    if options.hits:
        require_patterns(request.query)
    find = _count_year_mentions if options.mentioned else _build_timeline
    chart = check_chart_option(options.chart, options.rows)
    heading = f"Articles by period{format_query_heading(request.text, request.filters)}"
    return answer_request(
        request,
        lambda engine, request: find(engine, request, options),
        make_chart_writer(heading, chart),
    )


def _build_timeline(engine: Engine, request: ExploreRequest, options: TimelineOptions) -> ExploreResult:
    timeline = build_timeline(engine, request.search(engine), options.by, hits=options.hits, share=options.share)
    shown = replace_fields(timeline, periods=timeline.periods[: _last_row(options)])
    reason = f"{pluralize(timeline.articles, 'article')} found, but none with a date that has both a start and an end"
    return ExploreResult(shown, len(timeline.periods), _format_footer(timeline), reason)


def _last_row(options: TimelineOptions) -> int | None:
    """Return the number of rows up to the last that is printed, None for all: a terminal too has all periods."""
    return options.rows.offset + options.rows.limit if options.rows.limit else None


def _format_footer(timeline: Timeline) -> list[str | None]:
    return [
        pluralize(timeline.articles, "article"),
        f"{timeline.spread:,} of uncertain date, spread over the possible periods (~)" if timeline.spread else None,
        f"{timeline.undated:,} undated, left out" if timeline.undated else None,
        f"{timeline.open:,} with a date without start or end, left out" if timeline.open else None,
    ]


def _count_year_mentions(engine: Engine, request: ExploreRequest, options: TimelineOptions) -> ExploreResult:
    mentions = count_mentioned_years(engine, request.query, request.numbers(engine), options.scope or Scope.SENTENCE)
    shown = replace_fields(mentions, rows=mentions.rows[: _last_row(options)])
    sentences = pluralize(mentions.sentences, "sentence")
    silent = f"{mentions.silent:,} without a year" if mentions.silent else None
    return ExploreResult(shown, len(mentions.rows), [sentences, silent], f"{sentences} found, but none names a year")
