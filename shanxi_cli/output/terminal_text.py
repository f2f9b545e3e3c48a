"""Text for Rich, with the line breaks of its language, and with ids that are broken after hyphens."""

from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

from shanxi_cli.util.display_width import display_width
from shanxi_cli.util.line_breaking import find_line_starts, has_wide_characters
from shanxi_cli.util.word_wrap import break_word


class WrappedText(Text):
    """A `Text` that is broken as a reader expects, where Rich breaks it anywhere.

    Chinese and Japanese are broken by `util.line_breaking`, and a word longer than the line after a hyphen.
    """

    def wrap(self, console: Console, width: int, *args: Any, **options: Any) -> Lines:
        """Return the lines of at most `width` columns; the other arguments are those of `Text.wrap`."""
        if options.get("no_wrap") or self.no_wrap:
            return super().wrap(console, width, *args, **options)
        if has_wide_characters(self.plain):
            return self._wrap_wide(width)
        breaks = _find_breaks_of_long_words(self.plain, width)
        whole = Text("\n", end=self.end, overflow="fold").join(self.divide(breaks)) if breaks else self
        return Text.wrap(whole, console, width, *args, **options)

    def _wrap_wide(self, width: int) -> Lines:
        lines = Lines()
        for line in self.split(allow_blank=True):
            line.expand_tabs()
            for part in line.divide(find_line_starts(line.plain, width, cell_len)):
                part.rstrip()
                lines.append(part)
        return lines


def _find_breaks_of_long_words(text: str, width: int) -> list[int]:
    """Return the offsets in `text` at which the words that are longer than a line are broken."""
    breaks, at = [], 0
    for word in text.split(" "):
        if display_width(word) > width:
            start = at
            for part in break_word(word, width)[:-1]:
                start += len(part)
                breaks.append(start)
        at += len(word) + 1
    return breaks
