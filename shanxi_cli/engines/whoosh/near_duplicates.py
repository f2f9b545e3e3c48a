"""Near-duplicate groups of an index: computed when it is written, and stored in a file beside its segments.

A search thus reads a short list of document numbers instead of a MinHash signature per article.
"""

import json
from typing import Any

from shanxi_cli.engines.whoosh.postings import list_segments

NEAR_DUPLICATES_FILE = "ALIKE.json"


def write_near_duplicates(storage: Any, reader: Any) -> None:
    """Write the groups of a newly written index, as a new file: older generations may hard-link the old one."""
    from shanxi_cli.analysis.minhash import group_near_duplicates

    signatures = (
        (base + number, column[number])
        for leaf, base in (list_segments(reader) if reader.doc_count_all() else ())
        for column in [leaf.column_reader("likeness", translate=False)]
        for number in leaf.all_doc_ids()
    )
    if storage.file_exists(NEAR_DUPLICATES_FILE):
        storage.delete_file(NEAR_DUPLICATES_FILE)
    file = storage.create_file(NEAR_DUPLICATES_FILE)
    file.write(json.dumps(group_near_duplicates(signatures), separators=(",", ":")).encode("ascii"))
    file.close()


def read_near_duplicates(storage: Any) -> list[tuple[int, ...]]:
    """Return the groups of document numbers that `write_near_duplicates` wrote."""
    file = storage.open_file(NEAR_DUPLICATES_FILE)
    try:
        return [tuple(group) for group in json.loads(file.read())]
    finally:
        file.close()
