"""The address of a saved web page: as the page states it, else as the program that saved it."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from shanxi_cli.corpus.field_reader import clean_address
from shanxi_cli.importers.html_page import MarkedPage

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE)
_HEAD_CHARACTERS = 5_000
_LINKED_NAMES = ("url", "mainEntityOfPage", "@id")


def find_saved_address(markup: str) -> str:
    """Return the address in the comment that browsers and SingleFile write into a saved page; empty without."""
    match = _SAVED_FROM.search(markup[:_HEAD_CHARACTERS])
    return clean_address(match[1] or match[2]) if match else ""


def find_page_address(marked: MarkedPage, record: Mapping[str, Any], saved: str) -> str:
    """Return the address of a page: its canonical link, `og:url`, JSON-LD, or the one it was `saved` from.

    One that is the front page of its site is none, unless it was saved from there. Empty without.
    """
    linked = [_find_text(record.get(name)) for name in _LINKED_NAMES]
    for stated in (marked.addresses.get("canonical", ""), marked.addresses.get("og:url", ""), *linked):
        address = clean_address(urljoin(saved, stated)) if stated else ""
        if address and urlsplit(address).path.strip("/"):
            return address
    return clean_address(saved)


def _find_text(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) else ""
