"""`similar`: the nearest articles of one."""

import sys

from shanxi_cli.cli.commands._explore import ExploreRequest, ExploreResult
from shanxi_cli.cli.history import resolve_reference, save_shown_hits
from shanxi_cli.cli.options.explore import ExploreArguments, SimilarOptions
from shanxi_cli.cli.query_args import decode_argument
from shanxi_cli.cli.rows import format_count
from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.more_like_this import find_similar_articles
from shanxi_cli.output import TableFormat
from shanxi_cli.search.searcher import NearDuplicates, resolve_article_id

DEFAULT_SIMILAR_ROWS = 10


def print_similar_articles(article: str, near: SimilarOptions, question: ExploreArguments) -> int:
    """Prints the articles that are most like one; the status is 0 when there is one, else 1."""
    asked = ExploreRequest(question)
    collapse = near.collapse if near.collapse is not None else asked.form is TableFormat.TERMINAL
    shown: dict[int, str] = {}
    status = asked.answer(
        lambda engine: _find_similar_articles(
            engine, resolve_reference(decode_argument(article)), question, collapse, shown
        )
    )
    if sys.stdout.isatty():
        save_shown_hits(shown)
    return status


def _find_similar_articles(
    engine: Engine, name: str, question: ExploreArguments, collapse: bool, shown: dict[int, str]
) -> ExploreResult:
    number = resolve_article_id(engine, name)
    limit = DEFAULT_SIMILAR_ROWS if question.rows.limit is None else question.rows.limit or None
    groups = NearDuplicates(engine)
    found = find_similar_articles(engine, number, limit, groups, collapse=collapse)
    shown.update({row.rank: row.article.id for row in found.rows})
    copies = len(groups.group_of(number)) - 1 if collapse else 0
    hidden = f"{format_count(copies, 'near-duplicate')} hidden (--no-collapse shows all)" if copies else None
    footer = [f"{format_count(len(found.rows), 'similar article')}", hidden]
    return ExploreResult(found, len(found.rows), footer, "no other article shares a distinctive word with this one")
