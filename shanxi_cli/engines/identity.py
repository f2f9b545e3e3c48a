"""The identity of an engine, apart from the engines: the store reads it without loading any."""

from shanxi_cli.util.frozen_record import Record


class EngineIdentity(Record):
    """The engine that wrote an index: only an engine with an equal identity can read it.

    `fingerprint` covers everything that decides the terms of an article and their format.
    """

    engine: str
    engine_version: str
    fingerprint: str
