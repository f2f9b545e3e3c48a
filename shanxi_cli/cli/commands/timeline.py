"""`timeline`: articles or matches by year, quarter or month, and the years that sentences speak of."""

from shanxi_cli.cli.commands._explore import Asked, Found
from shanxi_cli.cli.options.explore import Over, Question
from shanxi_cli.cli.rows import counted
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.concordance import wanted_of
from shanxi_cli.explore.timeline import timeline
from shanxi_cli.explore.year_mentions import years_mentioned
from shanxi_cli.model.nouns import Order
from shanxi_cli.model.views import Timeline
from shanxi_cli.util.frozen_record import replace


def print_timeline(over: Over, question: Question) -> int:
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
    asked = Asked(question)
    if over.hits:
        wanted_of(asked.query)
    if question.rows.explain:
        return asked.explain()
    return asked.answer(lambda engine: _years(engine, asked) if over.mentioned else _periods(engine, asked, over))


def _periods(engine: Engine, asked: Asked, over: Over) -> Found:
    hits = engine.hits(asked.query) if over.hits else None
    found = timeline(engine, asked.numbers(engine), over.by, hits, over.share)
    shown = replace(found, periods=found.periods[: asked.question.rows.limit or None])
    otherwise = f"{counted(found.articles, 'article')} found, but none with a date that has beginning and end"
    return Found(shown, len(found.periods), _footer(found), otherwise)


def _footer(found: Timeline) -> list[str | None]:
    return [
        counted(found.articles, "article"),
        f"{found.spread:,} of uncertain date, spread over the periods they may be of (~)" if found.spread else None,
        f"{found.undated:,} without a date, left out" if found.undated else None,
        f"{found.open:,} with a date that has no beginning or no end, left out" if found.open else None,
    ]


def _years(engine: Engine, asked: Asked) -> Found:
    found = years_mentioned(engine, asked.query, asked.numbers(engine, Order.NEWEST))
    silent = f"{found.silent:,} of them name no year" if found.silent else None
    shown = replace(found, rows=found.rows[: asked.question.rows.limit or None])
    otherwise = f"{counted(found.sentences, 'sentence')} found, but none that names a year"
    return Found(shown, len(found.rows), [counted(found.sentences, "sentence"), silent], otherwise)
