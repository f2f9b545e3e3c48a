"""What `figures` and `quotes` share: rows read in the sentences that match, and what there is to say of none."""

import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from shanxi_cli.archive import Archive
from shanxi_cli.cli.rows import counted, of
from shanxi_cli.cli.shaanxi_notice import neighbour
from shanxi_cli.indexing.manifest import Outline
from shanxi_cli.model.nouns import Figure, Quote, Scope
from shanxi_cli.output import TableFormat
from shanxi_cli.query.ast import Query
from shanxi_cli.search.explain import Nothing, why_nothing
from shanxi_cli.util.frozen_record import Record

SHOWN_ON_A_TERMINAL = 20
NAMED = 8
"""Units or speakers that a message names, where rows are of others than those asked for."""


class Found(Record):
    """The rows found, and what there is to say where there are none.

    `articles` is how many articles match. `others` has what rows there are that were not asked for (units, speakers),
    `wider` how many rows there are in wider scopes, and `why` tells why not even an article was found. `neighbour`
    is the line about Shaanxi, or empty.
    """

    rows: Sequence[Any]
    outline: Outline
    neighbour: str
    articles: int = 0
    others: Sequence[tuple[str, int]] = ()
    wider: Mapping[str, int] = MappingProxyType({})
    why: Nothing | None = None


def find(
    archive: Archive,
    query: Query,
    text: str | None,
    scope: Scope,
    read: Callable[[Scope], Sequence[Any]],
    others: Callable[[], Sequence[tuple[str, int]]],
) -> Found:
    """The rows that `read` gives in a scope; `others` is asked where there are none."""
    engine, rows = archive.engine, read(scope)
    line = neighbour(engine, query)
    if rows:
        return Found(rows, archive.outline, line)
    archive.confirm()
    articles = engine.count(query)
    if not articles and text is not None:
        return Found((), archive.outline, line, why=why_nothing(engine, query))
    scopes = list(Scope)[list(Scope).index(scope) + 1 :]
    wider = {wide.value: len(read(wide)) for wide in scopes}
    return Found((), archive.outline, line, articles, others(), wider)


def tell_how_many(shown: int, rows: Sequence[Figure] | Sequence[Quote], what: str, form: TableFormat) -> None:
    """For people the line after the rows: `1 to 20 of 25 quotes in 3 articles`."""
    if rows and form is TableFormat.TERMINAL:
        articles = len({row.article.id for row in rows})
        sys.stdout.flush()
        print(f"{of(shown, len(rows), what)} in {counted(articles, 'article')}", file=sys.stderr)


def named(others: Sequence[tuple[str, int]]) -> str:
    """`Li Min (4), Wang Fang (1)`, the first `NAMED` of them."""
    shown = ", ".join(f"{name} ({many:,})" for name, many in others[:NAMED])
    return shown + ", ..." * (len(others) > NAMED)


def elsewhere(found: Found) -> list[str]:
    """`--in article has 3`, for each wider scope that has some."""
    return [f"--in {name} has {many:,}" for name, many in found.wider.items() if many]
