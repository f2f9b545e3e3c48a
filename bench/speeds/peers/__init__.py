"""Search libraries to compare with, one module each. Loading one that is not installed raises `ImportError`."""

from speeds.benchmarks import Peer

USUAL, PLAIN, SQLITE = "stock whoosh3", "plain path", "SQLite FTS5"
NAMES = (USUAL, PLAIN, SQLITE, "tantivy", "Xapian")
"""The usual setup of Whoosh comes first: the reference of the others."""


def load(name: str) -> Peer:
    """Import the peer of that name."""
    match name:
        case "stock whoosh3":
            from speeds.peers import whoosh_peer

            return whoosh_peer
        case "plain path":
            from speeds.peers import whoosh_writer_peer

            return whoosh_writer_peer
        case "SQLite FTS5":
            from speeds.peers import sqlite_peer

            return sqlite_peer
        case "tantivy":
            from speeds.peers import tantivy_peer

            return tantivy_peer
        case "Xapian":
            from speeds.peers import xapian_peer

            return xapian_peer
        case _:
            raise ValueError(f"there is no peer {name}")


def versions() -> dict[str, str]:
    """Return the version of each peer; empty when it is not installed."""
    found = {}
    for name in NAMES:
        try:
            found[name] = load(name).version()
        except ImportError:
            found[name] = ""
    return found
