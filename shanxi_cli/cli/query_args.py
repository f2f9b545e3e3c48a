"""The words of a query as they were typed."""

import os
from collections.abc import Sequence

from shanxi_cli.util.unicode import replace_surrogates


def join_query_words(words: Sequence[str] | None) -> str | None:
    """Return the words of a query as its text; None where there are none."""
    return " ".join(words or ()).strip() or None


def infer_phrase(words: Sequence[str]) -> str:
    """Return one argument of several plain words as a phrase, whose quotes the shell has removed; empty for others."""
    plain = len(words) == 1 and all(part.isalnum() for part in words[0].split())
    return f'"{words[0]}"' if plain and " " in words[0].strip() else ""


def decode_argument(text: str) -> str:
    """Return an argument decoded as UTF-8 whatever the locale; bytes that are not UTF-8 become U+FFFD."""
    try:
        return text if text.isascii() else os.fsencode(text).decode("utf-8", "replace")
    except UnicodeEncodeError:  # not from a shell: given to `main` by a program
        return replace_surrogates(text)
