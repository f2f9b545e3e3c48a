"""`Archive`, the Python API: the answers of the commands as frozen values. It prints nothing and raises our errors."""

from typing import Unpack

from shanxi_cli.answers.hits import HitSelection
from shanxi_cli.api import exploring, reading
from shanxi_cli.api.arguments import (
    E,
    FigureArguments,
    QueryArguments,
    QuoteArguments,
    check_number,
    choose_member,
    read_arguments,
)
from shanxi_cli.api.handle import ArchiveHandle
from shanxi_cli.api.rows import ConflictRow, ContextRow, FigureRow, QuoteRow, SimilarRow
from shanxi_cli.api.sequences import FacetSequence, HitSequence, RowSequence, TimelineSequence, YearSequence
from shanxi_cli.errors import UsageError
from shanxi_cli.model.options import (
    ConcordanceOrder,
    FacetOrder,
    FigureGrouping,
    FigureOrder,
    Level,
    QuoteGrouping,
    QuoteOrder,
    Scope,
    TermOrder,
    Unit,
)
from shanxi_cli.model.quantity import FigureSummary
from shanxi_cli.model.quote import QuoteSummary
from shanxi_cli.model.results import HitOrder
from shanxi_cli.model.views import Collocate, TermEntry
from shanxi_cli.query.parser import WordOperator


