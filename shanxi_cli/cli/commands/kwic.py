"""`kwic`: every match in context (a concordance), or the words near the matches (collocates)."""

from itertools import islice

from shanxi_cli.answers.concordance import find_context_lines
from shanxi_cli.cli.commands._explore import (
    ExploreRequest,
    ExploreResult,
    answer_request,
    format_row_count,
    make_explore_request,
)
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.explore import ConcordanceOptions
from shanxi_cli.cli.output_format import require_at_most_one
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.collocations import find_collocates
from shanxi_cli.explore.concordance import require_patterns
from shanxi_cli.model.options import ConcordanceOrder
from shanxi_cli.model.views import Collocates, Concordance
from shanxi_cli.util.text import pluralize

DEFAULT_WINDOW = 5
"""Words on either side of a match that are near it."""
DEFAULT_LEAST = 2
"""Occurrences of a collocate below which it is left out."""


def run_kwic(options: ConcordanceOptions, settings: GlobalOptions) -> int:
    """Print a concordance, or collocates; exit status 0 for at least one match, else 1."""
    concordance_only = {"--width": options.width, "--sort": options.sort}
    collocates_only = {"--window": options.window, "--min": options.least}
    require_at_most_one({"--ids": options.ids, "--collocates": options.collocates})
    for name, value in (concordance_only if options.collocates else collocates_only).items():
        if value is not None:
            raise UsageError(f"{name} {'cannot be combined with' if options.collocates else 'needs'} --collocates")
    if not " ".join(options.query or ()).strip():
        raise UsageError("a concordance of what? give it a word: shanxi kwic coal")
    request = make_explore_request(
        "kwic", options, settings, words=options.query, filters=options.filter, ids=options.ids
    )
    require_patterns(request.query)
    find = _find_collocates if options.collocates else _find_lines
    return answer_request(request, lambda engine, request: find(engine, request, options))


def _find_lines(engine: Engine, request: ExploreRequest, options: ConcordanceOptions) -> ExploreResult:
    articles = request.search(engine)
    found = find_context_lines(engine, request.query, articles, options.sort or ConcordanceOrder.DATE)
    total, lines = found.matches, found.lines
    # Without a limit there may be more than fit in memory: those are read while they are printed.
    rows = lines if request.limit is None else iter(list(islice(lines, request.limit)))
    shown = total if request.limit is None else min(total, request.limit)
    footer = [f"{format_row_count(shown, total, 'match', request.offset)} in {pluralize(found.articles, 'article')}"]
    reason = f"{pluralize(len(articles), 'article')} found, but no words of the query in their text"
    return ExploreResult(Concordance(rows, options.width), total, footer, reason)


def _find_collocates(engine: Engine, request: ExploreRequest, options: ConcordanceOptions) -> ExploreResult:
    window, least = options.window or DEFAULT_WINDOW, options.least or DEFAULT_LEAST
    collocates = find_collocates(engine, request.query, request.numbers(engine), window, least)
    total = len(collocates.rows)
    shown = Collocates(collocates.rows[: request.limit])
    count = format_row_count(len(shown.rows), total, "word", request.offset)
    footer = [f"{count} within {pluralize(window, 'word')} of the matches"]
    reason = f"no word occurs near the matches {least:,} times or more and unusually often; lower --min"
    return ExploreResult(shown, total, footer, reason)
