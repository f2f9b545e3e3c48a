"""People, organisations and places that English newspaper text names: text in, names out. See `docs/names.md`."""

from shanxi_cli.extraction.names.pipeline import add_derived_names, derive_names, read_names

__all__ = ["add_derived_names", "derive_names", "read_names"]
