"""`similar`: the nearest articles of one."""

import sys

from shanxi_cli.cli.commands._explore import Asked, Found
from shanxi_cli.cli.history import meant, remember
from shanxi_cli.cli.options.explore import Near, Question
from shanxi_cli.cli.query_args import typed
from shanxi_cli.cli.rows import counted
from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.more_like_this import neighbours
from shanxi_cli.output import TableFormat
from shanxi_cli.search.searcher import Alike, meaning

NEAREST = 10


def print_neighbours(article: str, near: Near, question: Question) -> int:
    """Prints the articles that are most like one; the status is 0 when there is one, else 1."""
    asked = Asked(question)
    collapse = near.collapse if near.collapse is not None else asked.form is TableFormat.TERMINAL
    shown: dict[int, str] = {}
    status = asked.answer(lambda engine: _found(engine, meant(typed(article)), question, collapse, shown))
    if sys.stdout.isatty():
        remember(shown)
    return status


def _found(engine: Engine, name: str, question: Question, collapse: bool, shown: dict[int, str]) -> Found:
    number = meaning(engine, name)
    limit = NEAREST if question.rows.limit is None else question.rows.limit or None
    groups = Alike(engine)
    found = neighbours(engine, number, limit, groups, collapse)
    shown.update({row.rank: row.article.id for row in found.rows})
    copies = len(groups.of(number)) - 1 if collapse else 0
    hidden = f"{copies:,} more nearly the same text as it (--no-collapse shows all)" if copies else None
    footer = [f"the nearest {counted(len(found.rows), 'article')}", hidden]
    return Found(found, len(found.rows), footer, "no other article has a telling word of this one")
