"""Quotes of the sentences that match a query."""

from collections.abc import Sequence
from itertools import islice

from shanxi_cli.answers.sentences import SentenceAnswer, SentenceQuery, find_sentence_rows
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.explore.quotes import (
    ANY_QUOTE,
    QuoteFilter,
    count_speakers,
    find_quotes,
    find_similar_speakers,
    sort_quotes,
)
from shanxi_cli.model.options import QuoteOrder, Scope
from shanxi_cli.model.quote import Quote
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.util.frozen_record import replace_fields


def find_quote_rows(
    archive: OpenedArchive, asked: SentenceQuery, accepted: QuoteFilter, order: QuoteOrder, limit: int | None = None
) -> SentenceAnswer:
    """Return the quotes that a filter accepts; by date, the first `limit` of them (None: all)."""
    engine, scope = archive.engine, asked.filters.scope

    def count_others(query: QueryPlan) -> Sequence[tuple[str, int]]:
        if accepted == ANY_QUOTE:
            return []
        return count_speakers(find_quotes(engine, query, scope=scope, within=asked.within))

    def find(query: QueryPlan, scope: Scope) -> Sequence[Quote]:
        quotes = find_quotes(engine, query, accepted, scope, asked.within)
        return list(islice(quotes, limit)) if order is QuoteOrder.DATE else sort_quotes(quotes, order)

    answer = find_sentence_rows(archive, asked, find, count_others)
    if answer.rows or not answer.others:
        return answer
    quotes = list(find_quotes(engine, answer.corrected.plan, scope=scope, within=asked.within))
    return replace_fields(answer, similar=find_similar_speakers(quotes, accepted))
