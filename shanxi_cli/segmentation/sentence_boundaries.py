"""Sentence boundaries at the two ends of a text: a cut text has none."""

import re

from shanxi_cli.segmentation.dehyphenation import HYPHENS

_SENTENCE_END_PATTERN = re.compile(r"[.!?…。！？][\"'”’)\]»]*\Z")
_SENTENCE_OR_COLON_END_PATTERN = re.compile(r"[.!?…:。！？：][\"'”’)\]»]*\Z")
_STOP_PATTERN = re.compile(r"[.!?][\"'”’)\]]*\Z")
_LOWERCASE_START_PATTERN = re.compile(r"[\"'“‘(\[]*[a-zß-öø-ÿ]")
_CLOSING_START_PATTERN = re.compile(r"[,;)\]”’%&–—-]|\.\.\.\w")


def ends_sentence(text: str) -> bool:
    """Return True for a text that ends as a sentence does."""
    return bool(_SENTENCE_END_PATTERN.search(text))


def ends_with_stop(text: str) -> bool:
    """Return True if a text ends with `.`, `!` or `?`, closing quotation marks and brackets aside."""
    return bool(_STOP_PATTERN.search(text))


def is_unfinished(text: str) -> bool:
    """Return True for a text that was cut: it ends in the middle of a sentence or a word."""
    return not _SENTENCE_OR_COLON_END_PATTERN.search(text) or text[-1:] in HYPHENS


def starts_mid_sentence(text: str) -> bool:
    """Return True for a text that begins in the middle of a sentence: in lower case, or with a closing mark."""
    return bool(_LOWERCASE_START_PATTERN.match(text) or _CLOSING_START_PATTERN.match(text))
