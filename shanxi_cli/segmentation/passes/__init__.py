"""Passes over the lines, blocks or drafts of a page: each takes a sequence and returns or repairs it."""
