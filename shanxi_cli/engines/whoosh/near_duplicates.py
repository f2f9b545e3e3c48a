"""Which documents of a Whoosh index are alike: found once, when it is written, and kept in a file beside its segments.

So a search reads a short list of numbers in place of a fingerprint for each article.
"""

import json
from typing import Any

from shanxi_cli.analysis.minhash import groups
from shanxi_cli.engines.whoosh.postings import leaves

FILE = "ALIKE.json"


def keep_alike(storage: Any, reader: Any) -> None:
    """Writes the groups of an index that has just been written. An older index keeps its file, which may be linked."""
    prints = (
        (base + number, column[number])
        for leaf, base in (leaves(reader) if reader.doc_count_all() else ())
        for column in [leaf.column_reader("likeness", translate=False)]
        for number in leaf.all_doc_ids()
    )
    if storage.file_exists(FILE):
        storage.delete_file(FILE)
    file = storage.create_file(FILE)
    file.write(json.dumps(groups(prints), separators=(",", ":")).encode("ascii"))
    file.close()


def read_alike(storage: Any) -> list[tuple[int, ...]]:
    """The groups that `keep_alike` wrote."""
    file = storage.open_file(FILE)
    try:
        return [tuple(group) for group in json.loads(file.read())]
    finally:
        file.close()
