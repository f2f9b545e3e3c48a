"""`@3`: the third hit of the last search shown on this terminal.

What a search showed is kept in the user's state folder, one small file a terminal session. Only a
search that is shown on a terminal writes it; where nothing can be written, nothing is said.
"""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from shanxi_cli.errors import NoSuchArticle

HIT_REFERENCE = re.compile(r"@(\d{1,9})\Z", re.ASCII)
_MAX_SESSIONS = 50
"""How many sessions are remembered."""


def save_shown_hits(shown: Mapping[int, str]) -> None:
    """Keeps which article, by its id, each rank meant."""
    try:
        path = _history_path()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps({str(rank): name for rank, name in shown.items()}), encoding="utf-8")
        beside.replace(path)
        sessions = sorted(path.parent.glob("*.json"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in sessions[_MAX_SESSIONS:]:
            old.unlink()
    except OSError:
        pass


def resolve_reference(name: str) -> str:
    """The id that `@N` stands for; any other name as it is. `NoSuchArticle` when that hit was not shown."""
    found = HIT_REFERENCE.match(name)
    if not found:
        return name
    try:
        shown = json.loads(_history_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        shown = {}
    if not isinstance(shown, dict):
        shown = {}
    rank = str(int(found[1]))
    if rank not in shown:
        what = f"its hits are {_format_rank_range(shown)}" if shown else "no search has been shown"
        raise NoSuchArticle(f"there is no {name} on this terminal: {what}")
    return str(shown[rank])


def _format_rank_range(shown: dict[str, str]) -> str:
    ranks = sorted(map(int, shown))
    return f"@{ranks[0]} to @{ranks[-1]}" if len(ranks) > 1 else f"@{ranks[0]} alone"


def _history_path() -> Path:
    from platformdirs import user_state_path  # only where there is something to remember

    # The session of a terminal outlives its commands and is the same on both sides of a pipe.
    return user_state_path("shanxi", appauthor=False) / "sessions" / f"{os.getsid(0)}.json"
