"""Terms of the cluster: how words, values and numbers become what Lucene can index and compare.

Lucene refuses a term of more than 32,766 bytes. A longer word or value is replaced by its beginning and a digest, so
that it is found whole, and by any beginning that is kept. Words have no underscore, so signs that are none of the text
are written with it.

A number of a quantity becomes the lower half of an IPv6 address, in the order of the numbers, and a hash of its
dimension and unit the upper half: so one field of address ranges has the intervals of all units, and a range finds
those that it overlaps with in one unit.
"""

import struct
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

MAX_TERM_CHARACTERS = 8_000
"""Characters of a word or value that are kept; Lucene takes 32,766 bytes, and a character has at most 4."""
_CUT_MARK = "\x00"
FILLER = "_"
"""Stands for a position without a word: the analyzer drops it, and its position stays."""
ACRONYM_MARK = "_"
"""Joins an acronym and its common word, which the analyzer puts at one position: `US_us`."""
_SIGN = 1 << 63
_ALL_BITS = (1 << 64) - 1


def encode_term(text: str) -> str:
    """Return the term of a word or value: itself, or if it is too long its beginning and a digest."""
    if len(text) <= MAX_TERM_CHARACTERS:
        return text
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[:MAX_TERM_CHARACTERS]}{_CUT_MARK}{digest}"


def is_cut(term: str) -> bool:
    """Return True for a term of `encode_term` that is not the whole text."""
    return len(term) > MAX_TERM_CHARACTERS


def join_terms(terms: Iterable[str]) -> str:
    """Return a text that the analyzer splits into these terms again, each at the next position."""
    return " ".join(map(encode_term, terms))


@lru_cache(maxsize=4096)
def _unit_prefix(dimension: str, unit: str) -> str:
    digest = sha256(f"{dimension} {unit}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:4]}:{digest[4:8]}:{digest[8:12]}:{digest[12:16]}"


def number_address(dimension: str, unit: str, number: float) -> str:
    """Return the address of a number in a unit; an empty unit stands for all of the dimension."""
    (bits,) = struct.unpack(">Q", struct.pack(">d", number + 0.0))  # -0.0 is 0.0
    code = f"{~bits & _ALL_BITS if bits & _SIGN else bits | _SIGN:016x}"
    return f"{_unit_prefix(dimension, unit)}:{code[:4]}:{code[4:8]}:{code[8:12]}:{code[12:]}"


def number_range(dimension: str, unit: str, low: float, high: float) -> dict[str, str]:
    """Return the range of addresses of the numbers from `low` to `high`, both included."""
    return {"gte": number_address(dimension, unit, low), "lte": number_address(dimension, unit, high)}
