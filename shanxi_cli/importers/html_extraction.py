"""Text of web pages by trafilatura (the extra `shanxi[import]`), for pages that are long enough for it."""

from typing import NamedTuple

_MIN_CHARACTERS = 250
"""Below this trafilatura itself gives up and returns all text of the page (its MIN_EXTRACTED_SIZE)."""


class ExtractedText(NamedTuple):
    """The text of a page, its paragraphs separated by empty lines, and the author and date that it states.

    `installed` is False without trafilatura; then, and for a page it cannot read, the texts are empty.
    """

    body: str
    author: str
    date: str
    installed: bool


def extract_web_text(markup: str) -> ExtractedText:
    """Return the text of a web page without its comments, menus and teasers."""
    try:
        from trafilatura import bare_extraction
    except ImportError:
        return ExtractedText("", "", "", installed=False)
    document = bare_extraction(markup, with_metadata=True, include_comments=False, include_tables=True)
    if document is None or isinstance(document, dict):
        return ExtractedText("", "", "", installed=True)
    text = document.text or ""
    body = "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
    is_whole = len(body) >= _MIN_CHARACTERS
    return ExtractedText(body if is_whole else "", document.author or "", document.date or "", installed=True)
