"""Which documents of a Whoosh index are alike: found once, when it is written, and kept in a file beside its segments.

So a search reads a short list of numbers in place of a fingerprint for each article.
"""

import json
from pathlib import Path
from typing import Any

from shanxi_cli.engines.whoosh_postings import leaves
from shanxi_cli.language.likeness import groups

FILE = "ALIKE.json"


def keep_alike(folder: Path, reader: Any) -> None:
    """Writes the groups of an index that has just been written. An older index keeps its file, which may be linked."""
    prints = (
        (base + number, column[number])
        for leaf, base in (leaves(reader) if reader.doc_count_all() else ())
        for column in [leaf.column_reader("likeness", translate=False)]
        for number in leaf.all_doc_ids()
    )
    path = folder / FILE
    path.unlink(missing_ok=True)
    path.write_text(json.dumps(groups(prints), separators=(",", ":")), encoding="ascii")


def read_alike(folder: Path) -> list[tuple[int, ...]]:
    """The groups that `keep_alike` wrote."""
    return [tuple(group) for group in json.loads((folder / FILE).read_bytes())]
