"""Text of articles for Rich, whose lines are broken as its language breaks them."""

from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

from shanxi_cli.util.line_breaking import find_line_starts, has_wide_characters


class WrappedText(Text):
    """A `Text` that breaks lines of Chinese and Japanese by `util.line_breaking`; Rich breaks them anywhere."""

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """Return the lines of at most `width` columns; `options` are those of `Text.wrap`."""
        if not has_wide_characters(self.plain) or options.get("no_wrap") or self.no_wrap:
            return super().wrap(console, width, **options)
        lines = Lines()
        for line in self.split(allow_blank=True):
            line.expand_tabs()
            for part in line.divide(find_line_starts(line.plain, width, cell_len)):
                part.rstrip()
                lines.append(part)
        return lines
