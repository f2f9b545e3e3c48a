"""Times at which the articles of an archive were first seen, for `added:` and `--sort added`.

The time is taken when an update of an index adds the article, or else when somebody first asks. A machine knows nothing
of the time before its first index: all articles of that are as old as it.
"""

import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from shanxi_cli.errors import StateError
from shanxi_cli.state.files import FIRST_SEEN, archive_state_folder, load_table, lock_state, save_table

_FILE = "first-seen.json"
_WAIT = 10.0
"""Seconds to wait for another process that writes the times."""


def record_first_seen(roots: Sequence[str], ids: Collection[str]) -> None:
    """Remember the present as the time of the articles that have none yet.

    An update of an index does not fail because of this: state that cannot be read or written stays as it is, and
    whoever asks for it is told.
    """
    with suppress(StateError, OSError):
        load_first_seen(roots, ids)


def load_first_seen(roots: Sequence[str], ids: Collection[str]) -> Mapping[str, int]:
    """Return the times of these articles, and perhaps of others, in seconds since 1970; new ones are remembered.

    Raise `StateError` if the times cannot be read or written.
    """
    folder = archive_state_folder(roots)
    seen: dict[str, int] = load_table(folder / _FILE, FIRST_SEEN)
    if all(article_id in seen for article_id in ids):
        return seen
    with lock_state(folder, _WAIT):
        seen = load_table(folder / _FILE, FIRST_SEEN)
        now = int(time.time())
        seen = {**dict.fromkeys(ids, now), **seen}
        save_table(folder / _FILE, FIRST_SEEN, seen)
    return seen
