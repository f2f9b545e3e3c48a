"""Who said what: direct and indirect speech of English newspaper text, with its speakers. See `docs/quotes.md`."""

from shanxi_cli.extraction.quotes.pipeline import read_speech

__all__ = ["read_speech"]
