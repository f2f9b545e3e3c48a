"""Rows of the Python API: frozen values whose attributes have the names of the columns of a command's output.

`vars(row)` is a dictionary of them, so that `pandas.DataFrame(map(vars, rows))` is a table. A value that the article
does not give is None, or an empty tuple. Dates are EDTF as printed in the article; `date_from` and `date_to` are the
first and the last day that it may be, as ISO 8601. Offsets are half-open, in characters, into the paragraph.
"""

from shanxi_cli.model.results import Snippet
from shanxi_cli.util.frozen_record import Record


class SearchHit(Record):
    """An article that matches a query.

    `rank` counts from 1 over all hits; `score` is comparable within one search. `alike` has the ids of near-duplicates
    that were collapsed into this hit. `passages` are the best passages with their marks, `passage` the text of the
    first. `by` is `words`, or `meaning` for an article without a word of the query, and the parts of a score are given
    in a search by meaning. Names derived from the text are never among `places`, `people` and `organisations`.
    """

    rank: int
    score: float
    id: str
    title: str
    date: str | None
    date_from: str | None
    date_to: str | None
    date_note: str | None
    deck: str | None
    author: tuple[str, ...]
    contributors: tuple[str, ...]
    publication: str | None
    section: str | None
    page: str | None
    language: str | None
    type: str
    edition: str | None
    url: str | None
    places: tuple[str, ...]
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    keywords: tuple[str, ...]
    derived_places: tuple[str, ...]
    derived_people: tuple[str, ...]
    derived_organisations: tuple[str, ...]
    alike: tuple[str, ...]
    passage: str | None
    passages: tuple[Snippet, ...]
    by: str
    words_score: float | None
    meaning_score: float | None


class FigureRow(Record):
    """A figure with its sentence; `start` and `end` are the place of `text` in the paragraph number `paragraph`.

    `high` is the upper end of a range; `relation` is `equal`, `about`, `more than` and so on; `same_as` is the same
    amount in another unit; `speaker` is who is quoted with it.
    """

    article: str
    title: str
    date: str | None
    date_from: str | None
    date_to: str | None
    value: float
    high: float | None
    unit: str | None
    dimension: str
    relation: str
    rate: str | None
    change: str | None
    counted: str | None
    period: str | None
    text: str
    same_as: str | None
    sentence: str
    paragraph: int
    start: int
    end: int
    place: tuple[str, ...]
    speaker: str | None


class QuoteRow(Record):
    """A sentence that reports speech; `start` and `end` are its place in the paragraph number `paragraph`.

    `printed` is the speaker as the sentence has it, `basis` the evidence that identifies `speaker`; `kind` is `direct`
    or `indirect`; `said` has the spoken words alone.
    """

    article: str
    title: str
    date: str | None
    date_from: str | None
    date_to: str | None
    edition: str | None
    speaker: str | None
    role: str | None
    organisation: str | None
    printed: str | None
    basis: str
    kind: str
    rule: str
    said: str | None
    sentence: str
    paragraph: int
    start: int
    end: int


class ConflictRow(Record):
    """A paragraph with figures that contradict each other or those of another; `quantities` are as printed."""

    article: str
    paragraph: int
    kind: str
    reason: str
    quantities: tuple[str, ...]


class FacetRow(Record):
    """A value with the number of articles that have it, and the query that finds these (None if no query can).

    `derived` of them have the value among names that are derived from the text; None for a field that only authors
    fill.
    """

    value: str
    articles: int
    query: str | None
    derived: int | None


class PeriodRow(Record):
    """A period of a timeline, with its first and last day.

    An article of an uncertain date counts in each period with the share of its days; `uncertain` is the number of such
    articles. `hits`, `among` and `share` are None unless they were asked for.
    """

    period: str
    articles: float
    uncertain: int
    first_day: str
    last_day: str
    hits: float | None
    among: float | None
    share: float | None


class ContextRow(Record):
    """A match with the text on either side; `paragraph` is None outside the body."""

    id: str
    date: str | None
    date_from: str | None
    date_to: str | None
    left: str
    match: str
    right: str
    field: str
    paragraph: int | None
    start: int
    end: int


class SimilarRow(Record):
    """An article similar to another, with the words shared with it; `copy` is True for a near-duplicate."""

    rank: int
    score: float
    id: str
    title: str
    date: str | None
    date_from: str | None
    date_to: str | None
    words: tuple[str, ...]
    copy: bool
    alike: tuple[str, ...]
