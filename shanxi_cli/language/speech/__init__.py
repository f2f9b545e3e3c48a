"""Who said what: direct and indirect speech of English newspaper text, with its speakers. See `docs/quotes.md`."""

from shanxi_cli.language.speech.reading import read_speech

__all__ = ["read_speech"]
