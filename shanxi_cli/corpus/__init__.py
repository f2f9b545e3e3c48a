"""Corpus of articles: find the files, parse and write them. Knows no index, no engine and no display."""
