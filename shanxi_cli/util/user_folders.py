"""Folders of the user for settings, articles, caches and state, as `platformdirs` names them on each system.

On Linux they are those of the XDG Base Directory Specification, two lines that spare a search the 3 ms of the import.
"""

import os
import sys
from enum import Enum
from pathlib import Path


class UserFolder(Enum):
    """Kinds of folders -> the variable that names one, and the default below the home folder."""

    CONFIG = "XDG_CONFIG_HOME", ".config"
    DATA = "XDG_DATA_HOME", ".local/share"
    CACHE = "XDG_CACHE_HOME", ".cache"
    STATE = "XDG_STATE_HOME", ".local/state"


def find_user_folder(kind: UserFolder) -> Path:
    """Return the folder of shanxi of a kind; it need not exist. A variable with a relative path is ignored."""
    if sys.platform == "linux":
        variable, default = kind.value
        named = os.environ.get(variable, "")
        return Path(named if os.path.isabs(named) else os.path.expanduser(f"~/{default}"), "shanxi")
    import platformdirs

    folders = platformdirs.PlatformDirs("shanxi", appauthor=False)
    return {
        UserFolder.CONFIG: folders.user_config_path,
        UserFolder.DATA: folders.user_data_path,
        UserFolder.CACHE: folders.user_cache_path,
        UserFolder.STATE: folders.user_state_path,
    }[kind]
