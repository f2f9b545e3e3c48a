"""Whoosh in its usual setup: `create_in`, title and body in a field each, one writer, its parser, `highlights`."""

from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import whoosh
from whoosh import index, sorting
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import DATETIME, ID, KEYWORD, TEXT, Schema
from whoosh.qparser import FuzzyTermPlugin, MultifieldParser

from shanxi_cli.model.article import Article
from speeds.archives import Words
from speeds.benchmarks import FACETS, FIRST, FIRST_OF, SNIPPETS, Kind, OpenIndex, Question, common_syntax
from speeds.peers.records import row


def version() -> str:
    """See `Peer.version`."""
    return ".".join(map(str, whoosh.__version__))


def write(articles: Iterable[Article], folder: Path) -> None:
    """See `Peer.write`."""
    opened = index.open_dir(str(folder)) if index.exists_in(str(folder)) else index.create_in(str(folder), _schema())
    writer = opened.writer()
    put = writer.update_document if opened.doc_count() else writer.add_document
    for article in articles:
        of = row(article)
        put(
            id=of.id,
            title=of.title,
            body=of.body,
            day=datetime.combine(of.day, time()) if of.day else None,
            place=",".join(of.places),
            publication=of.publication,
            section=of.section,
        )
    writer.commit()
    opened.close()


def open_index(folder: Path) -> OpenIndex:
    """See `Peer.open_index`."""
    return _Whoosh(index.open_dir(str(folder)))


def _schema() -> Any:
    return Schema(
        id=ID(unique=True, stored=True),
        title=TEXT(analyzer=StemmingAnalyzer(), stored=True),
        body=TEXT(analyzer=StemmingAnalyzer(), stored=True),
        day=DATETIME(stored=True, sortable=True),
        place=KEYWORD(commas=True, stored=True),
        publication=ID(stored=True, sortable=True),
        section=ID(stored=True, sortable=True),
    )


class _Whoosh:
    def __init__(self, opened: Any) -> None:
        self._searcher = opened.searcher()
        self._parser = MultifieldParser(["title", "body"], opened.schema)
        self._parser.add_plugin(FuzzyTermPlugin())

    def question(self, kind: Kind, words: Words) -> Question | None:
        """See `OpenIndex.question`."""
        match kind:
            case Kind.QUANTITY | Kind.PASSAGES:
                return None
            case Kind.SORTED:
                return lambda: self._found(words.common, sortedby="day", reverse=True)
            case _ if kind in FIRST_OF:
                text = _written(FIRST_OF[kind], words)
                return lambda: self._search(text, limit=FIRST).scored_length()
            case Kind.FACETS:
                groups = sorting.Facets()
                for field in FACETS:
                    groups.add_field(field, allow_overlap=field == "place")
                return lambda: self._found(words.common, groupedby=groups)
            case Kind.SNIPPETS:
                results = self._search(" OR ".join(words.two), limit=SNIPPETS)
                return lambda: len([hit.highlights("body") for hit in results])
            case _:
                text = _written(kind, words)
                return lambda: self._found(text)

    def _found(self, text: str, **options: Any) -> int:
        return len(self._search(text, **options))

    def _search(self, text: str, limit: int | None = None, **options: Any) -> Any:
        return self._searcher.search(self._parser.parse(text), limit=limit, **options)


def _written(kind: Kind, words: Words) -> str:
    match kind:
        case Kind.NEAR:
            return f'"{" ".join(words.near)}"~6'  # in this order; a neighbour has the distance one
        case Kind.FUZZY:
            [stem] = [token.text for token in StemmingAnalyzer()(words.misspelt)]  # the parser leaves it as it is
            return f"{stem}~1"
        case Kind.DATES:
            return "day:[{}0101 TO {}1231]".format(*words.years)
        case _:
            return common_syntax(kind, words)
