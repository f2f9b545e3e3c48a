"""The engine interface: protocols and values that every engine shares, without any implementation.

An engine keeps articles, in a folder of its own or elsewhere, and evaluates query plans over them. The plan decides
which terms to look for, so that every engine finds the same articles. Another engine is a package that implements
`Backend`, `Engine` and `Found`, and a line in `engines.open_backend`.

An engine may be on another machine. What a query needs is therefore asked for as counts, as a page, or for a batch of
articles: a list of all matches, or of all ids, never travels for an answer that shows ten of them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, overload, runtime_checkable

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


@runtime_checkable
class Found(Protocol):
    """The matches of a plan, in an order; ties by date, newest first, then by id.

    An engine may find, score and sort lazily, only as far as the matches are read. Every method raises what those of
    `Engine` raise.
    """

    def __len__(self) -> int:
        """Return the number of matches, without reading them."""

    @overload
    def __getitem__(self, at: int, /) -> Match: ...

    @overload
    def __getitem__(self, at: slice, /) -> Sequence[Match]: ...

    def __iter__(self) -> Iterator[Match]:
        """Yield all matches in order."""

    def counts(self, field: str) -> dict[str, int]:
        """Count the matches with each whole value of a field, as `analysis.document_fields.facet_values` gives them.

        An article counts once for each of its values, and under "" if it has none.
        """

    def numbers(self) -> Collection[int]:
        """Return the numbers of all matches, each once, in no particular order: for computing that truly needs them."""

    def hits(self) -> dict[int, int]:
        """Return the number of match spans (`matching.spans`) of each match that has any."""

    def among(self, numbers: Collection[int]) -> set[int]:
        """Return those of some articles, a batch or a group, that are matches."""

    def values(self, field: str) -> dict[int, tuple[str, ...]]:
        """Return the whole values of a field, as `counts` counts them, of each match: where a count is not enough."""

    def ids(self) -> dict[int, str]:
        """Return the id of each match by its number: where all of them are to be remembered."""

    def within(self, ids: Collection[str]) -> "Found":
        """Return the matches whose article has one of these ids; ids of no article are ignored. Scores stay."""

    def in_order(self, order: HitOrder) -> "Found":
        """Return the same matches in another order."""


Matches: TypeAlias = Found | Sequence[Match]
"""Matches in an order: those of a plan, or those that something else has ranked."""


class Searching(Protocol):
    """Reading of articles: those that a plan finds, and each by its number or id.

    Every method raises `IndexUnusable` if the data it reads is damaged or gone, and `EngineError` if the engine fails.
    """

    def search(self, plan: QueryPlan, order: HitOrder = HitOrder.RELEVANCE) -> Found:
        """Return the matching articles in `order`."""

    def count(self, plan: QueryPlan) -> int:
        """Return the number of matching articles."""

    def article(self, number: int) -> Article:
        """Return the article of a match."""

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """Return the articles of some matches, a page or a batch, in the order given, at the cost of one request."""

    def fetch_ahead(self, numbers: Sequence[int]) -> None:
        """Bring what this engine will be asked next of some articles, a batch, at the cost of one request.

        After it, or after `articles`, their `article`, `quantities`, `speech` and `date_interval` cost no request, at
        least until the next batch. A local engine does nothing.
        """

    def quantities(self, number: int) -> Quantities:
        """Return the quantities of the body of a match, a tuple a paragraph."""

    def speech(self, number: int) -> "tuple[Speech, ...]":
        """Return the attributed speech of the body of a match, in the order of the text."""

    def date_interval(self, number: int) -> edtf.DateInterval | None:
        """Return the days of the date of a match; None for an undated article."""

    def numbers_of(self, ids: Collection[str]) -> dict[str, int]:
        """Return the numbers of the articles with these ids, by id; ids of no article are left out."""

    def articles_with_id_prefix(self, prefix: str) -> list[tuple[str, int]]:
        """Return (id, number) of each article whose id begins with `prefix`, sorted by id.

        An empty prefix gives all ids: for building and checking, not for answering a query.
        """

    def articles_with_id_suffix(self, suffix: str) -> list[tuple[str, int]]:
        """Return (id, number) of each article whose id ends with `suffix`, which is not empty, sorted by id."""

    def value_counts(self, field: str, numbers: Collection[int]) -> dict[str, int]:
        """Count, as `Found.counts` does, some articles that are not all matches of one plan."""

    def near_duplicate_groups(self) -> list[tuple[int, ...]]:
        """Return the groups of articles that are nearly the same text (`analysis.minhash`)."""

    def article_count(self) -> int:
        """Return the number of articles."""

    def set_first_seen(self, load: FirstSeenLoader) -> None:
        """Tell when articles were first seen, for `AddedLookup` and `HitOrder.ADDED`; `load` is called when needed.

        Without a time an article matches no `AddedLookup`, and comes last in the order. Before this call none has one.
        """

    def close(self) -> None:
        """Release files, connections and memory; the engine must not be used afterwards."""


class Terms(Protocol):
    """Reading of the vocabulary: words with their counts, and words that are near one. Raises as `Searching`."""

    def terms_with_prefix(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """Yield the words with a prefix in a field of text or names, or (empty) in all running text.

        Words are folded and unstemmed, sorted by code points. A field of codes has whole values.
        """

    def code_terms(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """Yield the words with a prefix that occur in code, in any order: what `terms_with_prefix` counts for it alone.

        The occurrences are those in code, the articles those in which `field` (body; empty: all running text) has the
        word nowhere else.
        """

    def term_stats(self, words: Iterable[str], layer: TermForm) -> dict[str, TermStats]:
        """Return the statistics of words, or stems, in running text; those that do not occur are left out."""

    def similar_terms(self, word: str, edits: int, field: str = "") -> list[tuple[str, int]]:
        """Return the words at most `edits` edits from `word`, sorted, each with its distance.

        They are words of `field` if that is a field of names, else of all running text. The articles of a word may
        all be deleted by now.
        """

    def word_count(self) -> int:
        """Return the number of words in all running text."""


class Verifying(Protocol):
    """Comparison of the index with the articles. Raises as `Searching`."""

    def outdated_documents(self, numbers: Iterable[int] | None = None) -> Iterator[int]:
        """Yield the articles among `numbers` (None: all) whose indexed data differs from a fresh analysis.

        With None this includes articles for which the index holds more than the analysis gives.
        """


class Engine(Searching, Terms, Verifying, Protocol):
    """An opened, unchanging index."""


class PublishedIndex(NamedTuple):
    """An index that others have published: its identity, and the time of its build in nanoseconds since 1970."""

    identity: EngineIdentity
    built: int


class Backend(Protocol):
    """A kind of engine: it writes and opens indexes.

    Each generation of an index has a folder of its own. A local engine keeps all its data there; another keeps there
    what leads to it, and its data elsewhere. A backend can be pickled.
    """

    @property
    def local(self) -> bool:
        """True if the folder of a generation holds all data of the engine, so that nothing else can fail or be gone."""

    def identity(self) -> EngineIdentity:
        """Return the identity that decides whether this program can read and continue an index."""

    def reserve(self, wait: float) -> AbstractContextManager[None]:
        """Hold the sole right to build the index, among all machines that can, while the block runs.

        The caller has the lock of the folder, which is enough for a local engine. Raise `IndexBusy` if another builder
        does not finish within `wait` seconds, and `IndexNotWritable` without the right to write.
        """

    def newer(self, folder: DirectoryHandle | None) -> PublishedIndex | None:
        """Return the index that others have published since the generation in `folder`, if any, was the current one.

        None if there is none, as always for a local engine. The caller has reserved the index.
        """

    def adopt(self, folder: DirectoryHandle) -> tuple[Any, Any]:
        """Let an empty folder lead to the index of `newer`; return the manifest of its corpus and the summary, as JSON.

        Raise `IndexUnusable` if they are damaged.
        """

    def begin(self, folder: DirectoryHandle) -> None:
        """Prepare a new generation, before anything is written.

        `folder` is empty, or has the files of the generation that is continued. What is prepared elsewhere must be
        named by a file in `folder` first, so that `discard` finds it whatever happens.
        """

    def write(self, folder: DirectoryHandle, articles: Iterable[Article], number: int) -> Any:
        """Write articles into `folder` as one part of an index, and return what `join` needs to know of it.

        Parts with different numbers may be written at the same time by different processes; the result can be
        pickled. After an exception the state of the folder is undefined, and it must be discarded; the same goes for
        `join`.
        """

    def join(self, folder: DirectoryHandle, parts: Iterable[Any], gone: Iterable[str]) -> None:
        """Delete the articles with the ids `gone` from the index in `folder`, and add the parts.

        The id of an article that replaces an old one must be in `gone`. A folder that `begin` found empty is a new
        index.
        """

    def publish(self, folder: DirectoryHandle) -> None:
        """Make a generation the one that other readers of the index see, at once or not at all.

        It was begun, and joined unless its articles are those of the generation that it continues. Its files are
        complete and on disk, and it becomes current next.
        """

    def discard(self, folder: DirectoryHandle) -> None:
        """Remove what the generation in `folder` holds elsewhere: a build that failed, or one nobody needs any more.

        It may be called again for the same folder, and for one in which nothing was begun. What another generation
        needs stays. `EngineError` if it cannot be removed now; it is then called again later.
        """

    def alive(self, folder: DirectoryHandle) -> bool:
        """Return True unless what the generation in `folder` holds elsewhere is gone; `EngineError` if nobody says."""

    def open(self, folder: DirectoryHandle) -> Engine:
        """Open the index in `folder`; `IndexUnusable` if that fails."""
