"""Terms of a text with their positions."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain


class PositionedTerms(Mapping[str, list[int]]):
    """The terms of a text in order, each with its position; as a mapping, the ascending positions of each term.

    `ranges` are the positions of `terms`, a range for each run of neighbours.
    """

    __slots__ = ("_by_term", "ranges", "terms")

    def __init__(self) -> None:
        self.terms: list[str] = []
        self.ranges: list[range] = []
        self._by_term: dict[str, list[int]] | None = None

    def add(self, terms: Iterable[str], positions: range) -> None:
        """Add the terms at some positions, as many as there are positions."""
        self.terms += terms
        self.ranges.append(positions)

    def __getitem__(self, term: str) -> list[int]:
        return self._grouped()[term]

    def __iter__(self) -> Iterator[str]:
        return iter(self._grouped())

    def __len__(self) -> int:
        return len(self._grouped())

    def _grouped(self) -> dict[str, list[int]]:
        if self._by_term is None:
            self._by_term = {}
            for term, position in zip(self.terms, chain.from_iterable(self.ranges), strict=True):
                self._by_term.setdefault(term, []).append(position)
        return self._by_term
