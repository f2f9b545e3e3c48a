"""Parts of a generation: written by workers, each on its own, and joined with what the generation continues."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from shanxi_cli.analysis.minhash import group_near_duplicates
from shanxi_cli.engines.opensearch.article_store import load_article
from shanxi_cli.engines.opensearch.bulk import open_bulk_writer
from shanxi_cli.engines.opensearch.descriptor import NEAR_DUPLICATE_CHUNKS, IndexTotals, write_chunks
from shanxi_cli.engines.opensearch.document import document_id, make_document
from shanxi_cli.engines.opensearch.dsl import batched
from shanxi_cli.engines.opensearch.generation import GenerationIndex
from shanxi_cli.engines.opensearch.generations import refresh_generation
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.near_duplicates import SIGNATURES_PREFIX, read_signatures, update_groups
from shanxi_cli.engines.opensearch.pointer import RemotePointer
from shanxi_cli.engines.opensearch.spill_files import list_spilled, read_rows, remove_spilled, write_rows
from shanxi_cli.engines.opensearch.vocabulary_writer import WordCounter, write_vocabulary
from shanxi_cli.model.article import Article
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import NamedTuple

_IDS_PREFIX = "ids-"
_ROWS_AT_ONCE = 1_000
_GONE_AT_ONCE = 200
"""Articles that are gone, of which one request reads the texts."""
_JOIN_BITS, _PART_BITS, _PLACE_BITS = 8, 16, 16


class RemovedArticle(NamedTuple):
    """An article of the generation before, which the new one has not or has in another version."""

    number: int
    words: int
    title_words: int
    article: Article


def write_part(
    client: ClusterClient, pointer: RemotePointer, folder: DirectoryHandle, articles: Iterable[Article], part: int
) -> IndexTotals:
    """Write articles as part `part` of a generation and return their totals. Words and signatures go to spill files."""
    totals = IndexTotals(0, 0, 0)
    counter = WordCounter(folder, str(part))
    written = _SpilledRows(folder, f"{_IDS_PREFIX}{part}-")
    signatures = _SpilledRows(folder, f"{SIGNATURES_PREFIX}{part}-")
    with open_bulk_writer(client, pointer.aliases[0]) as writer:
        for article in articles:
            number = _article_number(pointer, part, totals.articles)
            document = make_document(article, number)
            writer.index(document_id(article.id), document, f"the article {article.id}")
            counter.add(article)
            written.add(article.id)
            if "likeness" in document:
                signatures.add((number, document["likeness"]))
            totals = totals.plus(IndexTotals(1, document["length"], document["title_length"]))
    counter.spill()
    written.spill()
    signatures.spill()
    return totals


def join_parts(
    client: ClusterClient,
    pointer: RemotePointer,
    folder: DirectoryHandle,
    gone: Iterable[str],
    check: Callable[[], None],
) -> IndexTotals:
    """Remove the articles with the ids `gone` from a generation that has all parts; bring words and groups up to date.

    Return the totals of the articles that are gone. `check` is called from time to time, and raises if this builder
    must give up.
    """
    removed = IndexTotals(0, 0, 0)
    numbers: list[int] = []
    counter = WordCounter(folder, "gone", -1)
    gone_ids = list(dict.fromkeys(gone)) if pointer.before else []
    for batch in batched(gone_ids, _GONE_AT_ONCE):
        check()
        for each in _read_removed(client, pointer.before, batch):
            removed = removed.plus(IndexTotals(1, each.words, each.title_words))
            numbers.append(each.number)
            counter.add(each.article)
    counter.spill()
    _delete_articles(client, pointer, _not_rewritten(folder, gone_ids))
    for _ in write_vocabulary(client, pointer, folder):
        check()
    groups = _near_duplicates(client, pointer, folder, numbers)
    write_chunks(client, pointer.aliases[1], NEAR_DUPLICATE_CHUNKS, groups)
    remove_spilled(folder)
    refresh_generation(client, pointer.generation)
    return removed


def _article_number(pointer: RemotePointer, part: int, place: int) -> int:
    """Return the number of an article: no other has it in this generation, or in those that it continues."""
    if part >> _PART_BITS or place >> _PLACE_BITS or pointer.joins >> _JOIN_BITS:
        raise ValueError(f"no number for article {place} of part {part}")
    return ((pointer.number << _JOIN_BITS | pointer.joins) << _PART_BITS | part) << _PLACE_BITS | place


def _read_removed(client: ClusterClient, base: str, ids: Sequence[str]) -> Iterator[RemovedArticle]:
    """Yield those articles of the generation `base` that have one of the ids."""
    body = {
        "query": {"ids": {"values": list(map(document_id, ids))}},
        "size": len(ids),
        "_source": ["article"],
        "docvalue_fields": ["n", "length", "title_length"],
    }
    for hit in GenerationIndex(client, base).hits(body):
        number, words, title_words = (hit["fields"][name][0] for name in ("n", "length", "title_length"))
        yield RemovedArticle(number, words, title_words, load_article(hit["_source"]["article"]))


def _not_rewritten(folder: DirectoryHandle, gone: Iterable[str]) -> Iterator[str]:
    """Yield the ids in `gone` of which no part has a new version."""
    left = dict.fromkeys(gone)
    for name in list_spilled(folder, _IDS_PREFIX) if left else ():
        for article_id in read_rows(folder, name):
            left.pop(article_id, None)
    yield from left


def _delete_articles(client: ClusterClient, pointer: RemotePointer, ids: Iterable[str]) -> None:
    with open_bulk_writer(client, pointer.aliases[0]) as writer:
        for article_id in ids:
            writer.delete(document_id(article_id), f"the article {article_id}")


def _near_duplicates(
    client: ClusterClient, pointer: RemotePointer, folder: DirectoryHandle, removed: Sequence[int]
) -> list[tuple[int, ...]]:
    signatures = read_signatures(folder)
    if not pointer.before:
        return group_near_duplicates(signatures)
    return update_groups(client, pointer.before, removed, list(signatures))


class _SpilledRows:
    """Rows that go to spill files whose names begin with `prefix`, some hundred at a time."""

    def __init__(self, folder: DirectoryHandle, prefix: str) -> None:
        self._folder = folder
        self._prefix = prefix
        self._rows: list[Any] = []
        self._files = 0

    def add(self, row: Any) -> None:
        """Add a row."""
        self._rows.append(row)
        if len(self._rows) >= _ROWS_AT_ONCE:
            self.spill()

    def spill(self) -> None:
        """Write the rows that are in memory."""
        if self._rows:
            write_rows(self._folder, f"{self._prefix}{self._files}", self._rows)
            self._rows = []
            self._files += 1
