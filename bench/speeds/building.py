"""Reads articles and lets a peer index them: what a process of the indexing part does.

    python -m speeds.building PEER FOLDER CORPUS...

Every peer reads through `corpus.load`, as we do. `reading` is none: the articles are read and thrown away.
"""

import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from shanxi_cli.corpus.reader import load_article as load_article
from shanxi_cli.corpus.scanner import iterate_sources
from shanxi_cli.model.article import Article
from speeds.peers import load as load_peer

READING = "reading"


def main(peer: str, folder: str, corpus: list[str]) -> None:
    """Puts the articles of `corpus` into the index of a peer in `folder`."""
    articles = _read(corpus)
    if peer == READING:
        deque(articles, 0)
    else:
        load_peer(peer).write(articles, Path(folder))


def _read(corpus: list[str]) -> Iterator[Article]:
    return (load_article(source)[0] for root in corpus for source in iterate_sources(root))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
