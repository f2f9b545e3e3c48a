"""References to hits: `@3` is the third hit of the last search shown on this terminal.

The ids are kept in the user's state directory, one small file per terminal session. Only a search shown on a
terminal writes it; a file that cannot be written is no error, and one that is not as we write it counts as none.
"""

import json
import os
import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from stat import S_ISREG

from shanxi_cli.errors import NoSuchArticle
from shanxi_cli.util.user_folders import UserFolder, find_user_folder

_RANK = re.compile(r"[1-9][0-9]{0,8}")
HIT_REFERENCE = re.compile(r"@(\d{1,9})\Z", re.ASCII)
_MAX_SESSIONS = 50
"""Sessions whose hits are kept."""

_MAX_HITS = 10_000
_MAX_BYTES = 32_000_000
"""Size of a file of `_MAX_HITS` of the longest ids."""


def save_shown_hits(shown: Mapping[int, str]) -> None:
    """Save the id of the article at each rank."""
    try:
        path = _history_path()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}")
        kept = {str(rank): name for rank, name in islice(shown.items(), _MAX_HITS)}
        temporary.write_text(json.dumps(kept), encoding="utf-8")
        temporary.replace(path)
        sessions = sorted(path.parent.glob("*.json"), key=lambda session: session.stat().st_mtime, reverse=True)
        for old in sessions[_MAX_SESSIONS:]:
            old.unlink()
    except OSError:
        pass


def resolve_reference(name: str) -> str:
    """Return the id of the hit `@N`; any other name unchanged. `NoSuchArticle` when that hit was not shown."""
    reference = HIT_REFERENCE.match(name)
    if not reference:
        return name
    shown = _load_shown_hits()
    rank = str(int(reference[1]))
    if rank not in shown:
        hits = (
            f"the last search showed {_format_rank_range(shown)}" if shown else "no search was shown on this terminal"
        )
        raise NoSuchArticle(f"there is no hit {name}: {hits}")
    return shown[rank]


def _load_shown_hits() -> dict[str, str]:
    """Return the ids by rank; none if the file is missing, is no regular file, is too large or has another shape."""
    try:
        # Not blocking: opening a pipe would wait for a writer.
        with open(os.open(_history_path(), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            content = file.read(_MAX_BYTES + 1) if S_ISREG(os.fstat(file.fileno()).st_mode) else b""
        shown = json.loads(content) if len(content) <= _MAX_BYTES else None
    except (OSError, ValueError, RecursionError, MemoryError):
        return {}
    if not isinstance(shown, dict):
        return {}
    plain = all(_RANK.fullmatch(rank) and isinstance(name, str) for rank, name in shown.items())
    return shown if plain else {}


def _format_rank_range(shown: dict[str, str]) -> str:
    ranks = sorted(map(int, shown))
    return f"@{ranks[0]} to @{ranks[-1]}" if len(ranks) > 1 else f"@{ranks[0]}"


def _history_path() -> Path:
    # The session of a terminal outlives its commands and is the same on both sides of a pipe.
    return find_user_folder(UserFolder.STATE) / "sessions" / f"{os.getsid(0)}.json"
