"""Connect an engine with the times at which the articles of its archive were first seen."""

from collections.abc import Collection, Mapping

from shanxi_cli.engines.base import Engine


def connect_first_seen(engine: Engine, roots: tuple[str, ...]) -> Engine:
    """Return `engine`, which reads the times of the archive of `roots` when a query or an order needs them."""

    def load(ids: Collection[str]) -> Mapping[str, int]:
        from shanxi_cli.state.first_seen import load_first_seen  # only for `added`

        return load_first_seen(roots, ids)

    engine.set_first_seen(load)
    return engine
