"""Rows of the sentences that match a query, and why there are none."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol

from shanxi_cli.answers.corrections import correct_in_archive
from shanxi_cli.answers.query_plans import QueryFilters
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.indexing.manifest import ManifestSummary
from shanxi_cli.model.options import Scope
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import CorrectedQuery
from shanxi_cli.search.searcher import MATCH_ALL, search_matches
from shanxi_cli.search.shaanxi_notice import find_shaanxi_notice
from shanxi_cli.search.suggest import NoResultsReport, explain_no_results
from shanxi_cli.util.frozen_record import Record


class ScopeFilters(QueryFilters, Protocol):
    """The articles to search, and the text in which the words of a query have to be together."""

    @property
    def scope(self) -> Scope:
        """The text that has to contain the words, places and people of the query."""


class SentenceQuery(Protocol):
    """A query for the sentences of articles."""

    @property
    def query(self) -> QueryPlan:
        """The plan as typed."""

    @property
    def within(self) -> Sequence[str] | None:
        """The ids to search, None for all."""

    @property
    def filters(self) -> ScopeFilters:
        """The options of the query."""


class SentenceAnswer(Record):
    """Rows of a request, and, where there are none, what the message says.

    `articles` is the number of matching articles; None where rows were found, so that it was not counted. `others` has
    units or speakers of the rows that the options exclude, `wider` the number of rows by wider scope; `no_results`
    explains why not even an article matches; `similar` has the names that a speaker's may mean, with their rows;
    `notice` is about Shaanxi, or empty; `corrected` is the query that was searched for.
    """

    rows: Sequence[Any]
    summary: ManifestSummary
    notice: str
    corrected: CorrectedQuery
    articles: int = 0
    others: Sequence[tuple[str, int]] = ()
    wider: Mapping[str, int] = MappingProxyType({})
    no_results: NoResultsReport | None = None
    similar: Sequence[tuple[str, int]] = ()


def find_sentence_rows(
    archive: OpenedArchive,
    asked: SentenceQuery,
    find: Callable[[QueryPlan, Scope], Sequence[Any]],
    count_others: Callable[[QueryPlan], Sequence[tuple[str, int]]],
) -> SentenceAnswer:
    """Return the rows that `find` returns for the corrected query and the scope.

    `count_others` is called where there are none.
    """
    corrected = correct_in_archive(archive, asked.query, asked.filters)
    engine, query, scope = archive.engine, corrected.plan, asked.filters.scope
    rows = find(query, scope)
    notice = find_shaanxi_notice(engine, query)
    if rows:
        return SentenceAnswer(rows, archive.summary, notice, corrected)
    archive.ensure_full_scan()
    articles = len(search_matches(engine, query, within=asked.within))
    if not articles and query != MATCH_ALL:
        return SentenceAnswer((), archive.summary, notice, corrected, no_results=explain_no_results(engine, query))
    scopes = list(Scope)[list(Scope).index(scope) + 1 :]
    wider = {wide.value: len(find(query, wide)) for wide in scopes}
    return SentenceAnswer((), archive.summary, notice, corrected, articles, count_others(query), wider)
