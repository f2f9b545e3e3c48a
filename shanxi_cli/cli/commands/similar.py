"""`similar`: the articles most similar to one."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from shanxi_cli.answers.similar import SimilarSelection, find_most_similar
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.commands._explore import ExploreRequest, ExploreResult, answer_request, make_explore_request
from shanxi_cli.cli.history import resolve_reference, save_shown_hits
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.explore import SimilarOptions
from shanxi_cli.cli.query_args import decode_argument
from shanxi_cli.engines.base import Engine
from shanxi_cli.model.results import HitOrder
from shanxi_cli.output import TableFormat
from shanxi_cli.search.near_duplicates import NearDuplicates
from shanxi_cli.search.searcher import resolve_article_id
from shanxi_cli.util.text import pluralize

if TYPE_CHECKING:
    from shanxi_cli.answers.meaning import MeaningSearch

DEFAULT_SIMILAR_ROWS = 10


def run_similar(options: SimilarOptions, settings: GlobalOptions) -> int:
    """Print the articles most similar to one; exit status 0 for at least one, else 1."""
    request = make_explore_request("similar", options, settings, filters=options.filter, ids=options.ids)
    shown: dict[int, str] = {}
    searches: list[MeaningSearch] = []
    status = answer_request(
        request,
        lambda engine, request: _find_similar_articles(engine, request, options, shown, *searches[-1:]),
        prepare=_make_opener(searches) if options.semantic else None,
    )
    if sys.stdout.isatty():
        save_shown_hits(shown)
    return status


def _make_opener(searches: "list[MeaningSearch]") -> Callable[[OpenedArchive], None]:
    """Return a function that opens the search by meaning of an archive and keeps it in a list."""
    from shanxi_cli.answers.meaning import open_meaning_search  # of an extra

    return lambda archive: searches.append(open_meaning_search(archive))


def _find_similar_articles(
    engine: Engine,
    request: ExploreRequest,
    options: SimilarOptions,
    shown: dict[int, str],
    meaning: "MeaningSearch | None" = None,
) -> ExploreResult:
    """Find the articles, and put the id of each rank into `shown`."""
    number = resolve_article_id(engine, resolve_reference(decode_argument(options.article)))
    limit = DEFAULT_SIMILAR_ROWS if options.rows.limit is None else options.rows.limit or None
    among = None if request.searches_all else request.search(engine)
    collapse = options.collapse if options.collapse is not None else request.form is TableFormat.TERMINAL
    duplicates = NearDuplicates(engine)
    ranked = meaning.rank_similar(number) if meaning else None
    selection = SimilarSelection(limit, request.offset, options.sort or HitOrder.RELEVANCE, collapse, among, ranked)
    articles = find_most_similar(engine, number, duplicates, selection)
    shown.update({row.rank: row.article.id for row in articles.rows[request.offset :]})
    copies = len(duplicates.group_of(number)) - 1 if collapse else 0
    hidden = f"{pluralize(copies, 'near-duplicate')} of it hidden (--no-collapse shows all)" if copies else None
    footer = [f"the {pluralize(len(articles.rows) - request.offset, 'most similar article')}", hidden]
    reason = "is near this one in meaning" if meaning else "shares a distinctive word with this one"
    return ExploreResult(articles, len(articles.rows), footer, f"no other article {reason}")
