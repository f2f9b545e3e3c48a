"""Attributed speech of English newspaper text: direct and indirect quotes with their speakers. See `docs/quotes.md`.

It keeps no index and filters nothing: `explore.quotes` does.
"""

from shanxi_cli.extraction.quotes.pipeline import read_speech

__all__ = ["read_speech"]
