"""Separate options from the words of a query, and decode words as they were typed."""

import os
from collections.abc import Iterable, Sequence

from shanxi_cli.util.unicode import replace_surrogates


def join_query_words(words: Sequence[str] | None) -> str | None:
    """Return the words of a query as its text; None where there are none."""
    return " ".join(words or ()).strip() or None


def expand_short_options(word: str, flags: set[str], valued: set[str]) -> str:
    """Return short options written as one word (`-n5`, `-lc`) as separate words; empty for any other word."""
    if len(word) < 3 or word[0] != "-":
        return ""
    if word[:2] in valued and word[2:].lstrip("=").isdigit():
        return f"{word[:2]} {word[2:].lstrip('=')}"
    options = [f"-{letter}" for letter in word[1:]]
    return " ".join(options) if len(options) < 4 and all(name in flags | valued for name in options) else ""


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


def separate_options(args: Iterable[str], flags: set[str], valued: set[str]) -> list[str]:
    """Return `args` as options first (those of `valued` with their values), then `--`, then the words of the query."""
    options: list[str] = []
    words: list[str] = []
    rest = iter(args)
    for arg in rest:
        if arg == "--":
            words += map(decode_argument, rest)
        elif arg.startswith("--") or arg in flags or arg in valued:
            options.append(arg)
            if arg in valued:
                value = next(rest, None)
                if value is None:
                    return options  # Typer reports the option that lacks its value
                options.append(value)
        else:
            words.append(decode_argument(arg))
    return [*options, "--", *words]
