"""Articles, hits, figures and quotes of an opened archive, as rows of the Python API."""

from collections.abc import Iterable, Sequence
from typing import Any

from shanxi_cli.answers.corrections import correct_in_archive
from shanxi_cli.answers.figures import find_figure_rows
from shanxi_cli.answers.hits import HitSelection, find_hits
from shanxi_cli.answers.quotes import find_quote_rows
from shanxi_cli.answers.sentences import SentenceAnswer
from shanxi_cli.api.arguments import FigureArguments, QuerySettings, QuoteArguments, choose_member
from shanxi_cli.api.notes import describe_answer, make_plan
from shanxi_cli.api.rows import ConflictRow, FigureRow, QuoteRow, SearchHit
from shanxi_cli.api.sequences import HitSequence, RowSequence
from shanxi_cli.api.tables import make_rows
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.errors import NoSuchArticle, UsageError
from shanxi_cli.explore.figures import find_inconsistencies, summarize_figures
from shanxi_cli.explore.quotes import QuoteFilter, summarize_quotes
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import FigureGrouping, FigureOrder, QuoteGrouping, QuoteOrder
from shanxi_cli.model.quantity import Figure, FigureSummary
from shanxi_cli.model.quote import QuoteSummary, Voice
from shanxi_cli.model.results import Hit
from shanxi_cli.output.figures import CONFLICT_COLUMNS, FIGURE_COLUMNS, FlaggedQuantities
from shanxi_cli.output.hits import HIT_COLUMNS
from shanxi_cli.output.quotes import QUOTE_COLUMNS
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.query.plan.range_parser import range_from_options
from shanxi_cli.search.searcher import find_article
from shanxi_cli.util.frozen_record import Record


class SentenceSearch(Record):
    """A query for figures or quotes, as `answers.sentences.SentenceQuery` wants it."""

    query: QueryPlan
    within: Sequence[str] | None
    filters: QuerySettings


def list_articles(opened: OpenedArchive, ids: Sequence[str]) -> tuple[Article, ...]:
    """Return articles by id; raise `NoSuchArticle` only after all files were checked."""
    try:
        return tuple(find_article(opened.engine, name) for name in ids)
    except NoSuchArticle:
        opened.ensure_full_scan()
        raise


def list_hits(opened: OpenedArchive, query: str, settings: QuerySettings, selection: HitSelection) -> HitSequence:
    """Return the selected hits of a query."""
    answer = find_hits(opened, make_plan(query, settings), settings, selection)
    results, corrected = answer.results, answer.corrected
    rows = make_rows(SearchHit, HIT_COLUMNS, (*results.hits, *(results.near or ())), _list_passages)
    about = describe_answer(opened, query, corrected, answer.notice, found=bool(answer.total))
    added = results.added_words or ()
    return HitSequence(rows, results.total, **about, collapsed=results.collapsed, added_words=added)


def _list_passages(hit: Hit) -> dict[str, Any]:
    return {"passages": hit.snippets}


def list_figures(
    opened: OpenedArchive, query: str, settings: QuerySettings, limits: QuantityRange, by: str, order: FigureOrder
) -> RowSequence[FigureRow]:
    """Return the figures within limits, of the sentences that match and of a speaker (empty: any)."""
    answer = find_figure_rows(opened, _search_sentences(query, settings), limits, by, order)
    rows = make_rows(FigureRow, FIGURE_COLUMNS, answer.rows[settings.part], _name_dimension)
    return RowSequence(rows, len(answer.rows), **_describe_sentences(opened, query, answer))


def _name_dimension(figure: Figure) -> dict[str, Any]:
    return {"dimension": figure.quantity.dimension.value}


def list_figure_summaries(
    opened: OpenedArchive, query: str, settings: QuerySettings, limits: QuantityRange, by: str, group: FigureGrouping
) -> RowSequence[FigureSummary]:
    """Return the number, least, median and greatest of the same figures for each group and unit."""
    answer = find_figure_rows(opened, _search_sentences(query, settings), limits, by, FigureOrder.DATE)
    summaries = summarize_figures(answer.rows, group)
    about = _describe_sentences(opened, query, answer)
    return RowSequence(tuple(summaries[settings.part]), len(summaries), **about)


