"""Fixtures: every test has its own home, archive and index, and cannot reach the real ones."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from shanxi_cli import paths
from shanxi_cli.cli.main import main
from tests.support import articles

# A shell makes its background processes ignore Ctrl-C, and the programs that tests start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="rewrite tests/snapshots")


@pytest.fixture(autouse=True)
def _isolated(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hide the articles, settings and caches of the user and the index of the checkout."""
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
    """The output of a command line and its exit status."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err


class Shanxi:
    """Run command lines in this process through `main`, with stdout a pipe."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Run:
        self._capsys.readouterr()
        status = main(arguments)
        out, err = self._capsys.readouterr()
        return Run(status, out, err)


@pytest.fixture
def shanxi(archive: Path, capsys: pytest.CaptureFixture[str]) -> Shanxi:
    """Run `shanxi("search", "coal")` over the six articles, already indexed."""
    run = Shanxi(capsys)
    assert run("index").status == 0
    return run
