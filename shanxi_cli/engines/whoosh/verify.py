"""Verification: compare the index with a fresh analysis of its articles.

A sample of documents is checked term by term. All documents are checked in one pass over the postings, which sums
their hashes per document; comparing the sums with those of a fresh analysis finds extra terms too.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from shanxi_cli.engines.packed_article import unpack_article
from shanxi_cli.engines.whoosh.postings import list_segments
from shanxi_cli.engines.whoosh.schema import ALL_COLUMNS, build_document

Posting = tuple[str, bytes, float, bytes]
"""Field, term, weight and encoded value of a posting."""


def find_outdated_documents(reader: Any, numbers: Iterable[int]) -> Iterator[int]:
    """Yield those of `numbers` whose indexed data differs from a fresh analysis."""
    for number in numbers:
        leaf, base = next((leaf, base) for leaf, base in reversed(list_segments(reader)) if base <= number)
        fresh = _expected_document(leaf, number - base)
        complete = all(
            _has_posting(leaf, number - base, posting) for posting in _expected_postings(reader.schema, fresh)
        )
        if not complete or not _columns_agree(_open_columns(leaf), number - base, fresh):
            yield number


def find_all_outdated_documents(reader: Any) -> Iterator[int]:
    """Yield all documents whose indexed data differs from a fresh analysis, and the numbers of orphaned postings."""
    for leaf, base in list_segments(reader):
        hash_sums, columns = _sum_posting_hashes(leaf), _open_columns(leaf)
        for number in leaf.all_doc_ids():
            fresh = _expected_document(leaf, number)
            expected = sum(map(hash, _expected_postings(reader.schema, fresh)))
            if hash_sums.pop(number, 0) != expected or not _columns_agree(columns, number, fresh):
                yield base + number
        yield from (base + number for number in hash_sums)  # of documents that do not exist


def _expected_document(leaf: Any, number: int) -> dict[str, object]:
    return build_document(unpack_article(leaf.stored_fields(number)["article"]))


def _expected_postings(schema: Any, fresh: dict[str, object]) -> Iterator[Posting]:
    """Yield the postings of a document, as they are written."""
    for name, value in fresh.items():
        field = schema[name]
        if field.indexed:
            yield from ((name, term, weight, data or b"") for term, _, weight, data in field.index(value))


def _has_posting(leaf: Any, number: int, posting: Posting) -> bool:
    name, term, weight, data = posting
    if (name, term) not in leaf:
        return False
    matcher = leaf.postings(name, term)
    if matcher.is_active() and matcher.id() < number:
        matcher.skip_to(number)
    if not matcher.is_active() or matcher.id() != number:
        return False
    return matcher.weight() == weight and (matcher.value() or b"") == data


def _sum_posting_hashes(leaf: Any) -> dict[int, int]:
    """Return the sum of the hashes of all postings of each document."""
    hash_sums: dict[int, int] = {}
    for name, term in leaf.all_terms():
        matcher = leaf.postings(name, term)
        while matcher.is_active():
            posting_hash = hash((name, term, matcher.weight(), matcher.value() or b""))
            hash_sums[matcher.id()] = hash_sums.get(matcher.id(), 0) + posting_hash
            matcher.next()
    return hash_sums


def _open_columns(leaf: Any) -> dict[str, Any]:
    return {name: leaf.column_reader(name, translate=False) for name in ALL_COLUMNS}


def _columns_agree(columns: dict[str, Any], number: int, fresh: dict[str, object]) -> bool:
    return all(column[number] == fresh[name] for name, column in columns.items())
