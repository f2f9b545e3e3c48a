"""What is read of an opened Whoosh index, and kept while it is open: columns, terms, the last positions."""

from typing import Any

from shanxi_cli.engines.whoosh_postings import leaves, read_positions, read_postings
from shanxi_cli.language.edits import Lexicon

_KEPT = 2
"""Terms whose positions are kept: a query is scored by pairs of neighbours, each word in two of them. All would
fill the memory."""


class Reading:
    """A Whoosh reader that reads nothing large twice."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self._columns: dict[str, list[Any]] = {}
        self._lexicons: dict[str, Lexicon] = {}
        self._positions: dict[tuple[str, bytes], dict[int, list[int]]] = {}
        self._postings: dict[tuple[str, bytes], dict[int, float]] = {}
        self._rows: dict[str, list[tuple[Any, int]]] = {}
        self._live: frozenset[int] | None = None

    def all(self) -> frozenset[int]:
        """The live documents."""
        if self._live is None:
            self._live = frozenset(self.reader.all_doc_ids())
        return self._live

    def column(self, name: str) -> list[Any]:
        """A column as a list over all documents, deleted ones too."""
        if name not in self._columns:
            values: list[Any] = []
            for leaf, _ in leaves(self.reader) if self.reader.doc_count_all() else ():
                reader = leaf.column_reader(name, translate=False)
                values += (reader[n] for n in range(leaf.doc_count_all()))
            self._columns[name] = values
        return self._columns[name]

    def row(self, name: str, number: int) -> Any:
        """What a column holds for one document. Whoosh begins with reading all offsets of the column, here once."""
        if name not in self._rows:
            segments = leaves(self.reader)
            self._rows[name] = [(leaf.column_reader(name, translate=False), base) for leaf, base in segments]
        reader, base = next((reader, base) for reader, base in reversed(self._rows[name]) if base <= number)
        return reader[number - base]

    def expand(self, field: str, prefix: bytes) -> list[bytes]:
        """The terms of a field that begin with `prefix`."""
        found: dict[bytes, None] = {}
        for leaf, _ in leaves(self.reader):
            found |= dict.fromkeys(leaf.expand_prefix(field, prefix))
        return list(found)

    def lexicon(self, field: str) -> Lexicon:
        """All terms of a field."""
        if field not in self._lexicons:
            self._lexicons[field] = Lexicon(term.decode() for term in self.expand(field, b""))
        return self._lexicons[field]

    def postings(self, field: str, term: bytes) -> dict[int, float]:
        """The live documents that hold a term, with how often they do: the same dictionary whenever it is asked for."""
        if (field, term) not in self._postings:
            self._postings[field, term] = read_postings(self.reader, field, term)
        return self._postings[field, term]

    def positions(self, field: str, term: bytes) -> dict[int, list[int]]:
        """The live documents that hold a term, with its positions in each, ascending."""
        if (field, term) not in self._positions:
            while len(self._positions) >= _KEPT:
                del self._positions[next(iter(self._positions))]
            self._positions[field, term] = read_positions(self.reader, field, term)
        return self._positions[field, term]
