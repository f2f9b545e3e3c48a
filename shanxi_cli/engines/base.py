"""The door to the engines: what an engine is, and which one there is. It knows how none of them works.

An engine keeps articles in a folder of its own and answers checked queries over them. It is given
terms by `language`, so that every engine finds the same articles. A second engine is one new file
that fills these two protocols, and one new line in `open_backend`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from shanxi_cli.indexing.snapshot import EngineIdentity
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import HitOrder
from shanxi_cli.query.ast import Query
from shanxi_cli.query.plan.planner import TermForm
from shanxi_cli.query.plan.range import Quantities
from shanxi_cli.util import edtf
from shanxi_cli.util.dirfd import DirectoryHandle


class Match(NamedTuple):
    """An article that matches, by its number in this opened index, with its score."""

    number: int
    score: float


class TermStats(NamedTuple):
    """A word of the archive: how many articles have it, and how often it stands in them."""

    word: str
    articles: int
    occurrences: int


class Engine(Protocol):
    """An opened, unchanging index.

    Every method raises `IndexUnusable` when what it reads cannot be right, and `EngineError` when the
    engine cannot do what it was asked.
    """

    def search(self, query: Query, order: HitOrder) -> Sequence[Match]:
        """All articles that match, in `order`; ties by date, newest first, then by id.

        An engine may put them in order only as far as they are looked at.
        """
        ...

    def numbers(self, query: Query) -> Sequence[int]:
        """The numbers of all matches, each once, as they come: without the work of scores and order."""
        ...

    def count(self, query: Query) -> int:
        """How many articles match."""
        ...

    def article(self, number: int) -> Article:
        """The article of a match."""
        ...

    def quantities(self, number: int) -> Quantities:
        """The quantities of the body of a match, a tuple a paragraph."""
        ...

    def days(self, number: int) -> edtf.DateInterval | None:
        """The days of the date of a match; None for an undated article."""
        ...

    def find(self, prefix: str) -> list[tuple[str, int]]:
        """(id, number) of each article whose id begins with `prefix`, sorted by id."""
        ...

    def vocabulary(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """The words of a field of text or names, or (empty) of all running text, that begin with `prefix`.

        Words are folded and unstemmed, sorted by their code points. A field of codes has whole values.
        """
        ...

    def frequencies(self, words: Iterable[str], layer: TermForm) -> dict[str, TermStats]:
        """Those of some words, or stems, that running text has."""
        ...

    def counts(self, field: str, numbers: Iterable[int]) -> dict[str, int]:
        """How many of some matches have each whole value of a field, as `zones.facets` gives them.

        An article counts once for each of its values, and under "" when it has none.
        """
        ...

    def hits(self, query: Query) -> dict[int, int]:
        """By match how many places of its text are what a query looks for (`language.places`), of any article."""
        ...

    def alike(self) -> list[tuple[int, ...]]:
        """The matches that are nearly the same text, as `language.likeness.groups` says."""
        ...

    def like(self, word: str, edits: int, field: str = "") -> list[tuple[str, int]]:
        """The words at most `edits` edits from `word`, sorted, each with how many: words of `field` where that is a
        field of names, else of all running text. A word may be in no article any more."""
        ...

    def size(self) -> int:
        """How many articles there are."""
        ...

    def differing(self, numbers: Iterable[int] | None = None) -> Iterator[int]:
        """Those of some articles, or of all (None), for which the index does not hold what it would be given now.

        Of all articles, those too for which it holds more than that.
        """
        ...

    def length(self) -> int:
        """How many words all running text has."""
        ...

    def close(self) -> None:
        """Gives back files and memory; the engine is not used afterwards."""
        ...


class Backend(Protocol):
    """A kind of engine: how its index is written and opened."""

    def identity(self) -> EngineIdentity:
        """What decides whether a generation can be read and continued by this program."""
        ...

    def write(self, folder: DirectoryHandle, articles: Iterable[Article], number: int) -> Any:
        """Writes articles into `folder` as one part of an index, and gives what `join` has to know of it.

        Parts of different numbers may be written at the same time, in other processes; what is given can be
        pickled. When it raises, the folder is in no defined state and has to be thrown away; so of `join`.
        """
        ...

    def join(self, folder: DirectoryHandle, parts: Iterable[Any], gone: Iterable[str]) -> None:
        """Takes the articles of the ids of `gone` out of the index in `folder`, and puts the parts into it.

        An article that a part has in place of an old one has to be among `gone`. An empty folder is a new index.
        """
        ...

    def hold(self, articles: Iterable[Article]) -> Engine:
        """An engine over `articles` whose index is in memory and nowhere else."""
        ...

    def explain(self, query: Query) -> Iterator[str]:
        """What would be asked of the engine for a checked query, a line each; nothing is opened."""
        ...

    def open(self, folder: DirectoryHandle) -> Engine:
        """The index in `folder`. `IndexUnusable` when it cannot be opened."""
        ...


def open_backend(name: str = "whoosh") -> Backend:
    """The engine of that name. Loading one takes time, so it is done here and only when asked for."""
    match name:
        case "whoosh":
            from shanxi_cli.engines.whoosh.patches import defer_unused_modules

            defer_unused_modules()
            from shanxi_cli.engines.whoosh.backend import WhooshBackend

            return WhooshBackend()
        case _:
            raise ValueError(f"there is no engine {name}")
