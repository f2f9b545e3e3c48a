"""What `figures` and `quotes` share: rows read in the sentences that match, and what there is to say of none."""

import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from shanxi_cli.archive import Archive
from shanxi_cli.cli.rows import format_count, format_shown_count
from shanxi_cli.cli.shaanxi_notice import shaanxi_notice
from shanxi_cli.indexing.manifest import ManifestSummary
from shanxi_cli.model.options import Scope
from shanxi_cli.model.quantity import Figure
from shanxi_cli.model.quote import Quote
from shanxi_cli.output import TableFormat
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.suggest import NoResultsReport, explain_no_results
from shanxi_cli.util.frozen_record import Record

DEFAULT_ROWS = 20
MAX_NAMES = 8
"""Units or speakers that a message names, where rows are of others than those asked for."""


class SentenceRows(Record):
    """The rows found, and what there is to say where there are none.

    `articles` is how many articles match. `others` has what rows there are that were not asked for (units, speakers),
    `wider` how many rows there are in wider scopes, and `why` tells why not even an article was found. `shaanxi_notice`
    is the line about Shaanxi, or empty.
    """

    rows: Sequence[Any]
    outline: ManifestSummary
    neighbour: str
    articles: int = 0
    others: Sequence[tuple[str, int]] = ()
    wider: Mapping[str, int] = MappingProxyType({})
    why: NoResultsReport | None = None


def find_sentence_rows(
    archive: Archive,
    query: QueryPlan,
    text: str | None,
    scope: Scope,
    read: Callable[[Scope], Sequence[Any]],
    others: Callable[[], Sequence[tuple[str, int]]],
) -> SentenceRows:
    """The rows that `read` gives in a scope; `others` is asked where there are none."""
    engine, rows = archive.engine, read(scope)
    line = shaanxi_notice(engine, query)
    if rows:
        return SentenceRows(rows, archive.outline, line)
    archive.confirm()
    articles = engine.count(query)
    if not articles and text is not None:
        return SentenceRows((), archive.outline, line, why=explain_no_results(engine, query))
    scopes = list(Scope)[list(Scope).index(scope) + 1 :]
    wider = {wide.value: len(read(wide)) for wide in scopes}
    return SentenceRows((), archive.outline, line, articles, others(), wider)


def print_row_count(shown: int, rows: Sequence[Figure] | Sequence[Quote], what: str, form: TableFormat) -> None:
    """For people the line after the rows: `1 to 20 of 25 quotes in 3 articles`."""
    if rows and form is TableFormat.TERMINAL:
        articles = len({row.article.id for row in rows})
        sys.stdout.flush()
        print(f"{format_shown_count(shown, len(rows), what)} in {format_count(articles, 'article')}", file=sys.stderr)


def join_name_counts(others: Sequence[tuple[str, int]]) -> str:
    """`Li Min (4), Wang Fang (1)`, the first `MAX_NAMES` of them."""
    shown = ", ".join(f"{name} ({many:,})" for name, many in others[:MAX_NAMES])
    return shown + ", ..." * (len(others) > MAX_NAMES)


def suggest_wider_scopes(found: SentenceRows) -> list[str]:
    """`--in article has 3`, for each wider scope that has some."""
    return [f"--in {name} has {many:,}" for name, many in found.wider.items() if many]
