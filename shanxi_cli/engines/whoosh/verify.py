"""Whether a Whoosh index holds what analysing its articles again would put into it.

Some documents are asked about term by term; all of them by one pass over the postings, in which
every document gathers a sum of what the index says of it, to be compared with the sum of what its
article gives. So a term that no article gives is seen too.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from shanxi_cli.engines.whoosh.postings import list_segments
from shanxi_cli.engines.whoosh.schema import ALL_COLUMNS, build_document, unpack_article

Posting = tuple[str, bytes, float, bytes]
"""Field, term, weight and encoded value."""


def find_outdated_documents(reader: Any, numbers: Iterable[int]) -> Iterator[int]:
    """Those of some documents that the index does not hold as it would be written now."""
    for number in numbers:
        leaf, base = next((leaf, base) for leaf, base in reversed(list_segments(reader)) if base <= number)
        fresh = _expected_document(leaf, number - base)
        held = all(_has_posting(leaf, number - base, posting) for posting in _expected_postings(reader.schema, fresh))
        if not held or not _columns_agree(_open_columns(leaf), number - base, fresh):
            yield number


def find_all_outdated_documents(reader: Any) -> Iterator[int]:
    """Those of all documents, and those of which the index has terms that their articles do not give."""
    for leaf, base in list_segments(reader):
        found, columns = _sum_posting_hashes(leaf), _open_columns(leaf)
        for number in leaf.all_doc_ids():
            fresh = _expected_document(leaf, number)
            expected = sum(map(hash, _expected_postings(reader.schema, fresh)))
            if found.pop(number, 0) != expected or not _columns_agree(columns, number, fresh):
                yield base + number
        yield from (base + number for number in found)  # of documents that are not there


def _expected_document(leaf: Any, number: int) -> dict[str, object]:
    return build_document(unpack_article(leaf.stored_fields(number)["article"]))


def _expected_postings(schema: Any, fresh: dict[str, object]) -> Iterator[Posting]:
    """What the fields of a document put into the postings, as the writer is given it."""
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
    """The sum of the hashes of all postings of each document."""
    found: dict[int, int] = {}
    for name, term in leaf.all_terms():
        matcher = leaf.postings(name, term)
        while matcher.is_active():
            one = hash((name, term, matcher.weight(), matcher.value() or b""))
            found[matcher.id()] = found.get(matcher.id(), 0) + one
            matcher.next()
    return found


def _open_columns(leaf: Any) -> dict[str, Any]:
    return {name: leaf.column_reader(name, translate=False) for name in ALL_COLUMNS}


def _columns_agree(columns: dict[str, Any], number: int, fresh: dict[str, object]) -> bool:
    return all(column[number] == fresh[name] for name, column in columns.items())
