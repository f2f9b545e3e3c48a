"""Every test has a home, an archive and an index of its own; the real ones are out of reach."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from shanxi_cli import paths
from shanxi_cli.cli.main import main
from tests.support import articles

# A shell has what it starts in the background ignore Ctrl-C, and every program started by it would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write tests/snapshots anew")


@pytest.fixture(autouse=True)
def _apart(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees the reader's own articles, settings or caches, nor the index of the checkout."""
    home = tmp_path_factory.mktemp("home")
    for name in [n for n in os.environ if n.startswith(("SHANXI_", "XDG_"))]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "PAGER", "COLUMNS", "LINES", "LESS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    real = paths._PACKAGE_FOLDER.parent / "index"
    before = sorted(os.listdir(real)) if real.is_dir() else []
    yield
    after = sorted(os.listdir(real)) if real.is_dir() else []
    assert after == before, "a test has touched the real index"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with the six articles."""
    return articles.write(tmp_path / "corpus")


@pytest.fixture
def archive(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The six articles as the archive of every command in this test; its index is beside them."""
    monkeypatch.setenv("SHANXI_CORPUS", str(corpus))
    monkeypatch.setenv("SHANXI_INDEX", str(tmp_path / "index"))
    return corpus


class Run:
    """What a command line printed, and its exit status."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err


class Shanxi:
    """Runs a command line in this process, as `main` does for a real one, with stdout a pipe."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Run:
        self._capsys.readouterr()
        status = main(arguments)
        out, err = self._capsys.readouterr()
        return Run(status, out, err)


@pytest.fixture
def shanxi(archive: Path, capsys: pytest.CaptureFixture[str]) -> Shanxi:
    """`shanxi("search", "coal")` over the six articles, whose index is built."""
    run = Shanxi(capsys)
    assert run("index").status == 0
    return run
