"""The peers that are libraries, each a file of its own. Loading one raises `ImportError` where it is not installed."""

from speeds.asking import Peer

USUAL, PLAIN = "stock whoosh3", "plain path"
NAMES = (USUAL, PLAIN, "SQLite FTS5", "tantivy", "Xapian")
"""Whoosh as it is usually set up comes first: what others are compared with."""


def load(name: str) -> Peer:
    """The peer of that name."""
    match name:
        case "stock whoosh3":
            from speeds.peers import whoosh_usual

            return whoosh_usual
        case "plain path":
            from speeds.peers import whoosh_plain

            return whoosh_plain
        case "SQLite FTS5":
            from speeds.peers import sqlite_fts5

            return sqlite_fts5
        case "tantivy":
            from speeds.peers import of_tantivy

            return of_tantivy
        case "Xapian":
            from speeds.peers import of_xapian

            return of_xapian
        case _:
            raise ValueError(f"there is no peer {name}")


def versions() -> dict[str, str]:
    """The version of each peer; empty where it is not installed."""
    found = {}
    for name in NAMES:
        try:
            found[name] = load(name).version()
        except ImportError:
            found[name] = ""
    return found
