"""Xapian through its Python binding: English stems, BM25, values for day, newspaper and section."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xapian

from shanxi_cli.model.article import Article
from speeds.archives import Words
from speeds.benchmarks import FIRST, FIRST_OF, SNIPPETS, Kind, OpenIndex, Question, common_syntax
from speeds.peers.records import row

_DAY, _PUBLICATION, _SECTION = 0, 1, 2
_FLAGS = ("FLAG_BOOLEAN", "FLAG_PHRASE", "FLAG_WILDCARD")


def version() -> str:
    """See `Peer.version`."""
    return str(xapian.version_string())


def write(articles: Iterable[Article], folder: Path) -> None:
    """See `Peer.write`."""
    database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OPEN)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    for article in articles:
        of = row(article)
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(of.title)
        generator.increase_termpos()
        generator.index_text(of.body)
        document.set_data(of.body)
        document.add_value(_DAY, f"{of.day:%Y%m%d}" if of.day else "")
        document.add_value(_PUBLICATION, of.publication)
        document.add_value(_SECTION, of.section)
        for place in of.places:
            document.add_boolean_term(f"XP{place}"[:200])
        name = f"Q{of.id}"[:200]
        document.add_boolean_term(name)
        database.replace_document(name, document)
    database.close()


def open_index(folder: Path) -> OpenIndex:
    """See `Peer.open_index`."""
    return _Xapian(xapian.Database(str(folder)))


class _Xapian:
    def __init__(self, database: Any) -> None:
        self._database = database
        self._parser = xapian.QueryParser()
        self._parser.set_database(database)
        self._parser.set_stemmer(xapian.Stem("en"))
        self._parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
        self._flags = sum(getattr(xapian.QueryParser, name) for name in _FLAGS)

    def question(self, kind: Kind, words: Words) -> Question | None:
        """See `OpenIndex.question`. It counts single values of matches, so places are beyond it as it comes."""
        match kind:
            case Kind.QUANTITY | Kind.FUZZY | Kind.FACETS | Kind.PASSAGES:
                return None
            case Kind.DATES:
                first, last = f"{words.years[0]}0101", f"{words.years[1]}1231"
                return lambda: self._search(xapian.Query(xapian.Query.OP_VALUE_RANGE, _DAY, first, last)).size()
            case Kind.SORTED:
                return lambda: self._search(self._parse(words.common), newest=True).size()
            case _ if kind in FIRST_OF:
                text = _written(FIRST_OF[kind], words)
                return lambda: self._search(self._parse(text), FIRST).size()
            case Kind.SNIPPETS:
                first_ten = self._search(self._parse(" OR ".join(words.two)), SNIPPETS)
                return lambda: len([first_ten.snippet(each.document.get_data().decode()) for each in first_ten])
            case _:
                text = _written(kind, words)
                return lambda: self._search(self._parse(text)).size()

    def _parse(self, text: str) -> Any:
        return self._parser.parse_query(text, self._flags)

    def _search(self, query: Any, limit: int | None = None, newest: bool = False) -> Any:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(query)
        if newest:
            enquire.set_sort_by_value(_DAY, True)
        return enquire.get_mset(0, limit or self._database.get_doccount())


def _written(kind: Kind, words: Words) -> str:
    match kind:
        case Kind.NEAR:
            return " NEAR/6 ".join(words.near)
        case _:
            return common_syntax(kind, words)