def list_quotes(
    opened: OpenedArchive, query: str, settings: QuerySettings, accepted: QuoteFilter, order: QuoteOrder
) -> RowSequence[QuoteRow]:
    """Return the quotes of the sentences that match."""
    answer = find_quote_rows(opened, _search_sentences(query, settings), accepted, order)
    rows = make_rows(QuoteRow, QUOTE_COLUMNS, answer.rows[settings.part])
    return RowSequence(rows, len(answer.rows), **_describe_sentences(opened, query, answer))


def list_quote_summaries(
    opened: OpenedArchive, query: str, settings: QuerySettings, accepted: QuoteFilter, group: QuoteGrouping
) -> RowSequence[QuoteSummary]:
    """Return the number of the same quotes for each group."""
    answer = find_quote_rows(opened, _search_sentences(query, settings), accepted, QuoteOrder.DATE)
    summaries = summarize_quotes(answer.rows, group)
    about = _describe_sentences(opened, query, answer)
    return RowSequence(tuple(summaries[settings.part]), len(summaries), **about)


def list_conflicts(opened: OpenedArchive, query: str, settings: QuerySettings) -> RowSequence[ConflictRow]:
    """Return the paragraphs with figures that contradict each other, of the articles that match."""
    asked = _search_sentences(query, settings)
    corrected = correct_in_archive(opened, asked.query, settings)
    flagged = find_inconsistencies(opened.engine, corrected.plan, asked.within)
    if not flagged:
        opened.ensure_full_scan()
    rows = make_rows(ConflictRow, CONFLICT_COLUMNS, flagged[settings.part], _list_quantities)
    about = describe_answer(opened, query, corrected, "", found=bool(flagged))
    return RowSequence(rows, len(flagged), **about)


def _list_quantities(flagged: FlaggedQuantities) -> dict[str, Any]:
    return {"quantities": tuple(quantity.text for quantity in flagged[1])}


def make_range(arguments: FigureArguments) -> QuantityRange:
    """Return the range of figures to list. Raise `UsageError` for an impossible one."""
    ends = [arguments.get("at_least"), arguments.get("at_most")]
    unit = _check_name("unit", arguments.get("unit"))
    try:
        return range_from_options(unit or None, *[None if end is None else str(end) for end in ends])
    except ValueError as error:
        raise UsageError(f"unit, at_least, at_most: {error}") from error


def make_speaker(arguments: FigureArguments) -> str:
    """Return the name of the speaker of figures; empty for any. Raise `UsageError` for one without a letter."""
    return _check_name("by", arguments.get("by"))


def make_quote_filter(arguments: QuoteArguments) -> QuoteFilter:
    """Return the filter of quotes. Raise `UsageError` for an impossible one."""
    by, organisation = _check_name("by", arguments.get("by")), _check_name("org", arguments.get("org"))
    kind = arguments.get("kind")
    return QuoteFilter(by, organisation, None if kind is None else choose_member(Voice, kind, "kind"))


def _check_name(argument: str, value: str | None) -> str:
    if value is not None and not any(char.isalnum() for char in value):
        raise UsageError(f"{argument} is empty")
    return value or ""


def list_ids(ids: Iterable[str]) -> list[str]:
    """Return ids as a list. Raise `UsageError` for one text, whose letters would be read as ids."""
    if isinstance(ids, str):
        raise UsageError(f"ids have to be a list, not one text: [{ids[:80]!r}]")
    return list(ids)


def _search_sentences(query: str, settings: QuerySettings) -> SentenceSearch:
    return SentenceSearch(make_plan(query, settings), settings.within, settings)


def _describe_sentences(opened: OpenedArchive, query: str, answer: SentenceAnswer) -> dict[str, Any]:
    """Return what is noted about a query for figures or quotes; without rows also what there is instead."""
    found, report = bool(answer.rows), answer.no_results
    about = describe_answer(opened, query, answer.corrected, answer.notice, found=found, report=report)
    similar = [f"did you mean {name} ({count:,})?" for name, count in answer.similar]
    wider = [f"scope={name!r} has {count:,}" for name, count in answer.wider.items() if count]
    return {**about, "notes": (*about["notes"], *similar, *wider)}
