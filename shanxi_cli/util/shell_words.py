"""Words of command lines that are printed to be pasted: sanitized first, quoted last, for a POSIX shell.

Text of an article may be in such a word. If it were quoted first, removing an escape sequence from it could remove a
quote, and pasting the line would run what follows. A word that sanitizing changes is not offered at all: pasted, it
would mean something else.
"""

import shlex
from collections.abc import Iterable

from shanxi_cli.util.sanitize import sanitize_line


def is_printable_word(word: str) -> bool:
    """Return True if `word` can be printed and pasted unchanged: one line, without control characters."""
    return bool(word) and sanitize_line(word) == word


def quote_word(word: str) -> str:
    """Return `word` quoted for a POSIX shell, at an interactive prompt too; empty if it cannot be printed unchanged."""
    if not is_printable_word(word):
        return ""
    # `=name` is the path of a program in zsh; `shlex` leaves it bare.
    return f"'{word}'" if word[0] == "=" and shlex.quote(word) == word else shlex.quote(word)


def quote_command(words: Iterable[str]) -> str:
    """Return words as one command line; empty if one of them cannot be printed unchanged."""
    quoted = [quote_word(word) for word in words]
    return " ".join(quoted) if all(quoted) else ""


def append_query(command: str, query: str) -> str:
    """Return a command line (empty: there is none) with a query as its last word; empty if it cannot be printed.

    A query that begins with a hyphen comes after `--`, or it could be an option.
    """
    quoted = quote_word(query)
    if not command or not quoted:
        return ""
    return f"{command} -- {quoted}" if query.startswith("-") else f"{command} {quoted}"
