"""The file of `@N`: one that is not as we write it counts as none."""

import os
from pathlib import Path

import pytest

from shanxi_cli.cli import history
from tests.conftest import Shanxi

DAMAGED = {
    "empty": b"",
    "not JSON": b"{",
    "not UTF-8": b"\xff\xfe\x00",
    "a list": b'["a"]',
    "a number": b"1" * 5000,
    "a word as rank": b'{"x": "y"}',
    "digits of another script": '{"\u0661": "y"}'.encode(),
    "a list as id": b'{"1": ["a"]}',
    "null as id": b'{"1": null}',
    "too many digits": b'{"' + b"9" * 5000 + b'": "a"}',
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"1":' * 100_000,
}


@pytest.fixture
def file(shanxi: Shanxi) -> Path:
    """The path of the hits of this terminal, in a folder that exists."""
    path = history._history_path()
    path.parent.mkdir(parents=True)
    return path


@pytest.mark.parametrize("content", DAMAGED.values(), ids=list(DAMAGED))
def test_damaged_file_counts_as_none(shanxi: Shanxi, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    for command in ("show", "cite", "similar"):
        run = shanxi(command, "@1")
        assert (run.status, run.out) == (1, "")
        assert run.err == "shanxi: there is no hit @1: no search was shown on this terminal\n"


def test_what_is_no_regular_file_counts_as_none(shanxi: Shanxi, file: Path) -> None:
    os.mkfifo(file)
    assert shanxi("show", "@1").status == 1
    file.unlink()
    file.mkdir()
    assert shanxi("show", "@1").status == 1
    file.rmdir()
    file.symlink_to("/dev/zero")
    assert shanxi("show", "@1").status == 1


def test_huge_file_counts_as_none(shanxi: Shanxi, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history.save_shown_hits({1: "mine-safety-rules"})
    assert shanxi("show", "@1").status == 0
    monkeypatch.setattr(history, "_MAX_BYTES", 10)
    assert shanxi("show", "@1").status == 1
