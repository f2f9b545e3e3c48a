"""Bars of block characters, an eighth of a column fine."""

_BAR_BLOCKS = " ▏▎▍▌▋▊▉█"


def draw_bar(share: float, cells: int) -> str:
    """A bar of `share` (0 to 1) of so many columns; nothing for 0, and never nothing for more."""
    eighths = max(round(share * cells * 8), 1 if share > 0 else 0)
    return "█" * (eighths // 8) + _BAR_BLOCKS[eighths % 8].strip()
