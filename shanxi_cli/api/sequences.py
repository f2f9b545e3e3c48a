"""Answers of the Python API: sequences of rows, with the number of all rows and what was noted about the query."""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar, overload

from shanxi_cli.api.rows import FacetRow, PeriodRow, SearchHit
from shanxi_cli.model.views import ArticleReference, TimelineGap, YearMention
from shanxi_cli.search.corrections import Correction
from shanxi_cli.search.suggest import QuerySuggestion
from shanxi_cli.util.frozen_record import Record

R = TypeVar("R")


class RowSequence(Sequence[R], Generic[R], Record):
    """The rows that were asked for, of `total` rows in all.

    `query` is the query as typed. `corrections` are the words that were searched for instead of those typed, `notes`
    the lines that a command prints beside its answer: corrections, unknown words, the neighbouring province. `proposal`
    is a query with results, where this one has none and one is known.
    """

    rows: tuple[R, ...]
    total: int
    query: str = ""
    corrections: tuple[Correction, ...] = ()
    notes: tuple[str, ...] = ()
    proposal: QuerySuggestion | None = None

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[R, ...]: ...
    def __getitem__(self, place: int | slice) -> R | tuple[R, ...]:
        return self.rows[place]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.rows):,} of {self.total:,} rows>"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)


class HitSequence(RowSequence[SearchHit]):
    """Hits. `collapsed` is the number of near-duplicates that are no hits of their own.

    `added_words` are the words that `expand` has ranked by.
    """

    collapsed: int = 0
    added_words: tuple[str, ...] = ()


class FacetSequence(RowSequence[FacetRow]):
    """Values of `field` in `articles` articles, `without` of which have none.

    `spread` is the number of articles whose uncertain date spans several years or months, `derived` of those whose
    values are derived from their text; None for a field that only authors fill.
    """

    field: str = ""
    articles: int = 0
    without: int = 0
    spread: int = 0
    derived: int | None = None


class TimelineSequence(RowSequence[PeriodRow]):
    """Periods without gaps, of `articles` articles.

    `spread` of them are divided over several periods; `undated` ones, and those whose date has no start or no end
    (`unbounded`), are in none. `earliest`, `latest` and `silence` (the longest time without an article) are None if no
    article has a complete date.
    """

    articles: int = 0
    spread: int = 0
    undated: int = 0
    unbounded: int = 0
    earliest: ArticleReference | None = None
    latest: ArticleReference | None = None
    silence: TimelineGap | None = None


class YearSequence(RowSequence[YearMention]):
    """Years mentioned in `sentences` matching sentences, `silent` of which name none."""

    sentences: int = 0
    silent: int = 0
