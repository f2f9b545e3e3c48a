"""Our own documents, written by Whoosh's own writer: what writing gains is what `shanxi index` takes less than this.

Only writing is measured: what is read from such an index is read by our engine.
"""

from collections.abc import Iterable
from pathlib import Path

import whoosh
from whoosh import index

from shanxi_cli.engines.whoosh.schema import build_document, build_schema
from shanxi_cli.model.article import Article
from speeds.asking import Asked

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


def open_index(folder: Path) -> Asked:
    """It is never asked."""
    raise NotImplementedError
