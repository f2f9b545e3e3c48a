import sys
from pathlib import Path

import platformdirs
import pytest

from shanxi_cli.util.user_folders import UserFolder, find_user_folder

PATHS = {
    UserFolder.CONFIG: platformdirs.user_config_path,
    UserFolder.DATA: platformdirs.user_data_path,
    UserFolder.CACHE: platformdirs.user_cache_path,
    UserFolder.STATE: platformdirs.user_state_path,
}
ids = [kind.name.lower() for kind in PATHS]


@pytest.mark.parametrize("kind", PATHS, ids=ids)
@pytest.mark.parametrize("named", [None, "", " ", "/srv/home of all"], ids=["unset", "empty", "blank", "absolute"])
def test_folders_are_those_of_platformdirs(
    kind: UserFolder, named: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable, _ = kind.value
    if named is None:
        monkeypatch.delenv(variable, raising=False)
    else:
        monkeypatch.setenv(variable, named)
    assert find_user_folder(kind) == PATHS[kind]("shanxi", appauthor=False)


@pytest.mark.parametrize("kind", PATHS, ids=ids)
def test_folders_of_other_systems_are_those_of_platformdirs(kind: UserFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert find_user_folder(kind) == PATHS[kind]("shanxi", appauthor=False)


@pytest.mark.skipif(sys.platform != "linux", reason="XDG is for Linux")
def test_folders_ignore_relative_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/liu")
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    assert find_user_folder(UserFolder.STATE) == Path("/home/liu/.local/state/shanxi")
