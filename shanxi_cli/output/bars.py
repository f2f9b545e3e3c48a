"""Bars of block characters, to an eighth of a column."""

_BAR_BLOCKS = " ▏▎▍▌▋▊▉█"


def draw_bar(share: float, cells: int) -> str:
    """Return a bar of `share` (0 to 1) of `cells` columns: empty for 0, at least an eighth of a column otherwise."""
    eighths = max(round(share * cells * 8), 1 if share > 0 else 0)
    return "█" * (eighths // 8) + _BAR_BLOCKS[eighths % 8].strip()
