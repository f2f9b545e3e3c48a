"""Stop words: words too common to help a query. They are dropped from queries only, never from the index."""

from shanxi_cli.util.lexicon import load_terms

STOP_WORDS = load_terms("analysis/stopwords")
