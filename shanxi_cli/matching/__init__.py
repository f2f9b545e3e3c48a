"""Matching in texts: prefilter, proximity, highlights, spans and snippets. No engine, no output."""
