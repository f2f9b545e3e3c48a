"""Wrapping for windows: between words, and inside a word that is too long after a hyphen or the dots of a range.

An id of several words joined by hyphens thus stays readable. Only a run of letters longer than a line is split.
"""

from collections.abc import Iterator

from shanxi_cli.util.display_width import display_width, truncate_end


def wrap_words(text: str, columns: int, indent: str = "") -> list[str]:
    """Return `text` as lines of at most `columns`; those after the first begin with `indent`. One line at least."""
    room = max(columns - len(indent), 1)
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if display_width(longer) <= (columns if not lines else room):
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = break_word(word, room)
        lines += full
    lines.append(line)
    return [line if at == 0 else indent + line for at, line in enumerate(lines)]


def break_word(word: str, columns: int) -> list[str]:
    """Return a word as parts of at most `columns`, as long as possible, ending after hyphens or `..` if possible."""
    return list(_iterate_parts(word, max(columns, 2)))


def _iterate_parts(word: str, columns: int) -> Iterator[str]:
    while display_width(word) > columns:
        part = truncate_end(word, columns)
        part = part[: part.rfind("..") + 2] if ".." in part else part[: part.rfind("-") + 1] or part
        yield part
        word = word[len(part) :]
    yield word