class Archive(ArchiveHandle):
    """An archive of newspaper articles that is open for queries.

        with Archive.open(corpus="articles") as archive:
            for hit in archive.search("coal place:Datong", limit=10, sort="newest"):
                print(hit.id, hit.title)

    Queries are those of the command line (docs/query.md), and the methods those of its commands. All of the words of a
    query have to match, except in `search`; an empty query is every article. What `QueryArguments` lists can be given
    to every method that takes `arguments`. Errors are of `shanxi_cli.errors`, and `TypeError` for arguments that do
    not exist.

    Several threads may use one archive: their queries run one after the other, and rows are values of their own. An
    archive belongs to the process that opened it.
    """

    def search(
        self,
        query: str = "",
        *,
        sort: HitOrder | str = HitOrder.RELEVANCE,
        passages: bool = True,
        collapse: bool = False,
        expand: bool = False,
        semantic: bool = False,
        **arguments: Unpack[QueryArguments],
    ) -> HitSequence:
        """Return the articles that match any of the words: `sort` is `relevance`, `newest`, `oldest` or `title`.

        Without `passages` the articles are found faster. With `collapse`, near-duplicates are one hit; with `expand`,
        hits are ranked by typical words of the best ones too, with `semantic` by meaning too; hits whose `by` is
        `meaning` have no word of the query, come last and are not counted in `total` (docs/semantic.md).
        """
        settings = read_arguments(arguments, WordOperator.ANY)
        order = choose_member(HitOrder, sort, "sort")
        if expand and order is not HitOrder.RELEVANCE:
            raise UsageError(f"expand changes the order by relevance; leave out sort={order.value!r}")
        if semantic and (expand or order is not HitOrder.RELEVANCE):
            raise UsageError("semantic changes the order by relevance; leave out sort and expand")
        meaning = query if semantic else ""
        selection = HitSelection(order, settings.part, settings.within, passages, collapse, expand, meaning)
        return self._run(lambda opened: reading.list_hits(opened, query, settings, selection))

    def figures(
        self,
        query: str = "",
        *,
        sort: FigureOrder | str = FigureOrder.DATE,
        scope: Scope | str = Scope.SENTENCE,
        **arguments: Unpack[FigureArguments],
    ) -> RowSequence[FigureRow]:
        """Return the figures of the sentences that match: `sort` is `date`, `value` or `article`.

        `scope` is the text that has to contain the query: `sentence`, `paragraph` or `article`. The arguments are those
        of `FigureArguments`.
        """
        settings, order = read_arguments(arguments, scope=scope, known=FigureArguments), _choose(FigureOrder, sort)
        limits, by = reading.make_range(arguments), reading.make_speaker(arguments)
        return self._run(lambda opened: reading.list_figures(opened, query, settings, limits, by, order))

    def summarize_figures(
        self,
        query: str = "",
        *,
        group_by: FigureGrouping | str = FigureGrouping.UNIT,
        scope: Scope | str = Scope.SENTENCE,
        **arguments: Unpack[FigureArguments],
    ) -> RowSequence[FigureSummary]:
        """Return the number, least, median and greatest of figures by `unit`, `year` or `article`, and by unit."""
        settings = read_arguments(arguments, scope=scope, known=FigureArguments)
        limits, by = reading.make_range(arguments), reading.make_speaker(arguments)
        group = choose_member(FigureGrouping, group_by, "group_by")
        return self._run(lambda opened: reading.list_figure_summaries(opened, query, settings, limits, by, group))

    def conflicts(self, query: str = "", **arguments: Unpack[QueryArguments]) -> RowSequence[ConflictRow]:
        """Return the paragraphs with figures that contradict each other, of the articles that match."""
        settings = read_arguments(arguments)
        return self._run(lambda opened: reading.list_conflicts(opened, query, settings))

    def quotes(
        self,
        query: str = "",
        *,
        sort: QuoteOrder | str = QuoteOrder.DATE,
        scope: Scope | str = Scope.SENTENCE,
        **arguments: Unpack[QuoteArguments],
    ) -> RowSequence[QuoteRow]:
        """Return the quotes of the sentences that match: `sort` is `date`, `speaker` or `article`.

        `scope` is as in `figures`. The arguments are those of `QuoteArguments`.
        """
        settings, order = read_arguments(arguments, scope=scope, known=QuoteArguments), _choose(QuoteOrder, sort)
        accepted = reading.make_quote_filter(arguments)
        return self._run(lambda opened: reading.list_quotes(opened, query, settings, accepted, order))

    def summarize_quotes(
        self,
        query: str = "",
        *,
        group_by: QuoteGrouping | str = QuoteGrouping.SPEAKER,
        scope: Scope | str = Scope.SENTENCE,
        **arguments: Unpack[QuoteArguments],
    ) -> RowSequence[QuoteSummary]:
        """Return the number of quotes by `speaker`, `organisation`, `year` or `article`."""
        settings = read_arguments(arguments, scope=scope, known=QuoteArguments)
        accepted, group = reading.make_quote_filter(arguments), choose_member(QuoteGrouping, group_by, "group_by")
        return self._run(lambda opened: reading.list_quote_summaries(opened, query, settings, accepted, group))

    def facets(
        self,
        field: str,
        query: str = "",
        *,
        level: Level | str | None = None,
        least: int = 1,
        sort: FacetOrder | str | None = None,
        **arguments: Unpack[QueryArguments],
    ) -> FacetSequence:
        """Return the values of `field` that `least` matching articles or more have: `sort` is `count` or `value`.

        Fields are those of `shanxi facets`. With a `level`, places are counted by `country`, `province`, `city` or
        `county`.
        """
        request = exploring.make_facet_request(field, level, least, sort)
        settings = read_arguments(arguments)
        return self._run(lambda opened: exploring.list_facets(opened, query, settings, request))

    def timeline(
        self,
        query: str = "",
        *,
        by: Unit | str | None = None,
        hits: bool = False,
        share: bool = False,
        **arguments: Unpack[QueryArguments],
    ) -> TimelineSequence:
        """Return the number of articles by `month`, `quarter` or `year` (None: as many periods as can be read).

        With `hits`, periods have the number of matches too, with `share` the share of all articles of the period.
        """
        settings, unit = read_arguments(arguments), None if by is None else choose_member(Unit, by, "by")
        return self._run(lambda opened: exploring.list_periods(opened, query, settings, unit, hits=hits, share=share))

    def mentioned_years(
        self, query: str = "", *, scope: Scope | str = Scope.SENTENCE, **arguments: Unpack[QueryArguments]
    ) -> YearSequence:
        """Return the years that the matching sentences mention; `scope` is as in `figures`."""
        settings = read_arguments(arguments, scope=scope)
        return self._run(lambda opened: exploring.list_mentioned_years(opened, query, settings))

    def kwic(
        self,
        query: str,
        *,
        width: int = 50,
        sort: ConcordanceOrder | str = ConcordanceOrder.DATE,
        **arguments: Unpack[QueryArguments],
    ) -> RowSequence[ContextRow]:
        """Return every match with `width` columns of text on either side: `sort` is `date`, `left` or `right`."""
        settings, order = read_arguments(arguments), _choose(ConcordanceOrder, sort)
        columns = check_number("width", width, 1)
        return self._run(lambda opened: exploring.list_context(opened, query, settings, order, columns))

    def collocates(
        self, query: str, *, window: int = 5, least: int = 2, **arguments: Unpack[QueryArguments]
    ) -> RowSequence[Collocate]:
        """Return the words within `window` words of the matches that are there `least` times and unusually often."""
        settings, near = read_arguments(arguments), check_number("window", window, 1)
        often = check_number("least", least, 1)
        return self._run(lambda opened: exploring.list_collocates(opened, query, settings, near, often))

    def terms(
        self,
        prefix: str = "",
        *,
        field: str = "",
        least: int = 1,
        sort: TermOrder | str = TermOrder.COUNT,
        **arguments: Unpack[QueryArguments],
    ) -> RowSequence[TermEntry]:
        """Return the words that begin with `prefix`, in a field or in all text: `sort` is `count`, `articles`, `word`.

        They occur `least` times or more.
        """
        settings, order = read_arguments(arguments), _choose(TermOrder, sort)
        selection = exploring.select_terms(field, prefix, check_number("least", least, 1), order)
        return self._run(lambda opened: exploring.list_words(opened, selection, settings))

    def similar(
        self,
        id: str,
        *,
        sort: HitOrder | str = HitOrder.RELEVANCE,
        collapse: bool = False,
        **arguments: Unpack[QueryArguments],
    ) -> RowSequence[SimilarRow]:
        """Return the articles most similar to one, ten unless `limit` says otherwise; `sort` is as in `search`."""
        settings, order = read_arguments({"limit": 10, **arguments}), _choose(HitOrder, sort)
        return self._run(lambda opened: exploring.list_similar(opened, id, settings, order, collapse=collapse))


def _choose(kind: type[E], sort: E | str) -> E:
    return choose_member(kind, sort, "sort")
