"""Whether a Whoosh index holds what analysing its articles again would put into it.

Some documents are asked about term by term; all of them by one pass over the postings, in which
every document gathers a sum of what the index says of it, to be compared with the sum of what its
article gives. So a term that no article gives is seen too.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from shanxi_cli.engines.whoosh.postings import leaves
from shanxi_cli.engines.whoosh.schema import COLUMNS, article_of, document

Posting = tuple[str, bytes, float, bytes]
"""Field, term, weight and encoded value."""


def differing(reader: Any, numbers: Iterable[int]) -> Iterator[int]:
    """Those of some documents that the index does not hold as it would be written now."""
    for number in numbers:
        leaf, base = next((leaf, base) for leaf, base in reversed(leaves(reader)) if base <= number)
        fresh = _fresh(leaf, number - base)
        held = all(_holds(leaf, number - base, posting) for posting in _postings(reader.schema, fresh))
        if not held or not _columns_agree(_columns(leaf), number - base, fresh):
            yield number


def all_differing(reader: Any) -> Iterator[int]:
    """Those of all documents, and those of which the index has terms that their articles do not give."""
    for leaf, base in leaves(reader):
        found, columns = _gathered(leaf), _columns(leaf)
        for number in leaf.all_doc_ids():
            fresh = _fresh(leaf, number)
            expected = sum(map(hash, _postings(reader.schema, fresh)))
            if found.pop(number, 0) != expected or not _columns_agree(columns, number, fresh):
                yield base + number
        yield from (base + number for number in found)  # of documents that are not there


def _fresh(leaf: Any, number: int) -> dict[str, object]:
    return document(article_of(leaf.stored_fields(number)["article"]))


def _postings(schema: Any, fresh: dict[str, object]) -> Iterator[Posting]:
    """What the fields of a document put into the postings, as the writer is given it."""
    for name, value in fresh.items():
        field = schema[name]
        if field.indexed:
            yield from ((name, term, weight, data or b"") for term, _, weight, data in field.index(value))


def _holds(leaf: Any, number: int, posting: Posting) -> bool:
    name, term, weight, data = posting
    if (name, term) not in leaf:
        return False
    matcher = leaf.postings(name, term)
    if matcher.is_active() and matcher.id() < number:
        matcher.skip_to(number)
    if not matcher.is_active() or matcher.id() != number:
        return False
    return matcher.weight() == weight and (matcher.value() or b"") == data


def _gathered(leaf: Any) -> dict[int, int]:
    """The sum of the hashes of all postings of each document."""
    found: dict[int, int] = {}
    for name, term in leaf.all_terms():
        matcher = leaf.postings(name, term)
        while matcher.is_active():
            one = hash((name, term, matcher.weight(), matcher.value() or b""))
            found[matcher.id()] = found.get(matcher.id(), 0) + one
            matcher.next()
    return found


def _columns(leaf: Any) -> dict[str, Any]:
    return {name: leaf.column_reader(name, translate=False) for name in COLUMNS}


def _columns_agree(columns: dict[str, Any], number: int, fresh: dict[str, object]) -> bool:
    return all(column[number] == fresh[name] for name, column in columns.items())
