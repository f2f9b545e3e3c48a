"""`similar`: the nearest articles of one."""

import sys

from shanxi_cli.cli.arguments import typed
from shanxi_cli.cli.exploring.asking import Asked, counted
from shanxi_cli.cli.exploring.options import Near, Question
from shanxi_cli.cli.recent import meant, remember
from shanxi_cli.exploring.similar import neighbours
from shanxi_cli.printers import TableFormat
from shanxi_cli.searching import Alike, meaning

NEAREST = 10


def print_neighbours(article: str, near: Near, question: Question) -> int:
    """Prints the articles that are most like one; the status is 0 when there is one, else 1."""
    asked = Asked(question)
    number = meaning(asked.engine, meant(typed(article)))
    collapse = near.collapse if near.collapse is not None else asked.form is TableFormat.TERMINAL
    limit = NEAREST if question.rows.limit is None else question.rows.limit or None
    groups = Alike(asked.engine)
    found = neighbours(asked.engine, number, limit, groups, collapse)
    if not found.rows:
        asked.nothing("no other article has a telling word of this one")
    copies = len(groups.of(number)) - 1 if collapse else 0
    hidden = f"{copies:,} more nearly the same text as it (--no-collapse shows all)" if copies else None
    status = asked.answer(found, len(found.rows), [f"the nearest {counted(len(found.rows), 'article')}", hidden])
    if sys.stdout.isatty():
        remember({row.rank: row.article.id for row in found.rows})
    return status
