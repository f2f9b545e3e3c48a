"""Vectors of an index as two files of a generation, which this module carries and drops without reading them.

    VECTORS.json    {"model", "dimension", "passages", "articles": {id: [first, count]}}
    VECTORS.bin     for each passage two numbers (32 bits, little-endian): its range in the body; then the vectors, as
                    signed bytes: `dimension` for each passage

The second is never rewritten, only replaced: a later generation has a hard link to it.
"""

import json
import os
from collections.abc import Collection, Mapping
from typing import Any

from shanxi_cli.errors import IndexUnusable
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import Record, replace_fields

TABLE_FILE = "VECTORS.json"
DATA_FILE = "VECTORS.bin"


class VectorTable(Record):
    """Places of the vectors of articles: id -> the first passage and their number. `model` is the model's identity."""

    model: str
    dimension: int
    passages: int
    articles: Mapping[str, tuple[int, int]]


def load_vector_table(folder: DirectoryHandle) -> VectorTable | None:
    """Return the table of a generation; None if it has no vectors. Raise `IndexUnusable` for a damaged one."""
    if not folder.has(TABLE_FILE):
        return None
    try:
        read: Any = json.loads(folder.read(TABLE_FILE))
        articles = {str(name): (int(first), int(count)) for name, (first, count) in read["articles"].items()}
        return VectorTable(str(read["model"]), int(read["dimension"]), int(read["passages"]), articles)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexUnusable(f"{TABLE_FILE} of the index is damaged") from error


def write_vector_table(folder: DirectoryHandle, table: VectorTable) -> None:
    """Write the table of a generation that is being built."""
    put_file(folder, TABLE_FILE, json.dumps(vars(table), separators=(",", ":")).encode())


def forget_vectors(folder: DirectoryHandle, ids: Collection[str]) -> None:
    """Drop articles from the table of a generation that is being built: they are gone or have other words now."""
    table = load_vector_table(folder)
    if table and any(name in table.articles for name in ids):
        gone = set(ids)
        kept = {name: place for name, place in table.articles.items() if name not in gone}
        write_vector_table(folder, replace_fields(table, articles=kept))


def put_file(folder: DirectoryHandle, name: str, content: bytes) -> None:
    """Write a file of a folder that is being built; the old one of that name, perhaps a hard link, stays as it is."""
    temporary = f"{name}.new"
    with os.fdopen(folder.create(temporary), "wb") as file:
        file.write(content)
    folder.rename(temporary, name)
