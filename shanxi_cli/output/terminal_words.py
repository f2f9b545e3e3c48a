"""Text for Rich that breaks a word longer than the window after a hyphen, where Rich breaks it anywhere."""

from typing import Any

from rich.console import Console
from rich.containers import Lines
from rich.text import Text

from shanxi_cli.util.display_width import display_width
from shanxi_cli.util.word_wrap import break_word


class WordText(Text):
    """Text with ids, which are long words."""

    def wrap(self, console: Console, width: int, *args: Any, **options: Any) -> Lines:
        """Wrap as Rich does, after breaking the words that are longer than the width."""
        breaks, at = [], 0
        for word in self.plain.split(" "):
            if display_width(word) > width:
                start = at
                for part in break_word(word, width)[:-1]:
                    start += len(part)
                    breaks.append(start)
            at += len(word) + 1
        whole = Text("\n", end=self.end, overflow="fold").join(self.divide(breaks)) if breaks else self
        return Text.wrap(whole, console, width, *args, **options)
