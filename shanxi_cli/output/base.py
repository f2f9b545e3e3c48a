"""Output formats, and what is printed. Every command needs them at its start, so no printer is imported here."""

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from shanxi_cli.util.frozen_record import Record

if TYPE_CHECKING:
    from shanxi_cli.importers.writer import FilingOutcome
    from shanxi_cli.model.article import Article
    from shanxi_cli.model.results import Results
    from shanxi_cli.search.saved_searches import SavedSearch
    from shanxi_cli.segmentation.page import Page
    from shanxi_cli.state.reported import News


class Format(Enum):
    """Formats of a list of hits."""

    TERMINAL = "terminal"  # for people: titles, passages, marks
    LINES = "lines"  # id, date and title, separated by tabs, one article per line
    IDS = "ids"  # the id alone, one per line
    CSV = "csv"  # for spreadsheets, with a header
    JSONL = "jsonl"  # one JSON object per line
    CONTEXT = "context"  # passages with ids and dates for pasting, within a number of words


DEFAULT_BUDGET = 2_000
"""Words of the format `context`."""


class TableFormat(Enum):
    """Formats of figures, quotes, facets, timelines, concordances and the other tables."""

    TERMINAL = "terminal"  # for people: laid out to the window, with bars or sentences
    LINES = "lines"  # one row per line, separated by tabs
    CSV = "csv"  # for spreadsheets, with a header
    JSONL = "jsonl"  # one JSON object per line


class ArticleFormat(Enum):
    """Formats of a whole article."""

    TERMINAL = "terminal"  # for people: laid out to the window
    TEXT = "text"  # plain text, one paragraph per line
    MARKDOWN = "markdown"  # the file format of the archive
    JSONL = "jsonl"  # one JSON object per line


class ImportFormat(Enum):
    """Formats of an import report."""

    TERMINAL = "terminal"  # for people: one block per page
    JSONL = "jsonl"  # one JSON object per article


class TerminalStyle(Enum):
    """Permission to use colour and bold on the terminal."""

    PLAIN = "plain"
    STYLED = "styled"


class ImportedArticle(Record):
    """An imported article, with what became of its file and how often its text names each of its places."""

    article: "Article"
    outcome: "FilingOutcome"
    places: tuple[tuple[str, int], ...]


class ImportedPage(Record):
    """An imported page: its articles with their ids, the page they were read from, and a problem for the user."""

    name: str
    filed: tuple[ImportedArticle, ...]
    page: "Page"
    problem: str = ""


class SavedResults(Record):
    """The results of a saved search. `news` has the reason for each id where news alone are printed, else nothing."""

    search: "SavedSearch"
    results: "Results"
    news: "Mapping[str, News]"


class SilentProgress:
    """Displays no progress: stderr is not a terminal."""

    def __call__(self, done: int, total: int) -> None:
        """See `ProgressPrinter`."""

    def close(self) -> None:
        """See `ProgressPrinter`."""
