"""Nothing outside the corpus is read, and nothing that anybody wrote is executed."""

import hashlib
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli.util.page_checksums import compute_page_checksums
from tests.attacks import hostile
from tests.attacks.lines import command_lines
from tests.cli.test_process import SHANXI, on_a_terminal
from tests.conftest import Shanxi
from tests.support.paths import PROJECT

WATCHED = """
import os, sys
seen = []
def hook(event, args):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(args[0], (str, bytes, os.PathLike)):
        path = os.fsdecode(args[0])
        if os.path.lexists(path):  # else relative to a folder that is open, which was seen
            seen.append(os.path.realpath(path))
    if event in ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "socket.connect"):
        seen.append(f"{event} {args!r}")
sys.addaudithook(hook)
import json
from shanxi_cli.cli.main import main
for line in json.load(open(sys.argv[1])):
    main(line)
sys.stdout.flush()
open(sys.argv[2], "w").write("\\n".join(sorted(set(seen))))
"""
"""A child that says which files and folders it has opened, and what it has started, while it ran command lines."""

CANARY = "canarybird"


@pytest.fixture
def attacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a hostile `corpus`, and `outside` of it a secret that it links to in every way."""
    (tmp_path / "outside").mkdir()
    secret = hostile.article({"title": f"Secret {CANARY}"}, f"The {CANARY} sings.")
    (tmp_path / "outside" / "secret.md").write_text(secret)
    hostile.readable(tmp_path / "corpus")
    hostile.files_that_are_none(tmp_path / "corpus", tmp_path / "outside")
    monkeypatch.setenv("SHANXI_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("SHANXI_INDEX", str(tmp_path / "index"))
    return tmp_path


def test_no_outside_read_and_no_process_start(attacked: Path) -> None:
    ids = ["hostile-osc", "../outside/secret", "/etc/passwd", "link-to-file", str(attacked / "outside" / "secret")]
    (attacked / "list").write_text(f"{CANARY}\n/etc/passwd\n")
    lines = [["index"], *command_lines([CANARY], ids, attacked / "list"), ["index", "--rebuild"]]
    (attacked / "lines").write_text(json.dumps(lines))
    project = PROJECT
    done = subprocess.run(
        [sys.executable, "-P", "-c", WATCHED, str(attacked / "lines"), str(attacked / "opened")],
        env={**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        cwd=attacked,
        timeout=120,
        check=True,
    )
    assert f"The {CANARY}".encode() not in done.stdout + done.stderr
    opened = (attacked / "opened").read_text().splitlines()
    allowed = ("corpus", "index", "list", "lines", "opened")
    inside = [os.path.realpath(attacked / name) for name in allowed]
    opened = [path for path in opened if path != str(attacked)]  # the folder of both, to be sure of its entries
    inside += [str(project), sys.prefix, sys.base_prefix, os.environ["HOME"], "/dev/null"]
    assert len(opened) > 20
    beside = os.path.realpath(attacked)  # waited for until the disk knows of the index in it
    assert [path for path in opened if path != beside and not path.startswith(tuple(inside))] == []


def test_secret_is_findable_in_principle(attacked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Shanxi(capsys)
    assert run("search", CANARY).status == 1
    os.link(attacked / "outside" / "secret.md", attacked / "corpus" / "copied.md")
    assert CANARY in run("search", CANARY).out


@pytest.mark.parametrize("name", ["PAGER", "SHANXI_PAGER"])
@pytest.mark.parametrize(
    "command", ["cat; touch x", "cat && touch x", "$(touch x)", "`touch x`", "cat | tee x", "cat >x"]
)
def test_pager_runs_without_shell(archive: Path, tmp_path: Path, name: str, command: str) -> None:
    project = str(PROJECT)
    environment = {**os.environ, name: command, "PYTHONPATH": project, "HOME": str(tmp_path)}
    before = sorted(os.listdir(tmp_path))
    os.chdir(tmp_path)
    status, shown = on_a_terminal(environment, "show", "coal-town", "mine-safety", "old-walls", lines=5)
    assert status == 0
    assert "touch x" not in shown.replace(command, "")
    assert [each for each in sorted(os.listdir(tmp_path)) if each not in before] == [".local", "index"]  # state


# Pickles


class Planted:
    """What makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.folder),)


def plant(index: Path, made: Path) -> Path:
    """Puts such a pickle into the current generation, with every size and checksum put right; the file of it."""
    named = json.loads((index / "CURRENT").read_text())
    folder: Path = index / named["generation"]
    [toc] = folder.glob("*.toc")
    data = toc.read_bytes()
    at = data.rindex(b"\0\0\0\0\x80") + 4
    toc.write_bytes(data[:at] + pickle.dumps(Planted(made), 2))
    manifest = folder / "MANIFEST.json"
    written = json.loads(manifest.read_text())
    for entry in written["files"]:
        if entry[0] == toc.name:
            found = toc.stat()
            with toc.open("rb") as file:
                pages = compute_page_checksums(file)
            entry[1:] = [found.st_size, hashlib.sha256(toc.read_bytes()).hexdigest(), found.st_mtime_ns, pages]
    manifest.write_text(json.dumps(written))
    named["manifest"] = hashlib.sha256(manifest.read_bytes()).hexdigest()
    (index / "CURRENT").write_text(json.dumps(named))
    return toc


def loosen(path: Path) -> None:
    path.chmod(path.stat().st_mode | 0o020)


def give_away(path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give a file to somebody else")
    os.chown(path, 12_345, -1)


UNSAFE: dict[str, Callable[[Path], None]] = {
    "group may write it": loosen,
    "all may write it": lambda path: path.chmod(path.stat().st_mode | 0o002),
    "group may write its folder": lambda path: loosen(path.parent),
    "group may write the manifest": lambda path: loosen(path.parent / "MANIFEST.json"),
    "it is somebody else's": give_away,
    "its folder is somebody else's": lambda path: give_away(path.parent),
}


COMMANDS = [["search", "coal", "-l"], ["status"], ["index"], ["--complete", "bash", "shanxi show m", "m"]]


@pytest.mark.parametrize("unsafe", UNSAFE)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_planted_pickle_is_never_loaded(
    shanxi: Shanxi, archive: Path, tmp_path: Path, unsafe: str, command: list[str]
) -> None:
    UNSAFE[unsafe](plant(archive.parent / "index", tmp_path / "executed"))
    run = shanxi(*command)
    assert run.status == 0
    assert not (tmp_path / "executed").exists()
    if command[0] == "search":
        assert run.out.split() == ["coal-town-plants-trees", "mine-safety-rules", "taiyuan-paper-in-chinese"]
        assert re.search(r"in the index (?:is writable by other users|belongs to another user)", run.err)


def test_own_pickle_would_be_loaded(archive: Path, tmp_path: Path, shanxi: Shanxi) -> None:
    plant(archive.parent / "index", tmp_path / "executed")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    subprocess.run([*SHANXI, "search", "coal"], env=environment, capture_output=True, check=False)
    assert (tmp_path / "executed").exists()
