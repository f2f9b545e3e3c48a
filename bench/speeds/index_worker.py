"""Worker process of indexing: read articles and let a peer index them.

    python -m speeds.index_worker PEER FOLDER CORPUS...

Every peer reads articles through `load_article`, as shanxi does. The peer `reading` reads them and indexes nothing.
"""

import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from shanxi_cli.corpus.reader import load_article
from shanxi_cli.corpus.scanner import iterate_sources
from shanxi_cli.model.article import Article
from speeds.peers import load as load_peer

READING = "reading"


def main(peer: str, folder: str, corpus: list[str]) -> None:
    """Add the articles of `corpus` to the index of a peer in `folder`."""
    articles = _read(corpus)
    if peer == READING:
        deque(articles, 0)
    else:
        load_peer(peer).write(articles, Path(folder))


def _read(corpus: list[str]) -> Iterator[Article]:
    return (load_article(source)[0] for root in corpus for source in iterate_sources(root))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
