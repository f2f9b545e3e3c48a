"""Which documents of a Whoosh index are alike: found once, when it is written, and kept in a file beside its segments.

So a search reads a short list of numbers in place of a fingerprint for each article.
"""

import json
from typing import Any

from shanxi_cli.analysis.minhash import group_near_duplicates
from shanxi_cli.engines.whoosh.postings import list_segments

NEAR_DUPLICATES_FILE = "ALIKE.json"


def write_near_duplicates(storage: Any, reader: Any) -> None:
    """Writes the groups of an index that has just been written. An older index keeps its file, which may be linked."""
    prints = (
        (base + number, column[number])
        for leaf, base in (list_segments(reader) if reader.doc_count_all() else ())
        for column in [leaf.column_reader("likeness", translate=False)]
        for number in leaf.all_doc_ids()
    )
    if storage.file_exists(NEAR_DUPLICATES_FILE):
        storage.delete_file(NEAR_DUPLICATES_FILE)
    file = storage.create_file(NEAR_DUPLICATES_FILE)
    file.write(json.dumps(group_near_duplicates(prints), separators=(",", ":")).encode("ascii"))
    file.close()


def read_near_duplicates(storage: Any) -> list[tuple[int, ...]]:
    """The groups that `write_near_duplicates` wrote."""
    file = storage.open_file(NEAR_DUPLICATES_FILE)
    try:
        return [tuple(group) for group in json.loads(file.read())]
    finally:
        file.close()
