"""What is asked of a warm index, and what answers: our engine or a peer."""

from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path
from typing import Protocol

from shanxi_cli.model.article import Article
from speeds.archives import Words

Question = Callable[[], int]
"""Asks once, and gives how many it found. What is timed is a call of it, from the text of a query to the last id."""

FACETS = ("place", "publication", "section")
FIRST, SNIPPETS = 10, 10


class Kind(Enum):
    """A question; the value is how tables name it. But for the last two, all matches are put in order."""

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
    FACETS = "common, three facets"
    SNIPPETS = "ten snippets"
    PASSAGES = "ten snippets, texts at hand"


class Asked(Protocol):
    """An opened index."""

    def question(self, kind: Kind, words: Words) -> Question | None:
        """What asks that; None for what the engine, used as it usually is, cannot answer."""
        ...


class Peer(Protocol):
    """Another search library over the same articles. A module that has these is one."""

    def version(self) -> str:
        """Which version it is."""
        ...

    def write(self, articles: Iterable[Article], folder: Path) -> None:
        """Adds articles to the index in `folder`; an empty folder is a new index."""
        ...

    def open_index(self, folder: Path) -> Asked:
        """The index in `folder`."""
        ...


def plainly(kind: Kind, words: Words) -> str:
    """A question of words and phrases, as every query language here writes it. `ValueError` for the other kinds."""
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
