"""Engines: index articles and evaluate query plans. Nothing outside `engines.whoosh` knows Whoosh."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shanxi_cli.engines.base import Backend


def open_backend(name: str = "whoosh") -> "Backend":
    """Return the backend of that name; `ValueError` for an unknown one.

    A backend is imported here, on demand, because loading one takes a good part of a short run.
    """
    match name:
        case "whoosh":
            from shanxi_cli.engines.whoosh.patches import defer_unused_modules

            defer_unused_modules()
            from shanxi_cli.engines.whoosh.backend import WhooshBackend

            return WhooshBackend()
        case _:
            raise ValueError(f"there is no engine {name}")
