"""`build_timeline`: articles or matches by year, quarter or month, and the years that sentences speak of."""

from shanxi_cli.cli.commands._explore import ExploreRequest, ExploreResult
from shanxi_cli.cli.options.explore import ExploreArguments, TimelineOptions
from shanxi_cli.cli.rows import format_count
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.concordance import require_patterns
from shanxi_cli.explore.timeline import build_timeline
from shanxi_cli.explore.year_mentions import count_mentioned_years
from shanxi_cli.model.options import HitOrder
from shanxi_cli.model.views import Timeline
from shanxi_cli.util.frozen_record import replace_fields


def print_timeline(over: TimelineOptions, question: ExploreArguments) -> int:
    """Prints periods; the status is 0 when there is one, else 1."""
    given = {
        "--share": over.share,
        "--hits": over.hits,
        "--by": over.by is not None,
        "--years-mentioned": over.mentioned,
    }
    named = [name for name, value in given.items() if value]
    if (over.mentioned and len(named) > 1) or (over.share and over.hits):
        raise UsageError(f"{named[0]} and {named[-1] if over.mentioned else named[1]} do not go together")
    asked = ExploreRequest(question)
    if over.hits:
        require_patterns(asked.query)
    if question.rows.explain:
        return asked.explain()
    return asked.answer(
        lambda engine: _count_year_mentions(engine, asked) if over.mentioned else _build_timeline(engine, asked, over)
    )


def _build_timeline(engine: Engine, asked: ExploreRequest, over: TimelineOptions) -> ExploreResult:
    hits = engine.hit_counts(asked.query) if over.hits else None
    found = build_timeline(engine, asked.numbers(engine), over.by, hits, share=over.share)
    shown = replace_fields(found, periods=found.periods[: asked.question.rows.limit or None])
    otherwise = f"{format_count(found.articles, 'article')} found, but none with a closed date"
    return ExploreResult(shown, len(found.periods), _format_timeline_footer(found), otherwise)


def _format_timeline_footer(found: Timeline) -> list[str | None]:
    return [
        format_count(found.articles, "article"),
        f"{found.spread:,} of uncertain date, spread over the possible periods (~)" if found.spread else None,
        f"{found.undated:,} without a date, not counted" if found.undated else None,
        f"{found.open:,} with an open-ended date, not counted" if found.open else None,
    ]


def _count_year_mentions(engine: Engine, asked: ExploreRequest) -> ExploreResult:
    found = count_mentioned_years(engine, asked.query, asked.numbers(engine, HitOrder.NEWEST))
    silent = f"{found.silent:,} without a year" if found.silent else None
    shown = replace_fields(found, rows=found.rows[: asked.question.rows.limit or None])
    otherwise = f"{format_count(found.sentences, 'sentence')} found, but none mentions a year"
    return ExploreResult(shown, len(found.rows), [format_count(found.sentences, "sentence"), silent], otherwise)
