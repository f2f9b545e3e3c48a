"""Titles for articles without a printed headline."""

import re

from shanxi_cli.analysis.sentence_splitter import split_sentences

SUPPLIED_TITLE_NOTE = "supplied from the first sentence; the page prints no headline"
_MAX_TITLE_LENGTH = 90


def make_supplied_title(text: str) -> str:
    """Return the first sentence of a text as a title, cut between words if long; `Untitled` for no text."""
    first = next((text[start:end] for start, end in split_sentences(text)), text)
    first = re.sub(r"[.\s]+\Z", "", first) or "Untitled"
    if len(first) <= _MAX_TITLE_LENGTH:
        return first
    cut = first[: _MAX_TITLE_LENGTH - 3].rsplit(" ", 1)[0].rstrip(",;:—– ")
    return f"{cut} ..."
