"""The engine interface: protocols and values that every engine shares, without any implementation.

An engine keeps articles in a folder of its own and evaluates query plans over them. The plan decides which terms to
look for, so that every engine finds the same articles. A second engine is a package that implements these two
protocols, and a line in `engines.open_backend`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from shanxi_cli.engines.identity import EngineIdentity
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import Quantities
from shanxi_cli.util import edtf
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import NamedTuple

if TYPE_CHECKING:
    from shanxi_cli.model.quote import Speech


class Match(NamedTuple):
    """A matching article, by its number in this opened index, with its score."""

    number: int
    score: float


class TermStats(NamedTuple):
    """A word of the archive with the number of articles that have it, and of its occurrences in them."""

    word: str
    articles: int
    occurrences: int


FirstSeenLoader: TypeAlias = Callable[[Collection[str]], Mapping[str, int]]
"""Given the ids of all articles, returns when each was first seen, in seconds since 1970; it may lack some."""


def never_seen(ids: Collection[str]) -> Mapping[str, int]:
    """Return no times: the loader of an engine that is no part of an archive."""
    return {}


class Engine(Protocol):
    """An opened, unchanging index.

    Every method raises `IndexUnusable` if the data it reads is damaged, and `EngineError` if the engine fails.
    """

    def search(self, plan: QueryPlan, order: HitOrder) -> Sequence[Match]:
        """Return all matching articles in `order`; ties by date, newest first, then by id.

        An engine may sort lazily, only as far as the sequence is read.
        """
        ...

    def matching_numbers(self, plan: QueryPlan) -> Sequence[int]:
        """Return the numbers of all matches, each once, in no particular order and without scoring."""
        ...

    def count(self, plan: QueryPlan) -> int:
        """Return the number of matching articles."""
        ...

    def article(self, number: int) -> Article:
        """Return the article of a match."""
        ...

    def quantities(self, number: int) -> Quantities:
        """Return the quantities of the body of a match, a tuple a paragraph."""
        ...

    def speech(self, number: int) -> "tuple[Speech, ...]":
        """Return the attributed speech of the body of a match, in the order of the text."""
        ...

    def date_interval(self, number: int) -> edtf.DateInterval | None:
        """Return the days of the date of a match; None for an undated article."""
        ...

    def articles_with_id_prefix(self, prefix: str) -> list[tuple[str, int]]:
        """Return (id, number) of each article whose id begins with `prefix`, sorted by id."""
        ...

    def terms_with_prefix(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """Yield the words with a prefix in a field of text or names, or (empty) in all running text.

        Words are folded and unstemmed, sorted by code points. A field of codes has whole values.
        """
        ...

    def code_terms(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """Yield the words with a prefix that occur in code, in any order: what `terms_with_prefix` counts for it alone.

        The occurrences are those in code, the articles those in which `field` (body; empty: all running text) has the
        word nowhere else.
        """
        ...

    def term_stats(self, words: Iterable[str], layer: TermForm) -> dict[str, TermStats]:
        """Return the statistics of words, or stems, in running text; those that do not occur are left out."""
        ...

    def value_counts(self, field: str, numbers: Iterable[int]) -> dict[str, int]:
        """Count the matches with each whole value of a field, as `analysis.document_fields.facet_values` gives them.

        An article counts once for each of its values, and under "" if it has none.
        """
        ...

    def hit_counts(self, plan: QueryPlan) -> dict[int, int]:
        """Return the number of match spans (`matching.spans`) of each article that has any, matching or not."""
        ...

    def near_duplicate_groups(self) -> list[tuple[int, ...]]:
        """Return the groups of articles that are nearly the same text (`analysis.minhash`)."""
        ...

    def similar_terms(self, word: str, edits: int, field: str = "") -> list[tuple[str, int]]:
        """Return the words at most `edits` edits from `word`, sorted, each with its distance.

        They are words of `field` if that is a field of names, else of all running text. The articles of a word may
        all be deleted by now.
        """
        ...

    def article_count(self) -> int:
        """Return the number of articles."""
        ...

    def set_first_seen(self, load: FirstSeenLoader) -> None:
        """Tell when articles were first seen, for `AddedLookup` and `HitOrder.ADDED`; `load` is called when needed.

        Without a time an article matches no `AddedLookup`, and comes last in the order. Before this call none has one.
        """
        ...

    def outdated_documents(self, numbers: Iterable[int] | None = None) -> Iterator[int]:
        """Yield the articles among `numbers` (None: all) whose indexed data differs from a fresh analysis.

        With None this includes articles for which the index holds more than the analysis gives.
        """
        ...

    def word_count(self) -> int:
        """Return the number of words in all running text."""
        ...

    def close(self) -> None:
        """Release files and memory; the engine must not be used afterwards."""
        ...


class Backend(Protocol):
    """A kind of engine: it writes and opens indexes."""

    def identity(self) -> EngineIdentity:
        """Return the identity that decides whether this program can read and continue an index."""
        ...

    def write(self, folder: DirectoryHandle, articles: Iterable[Article], number: int) -> Any:
        """Write articles into `folder` as one part of an index, and return what `join` needs to know of it.

        Parts with different numbers may be written at the same time by different processes; the result can be
        pickled. After an exception the state of the folder is undefined, and it must be discarded; the same goes for
        `join`.
        """
        ...

    def join(self, folder: DirectoryHandle, parts: Iterable[Any], gone: Iterable[str]) -> None:
        """Delete the articles with the ids `gone` from the index in `folder`, and add the parts.

        The id of an article that replaces an old one must be in `gone`. An empty folder is a new index.
        """
        ...

    def hold(self, articles: Iterable[Article]) -> Engine:
        """Return an engine over `articles` whose index exists in memory only."""
        ...

    def explain(self, plan: QueryPlan) -> Iterator[str]:
        """Yield the steps that the engine would take for a plan, a line each, without opening an index."""
        ...

    def open(self, folder: DirectoryHandle) -> Engine:
        """Open the index in `folder`; `IndexUnusable` if that fails."""
        ...
