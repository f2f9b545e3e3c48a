"""Vocabulary of an index in a cluster: counted article by article, and changed where words have changed.

Workers count the words of the articles they write; an update also counts those of the articles that are gone, and
subtracts them. Counts go to spill files, sorted, and are merged from there, so that memory does not grow with the
archive. The rows that change are read from the generation before, and written whole: an addition by the cluster itself
would be made twice where a request is repeated.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from shanxi_cli.engines.opensearch.bulk import open_bulk_writer
from shanxi_cli.engines.opensearch.document import WordCounts, vocabulary_document, vocabulary_id
from shanxi_cli.engines.opensearch.generation import require_documents
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.index_names import words_name
from shanxi_cli.engines.opensearch.pointer import RemotePointer
from shanxi_cli.engines.opensearch.spill_files import list_spilled, read_rows, write_rows
from shanxi_cli.engines.opensearch.word_counts import count_code_words, count_words
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.model.article import Article
from shanxi_cli.util.dirfd import DirectoryHandle

_MAX_ROWS_IN_MEMORY = 400_000
"""Rows that are counted before they are spilled: about 100 MB."""
_ROWS_AT_ONCE = 2_000
"""Rows of the generation before that one request reads."""
_PREFIX = "words-"
_NOTHING = WordCounts(0, 0, 0, 0)

WordRow = tuple[str, str, WordCounts]
"""A word with its field and its counts, or the change of these."""


class WordCounter:
    """Counts the words of articles and spills the counts to files of `folder`, under the name of a part."""

    def __init__(self, folder: DirectoryHandle, part: str, sign: int = 1) -> None:
        """With a `sign` of -1, the articles are gone and their words are subtracted."""
        self._folder = folder
        self._prefix = f"{_PREFIX}{part}-"
        self._sign = sign
        self._files = 0
        self._counts = _FieldCounts()

    def add(self, article: Article) -> None:
        """Count the words of an article."""
        size = 0
        for field, words in count_words(article).items():
            counts = self._counts[field]
            counts.articles.update(words.keys())  # without a loop of our own: most words occur once
            for word, often in words.items():
                if often > 1:
                    counts.repeated[word] += often - 1
            size += len(counts.articles)
        for field, only_there, in_code in count_code_words(article):
            self._counts[field].code_articles.update(only_there)
            self._counts[field].code_occurrences.update(in_code)
        if size > _MAX_ROWS_IN_MEMORY:
            self.spill()

    def spill(self) -> None:
        """Write what has been counted since the last time."""
        if self._counts:
            write_rows(self._folder, f"{self._prefix}{self._files}", self._rows())
            self._files += 1
            self._counts = _FieldCounts()

    def _rows(self) -> Iterator[Any]:
        """Yield the rows counted, sorted by field and word."""
        sign = self._sign
        for field, counts in sorted(self._counts.items()):
            for word, articles in sorted(counts.articles.items()):
                occurrences = articles + counts.repeated.get(word, 0)
                code = counts.code_articles.get(word, 0), counts.code_occurrences.get(word, 0)
                yield field, word, sign * articles, sign * occurrences, sign * code[0], sign * code[1]


class _Counts:
    """Counts of the words of a field; `repeated` are the occurrences in an article beyond its first."""

    def __init__(self) -> None:
        self.articles: Counter[str] = Counter()
        self.repeated: Counter[str] = Counter()
        self.code_articles: Counter[str] = Counter()
        self.code_occurrences: Counter[str] = Counter()


class _FieldCounts(dict[str, _Counts]):
    """Counts by field, empty for a new one."""

    def __missing__(self, field: str) -> _Counts:
        counts = self[field] = _Counts()
        return counts


def merge_counted(folder: DirectoryHandle) -> Iterator[WordRow]:
    """Yield the sums of all that was spilled into a folder, sorted by field and word; sums of nothing are left out."""
    files = [read_rows(folder, name) for name in list_spilled(folder, _PREFIX)]
    for (field, word), rows in groupby(merge(*files), itemgetter(0, 1)):
        counts = WordCounts(*map(sum, zip(*(row[2:] for row in rows), strict=True)))
        if any(counts):
            yield field, word, counts


def write_vocabulary(client: ClusterClient, pointer: RemotePointer, folder: DirectoryHandle) -> Iterator[int]:
    """Write the rows that change, and yield the number of rows after each batch.

    Raise `IndexUnusable` if the vocabulary of the generation before does not fit its articles.
    """
    changes = merge_counted(folder)
    with open_bulk_writer(client, pointer.aliases[1]) as writer:
        while batch := list(islice(changes, _ROWS_AT_ONCE)):
            for field, word, counts in _new_rows(client, pointer.before, batch):
                name, id_ = f"the word {word[:60]!r}", vocabulary_id(field, word)
                if counts.articles:
                    writer.index(id_, vocabulary_document(field, word, counts), name)
                else:
                    writer.delete(id_, name)
            yield len(batch)


def _new_rows(client: ClusterClient, before: str, changes: list[WordRow]) -> Iterable[WordRow]:
    """Return the rows after changes to those of a generation; without one, the changes themselves."""
    if not before:
        return changes
    old = _read_rows(client, before, [vocabulary_id(field, word) for field, word, _ in changes])
    rows = []
    for (field, word, change), had in zip(changes, old, strict=True):
        counts = WordCounts(*map(sum, zip(had, change, strict=True)))
        if min(counts) < 0 or (counts.articles == 0) != (counts.occurrences == 0):
            raise IndexUnusable(f"the words of the index {before} do not fit its articles")
        rows.append((field, word, counts))
    return rows


def _read_rows(client: ClusterClient, base: str, ids: list[str]) -> list[WordCounts]:
    """Return the counts in a generation by their ids, in that order."""
    path = f"/{words_name(base)}/_mget?_source_includes={','.join(WordCounts._fields)}"
    found: list[dict[str, Any]] = client.request("POST", path, {"ids": ids})["docs"]
    require_documents(found, len(ids), words_name(base))
    return [WordCounts(**each["_source"]) if each["found"] else _NOTHING for each in found]
