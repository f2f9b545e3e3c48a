"""Our documents written by Whoosh's own writer: the difference to `shanxi index` is the gain of our writer.

Only writing is measured, because our engine reads such an index.
"""

from collections.abc import Iterable
from pathlib import Path

import whoosh
from whoosh import index

from shanxi_cli.engines.whoosh.schema import build_document, build_schema
from shanxi_cli.model.article import Article
from speeds.benchmarks import OpenIndex

_MEMORY_MB = 64


def version() -> str:
    """See `Peer.version`."""
    return ".".join(map(str, whoosh.__version__))


def write(articles: Iterable[Article], folder: Path) -> None:
    """See `Peer.write`."""
    opened = (
        index.open_dir(str(folder)) if index.exists_in(str(folder)) else index.create_in(str(folder), build_schema())
    )
    writer = opened.writer(limitmb=_MEMORY_MB)
    for article in articles:
        writer.add_document(**build_document(article))
    writer.commit()
    opened.close()


def open_index(folder: Path) -> OpenIndex:
    """Raise: its queries are not measured."""
    raise NotImplementedError
