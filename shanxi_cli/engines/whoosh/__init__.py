"""Whoosh backend: writes, merges and searches the index. No class or exception of Whoosh leaves this package."""
