"""Engines: index articles and evaluate query plans. Nothing outside `engines.whoosh` knows Whoosh."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shanxi_cli.engines.base import Backend, Engine
    from shanxi_cli.model.article import Article
    from shanxi_cli.model.remote_index import RemoteIndex


def open_backend(remote: "RemoteIndex | None" = None, timeout: float = 30.0) -> "Backend":
    """Return the backend of an index of a cluster; with None, that of indexes in folders of this machine.

    A search of a cluster gives up after `timeout` seconds (0: never).

    A backend is imported here, on demand, because loading one takes a good part of a short run.
    """
    if remote is not None:
        from shanxi_cli.engines.opensearch.backend import OpenSearchBackend

        return OpenSearchBackend(remote, timeout)
    from shanxi_cli.engines.whoosh.patches import defer_unused_modules

    defer_unused_modules()
    from shanxi_cli.engines.whoosh.backend import WhooshBackend

    return WhooshBackend()


def open_in_memory(articles: "Iterable[Article]") -> "Engine":
    """Return an engine over `articles` whose index exists in the memory of this process only."""
    from shanxi_cli.engines.whoosh.patches import defer_unused_modules

    defer_unused_modules()
    from shanxi_cli.engines.whoosh.memory import open_in_memory

    return open_in_memory(articles)
