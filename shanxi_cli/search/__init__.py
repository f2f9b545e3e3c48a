"""Searching an archive through an engine: hits, passages, explanations and suggestions. No output."""
