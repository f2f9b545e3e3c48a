"""Fingerprint of the analysis: an index made by another one must not be taken for one of ours."""

import hashlib
import sys
import unicodedata

import Stemmer

SCHEMA_VERSION = 34
"""To be raised whenever an article would be given other terms (`engines.document`); a test compares them."""


def analysis_fingerprint(fields: list[str]) -> str:
    """Return a digest of everything that determines the terms of an article and their encoding in these fields."""
    parts = (SCHEMA_VERSION, fields, Stemmer.version(), unicodedata.unidata_version, sys.byteorder)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
