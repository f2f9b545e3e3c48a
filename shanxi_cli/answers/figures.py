"""Figures of the sentences that match a query."""

from collections.abc import Sequence

from shanxi_cli.answers.sentences import SentenceAnswer, SentenceQuery, find_sentence_rows
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.explore.figures import (
    ANY_LIMIT,
    count_chinese_articles,
    count_figure_speakers,
    count_units,
    find_figures,
    sort_figures,
)
from shanxi_cli.explore.quotes import find_similar_names
from shanxi_cli.model.options import FigureOrder, Scope
from shanxi_cli.model.quantity import Figure
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.text import pluralize


def find_figure_rows(
    archive: OpenedArchive, asked: SentenceQuery, value_range: QuantityRange, by: str, order: FigureOrder
) -> SentenceAnswer:
    """Return the figures within a range that a speaker with the name `by` (empty: anybody, nobody) is quoted with."""
    engine, scope = archive.engine, asked.filters.scope
    among = asked.within

    def count_others(query: QueryPlan) -> Sequence[tuple[str, int]]:
        if value_range != ANY_LIMIT:
            return count_units(find_figures(engine, query, scope=scope, among=among, by=by))
        return count_figure_speakers(find_figures(engine, query, scope=scope, among=among)) if by else []

    def find(query: QueryPlan, scope: Scope) -> Sequence[Figure]:
        return sort_figures(find_figures(engine, query, value_range, scope, among, by), order)

    answer = find_sentence_rows(archive, asked, find, count_others)
    is_explained = bool(answer.notice or answer.no_results)
    unread = 0 if is_explained else count_chinese_articles(engine, answer.corrected.plan, among)
    if unread:
        answer = replace_fields(answer, notice=_explain_unread(unread))
    if answer.rows or answer.no_results or not by:
        return answer
    figures = find_figures(engine, answer.corrected.plan, value_range, scope, among)
    speakers = [figure.speaker for figure in figures if figure.speaker]
    return replace_fields(answer, similar=find_similar_names(by, speakers))


def _explain_unread(count: int) -> str:
    verb = "is" if count == 1 else "are"
    return f"{pluralize(count, 'matching article')} {verb} in Chinese; figures are read in English text alone"
