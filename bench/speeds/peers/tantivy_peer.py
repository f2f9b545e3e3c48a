"""tantivy through its Python binding: English stems, BM25, columns for day, places, newspaper and section."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from shanxi_cli.model.article import Article
from speeds.archives import Words
from speeds.benchmarks import FACETS, FIRST, FIRST_OF, SNIPPETS, Kind, OpenIndex, Question, common_syntax
from speeds.peers.records import row

_TEXTS = ["title", "body"]
_COUNTED = {field: {"terms": {"field": field, "size": 10_000}} for field in FACETS}


def version() -> str:
    """See `Peer.version`."""
    return str(tantivy.tantivy.__version__).split(",")[0].removeprefix("tantivy v")


def write(articles: Iterable[Article], folder: Path) -> None:
    """See `Peer.write`. Its writer takes as many threads as it finds processors."""
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer()
    for article in articles:
        of = row(article)
        document = tantivy.Document(id=of.id, title=of.title, body=of.body)
        document.add_text("publication", of.publication)
        document.add_text("section", of.section)
        document.add_integer("day", of.day.toordinal() if of.day else 0)
        for place in of.places:
            document.add_text("place", place)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def open_index(folder: Path) -> OpenIndex:
    """See `Peer.open_index`."""
    return _Tantivy(tantivy.Index.open(str(folder)))


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in _TEXTS:
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
    for name in FACETS:
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw")
    builder.add_integer_field("day", stored=True, indexed=True, fast=True)
    return builder.build()


class _Tantivy:
    def __init__(self, index: Any) -> None:
        self._index = index
        self._searcher = index.searcher()

    def question(self, kind: Kind, words: Words) -> Question | None:
        """See `OpenIndex.question`."""
        match kind:
            case Kind.QUANTITY | Kind.PASSAGES:
                return None
            case Kind.PREFIX | Kind.LONG_PREFIX:
                beginning = common_syntax(kind, words).rstrip("*")
                return lambda: self._found(self._prefix(beginning))
            case Kind.FUZZY:
                near = dict.fromkeys(_TEXTS, (False, 1, True))
                return lambda: self._found(self._parse(words.misspelt, fuzzy_fields=near))
            case Kind.SORTED:
                return lambda: self._found(self._parse(words.common), order_by_field="day")
            case _ if kind in FIRST_OF:
                text = _written(FIRST_OF[kind], words)
                return lambda: self._found(self._parse(text), FIRST)
            case Kind.FACETS:
                return lambda: self._counted(words.common)
            case Kind.SNIPPETS:
                return self._snippets(" OR ".join(words.two))
            case _:
                text = _written(kind, words)
                return lambda: self._found(self._parse(text))

    def _parse(self, text: str, **options: Any) -> Any:
        return self._index.parse_query(text, _TEXTS, **options)

    def _found(self, query: Any, limit: int | None = None, **options: Any) -> int:
        return len(self._searcher.search(query, limit or self._searcher.num_docs, **options).hits)

    def _prefix(self, prefix: str) -> Any:
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.regex_query(self._index.schema, name, f"{prefix}.*"))
                for name in _TEXTS
            ]
        )

    def _counted(self, text: str) -> int:
        counts = self._searcher.aggregate(self._parse(text), _COUNTED)
        return sum(bucket["doc_count"] for bucket in counts["section"]["buckets"])

    def _snippets(self, text: str) -> Question:
        query = self._parse(text)
        hits = self._searcher.search(query, SNIPPETS).hits

        def cut() -> int:
            generator = tantivy.SnippetGenerator.create(self._searcher, query, self._index.schema, "body")
            return len([generator.snippet_from_doc(self._searcher.doc(address)).to_html() for _, address in hits])

        return cut


def _written(kind: Kind, words: Words) -> str:
    match kind:
        case Kind.NEAR:
            return f'"{" ".join(words.near)}"~5'
        case Kind.DATES:
            first, last = (date(words.years[0], 1, 1), date(words.years[1], 12, 31))
            return f"day:[{first.toordinal()} TO {last.toordinal()}]"
        case _:
            return common_syntax(kind, words)
