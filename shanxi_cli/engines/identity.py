"""The identity of an engine, apart from the engines: the store reads it without loading any."""

from typing import NamedTuple


class EngineIdentity(NamedTuple):
    """The engine that wrote an index: only an engine with an equal identity can read it.

    `fingerprint` covers everything that decides the terms of an article and their format.
    """

    engine: str
    engine_version: str
    fingerprint: str
