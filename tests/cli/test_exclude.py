"""`--exclude PATTERN`: every command leaves out the same files, and no call changes another."""

from pathlib import Path

import pytest

from tests.conftest import Shanxi


@pytest.mark.parametrize("before", [True, False], ids=["before the command", "behind the command"])
def test_all_commands_leave_out_the_same(shanxi: Shanxi, *, before: bool) -> None:
    def run(*words: str) -> str:
        option = ["--exclude", "coal*"]
        return shanxi(*option, *words).out if before else shanxi(*words, *option).out

    assert "coal-town-plants-trees" in shanxi("list", "-l").out
    assert run("index").splitlines()[2:] == ["removed          1", "failed           0", "articles         5"]
    assert "coal-town-plants-trees" not in run("list", "-l").splitlines()
    assert "coal-town-plants-trees.md" in run("status")
    assert run("doctor").split()[:3] == ["ok", "corpus", "5"]
    assert "the corpus has changed" not in run("doctor")
    assert "coal-town-plants-trees" in shanxi("list", "-l").out


def test_one_index_follows_the_patterns(shanxi: Shanxi, tmp_path: Path) -> None:
    index = ["--index", str(tmp_path / "one")]
    assert shanxi("list", "-c", *index).out == "6\n"
    assert shanxi("list", "-c", *index, "--exclude", "coal*").out == "5\n"
    assert shanxi("list", "-c", *index, "--exclude", "coal*").err == ""
    assert shanxi("list", "-c", *index).out == "6\n"
