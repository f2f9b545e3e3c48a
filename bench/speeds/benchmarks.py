"""Benchmarks of warm queries, and the protocols of the engines that run them."""

from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path
from typing import Protocol

from shanxi_cli.model.article import Article
from speeds.archives import Words

Question = Callable[[], int]
"""Runs one query and returns the number of matches. A call is timed from the text of the query to the last id."""

FACETS = ("place", "publication", "section")
FIRST, SNIPPETS = 10, 10


class Kind(Enum):
    """A benchmark; the value is its name in tables. All matches are sorted, except by the last ones."""

    RARE = "rare word"
    COMMON = "common word"
    AND = "two words, AND"
    OR = "three words, OR"
    PHRASE = "phrase"
    NEAR = "near, 5 words between"
    PREFIX = "prefix, two letters"
    LONG_PREFIX = "prefix, four letters"
    FUZZY = "fuzzy, one edit"
    DATES = "date range"
    QUANTITY = "quantity range"
    SORTED = "common, newest first"
    FIRST = "common, the first ten"
    FIRST_AND = "two words, AND, the first ten"
    FIRST_OR = "three words, OR, the first ten"
    FIRST_PHRASE = "phrase, the first ten"
    FIRST_NEAR = "near, the first ten"
    FACETS = "common, three facets"
    SNIPPETS = "ten snippets"
    PASSAGES = "ten snippets, texts at hand"


FIRST_OF = {
    Kind.FIRST: Kind.COMMON,
    Kind.FIRST_AND: Kind.AND,
    Kind.FIRST_OR: Kind.OR,
    Kind.FIRST_PHRASE: Kind.PHRASE,
    Kind.FIRST_NEAR: Kind.NEAR,
}
"""Benchmarks of the first ten matches, with those of all matches of the same query."""


class OpenIndex(Protocol):
    """An open index."""

    def question(self, kind: Kind, words: Words) -> Question | None:
        """Return the query of a benchmark; None when the engine, in its usual setup, does not support it."""
        ...


class Peer(Protocol):
    """A search library over the same articles. A module with these names satisfies it."""

    def version(self) -> str:
        """Return the installed version."""
        ...

    def write(self, articles: Iterable[Article], folder: Path) -> None:
        """Add articles to the index in `folder`; an empty folder is a new index."""
        ...

    def open_index(self, folder: Path) -> OpenIndex:
        """Open the index in `folder`."""
        ...


def common_syntax(kind: Kind, words: Words) -> str:
    """Return a query of words and phrases in the syntax common to all engines. Raise `ValueError` for other kinds."""
    match kind:
        case Kind.RARE:
            return words.rare
        case Kind.COMMON:
            return words.common
        case Kind.AND:
            return " AND ".join(words.two)
        case Kind.OR:
            return " OR ".join(words.three)
        case Kind.PHRASE:
            return f'"{" ".join(words.phrase)}"'
        case Kind.PREFIX:
            return f"{words.beginning[:2]}*"
        case Kind.LONG_PREFIX:
            return f"{words.beginning}*"
        case _:
            raise ValueError(kind)
