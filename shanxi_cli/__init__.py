"""shanxi: a search tool over an archive of newspaper articles, for the command line and for Python programs.

A program opens an archive with `from shanxi_cli import Archive`. `__all__` names the whole of this API, which
docs/python.md describes. A module is loaded when one of its names is first used.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"

_MODULES = {
    "api.archive": ("Archive",),
    "api.arguments": ("FigureArguments", "QueryArguments", "QuoteArguments"),
    "api.rows": (
        *("ConflictRow", "ContextRow", "FacetRow", "FigureRow", "PeriodRow", "QuoteRow", "SearchHit", "SimilarRow"),
    ),
    "api.sequences": ("FacetSequence", "HitSequence", "RowSequence", "TimelineSequence", "YearSequence"),
    "errors": (
        *("AmbiguousArticle", "EngineError", "IndexBusy", "IndexNotWritable", "IndexOutdated", "IndexUnusable"),
        *("LocationError", "NoSuchArticle", "QueryError", "ShanxiError", "UsageError", "WorkerDied"),
    ),
    "model.article": ("Article", "Caption", "DerivedNames", "Person"),
    "model.quantity": ("FigureSummary",),
    "model.quote": ("QuoteSummary",),
    "model.results": ("Mark", "Snippet"),
    "model.views": ("ArticleReference", "Collocate", "TermEntry", "TimelineGap", "YearMention"),
    "search.corrections": ("Correction",),
    "search.suggest": ("QuerySuggestion",),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

if TYPE_CHECKING:
    from shanxi_cli.api.archive import Archive
    from shanxi_cli.api.arguments import FigureArguments, QueryArguments, QuoteArguments
    from shanxi_cli.api.rows import (
        ConflictRow,
        ContextRow,
        FacetRow,
        FigureRow,
        PeriodRow,
        QuoteRow,
        SearchHit,
        SimilarRow,
    )
    from shanxi_cli.api.sequences import FacetSequence, HitSequence, RowSequence, TimelineSequence, YearSequence
    from shanxi_cli.errors import (
        AmbiguousArticle,
        EngineError,
        IndexBusy,
        IndexNotWritable,
        IndexOutdated,
        IndexUnusable,
        LocationError,
        NoSuchArticle,
        QueryError,
        ShanxiError,
        UsageError,
        WorkerDied,
    )
    from shanxi_cli.model.article import Article, Caption, DerivedNames, Person
    from shanxi_cli.model.quantity import FigureSummary
    from shanxi_cli.model.quote import QuoteSummary
    from shanxi_cli.model.results import Mark, Snippet
    from shanxi_cli.model.views import ArticleReference, Collocate, TermEntry, TimelineGap, YearMention
    from shanxi_cli.search.corrections import Correction
    from shanxi_cli.search.suggest import QuerySuggestion

__all__ = [
    "AmbiguousArticle",
    "Archive",
    "Article",
    "ArticleReference",
    "Caption",
    "Collocate",
    "ConflictRow",
    "ContextRow",
    "Correction",
    "DerivedNames",
    "EngineError",
    "FacetRow",
    "FacetSequence",
    "FigureArguments",
    "FigureRow",
    "FigureSummary",
    "HitSequence",
    "IndexBusy",
    "IndexNotWritable",
    "IndexOutdated",
    "IndexUnusable",
    "LocationError",
    "Mark",
    "NoSuchArticle",
    "PeriodRow",
    "Person",
    "QueryArguments",
    "QueryError",
    "QuerySuggestion",
    "QuoteArguments",
    "QuoteRow",
    "QuoteSummary",
    "RowSequence",
    "SearchHit",
    "ShanxiError",
    "SimilarRow",
    "Snippet",
    "TermEntry",
    "TimelineGap",
    "TimelineSequence",
    "UsageError",
    "WorkerDied",
    "YearMention",
    "YearSequence",
    "__version__",
]


def __getattr__(name: str) -> Any:
    """Load a name of the API at its first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # here, so that the command line does not pay for it

    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    """Return the names of the API besides those that are loaded."""
    return sorted({*globals(), *__all__})
