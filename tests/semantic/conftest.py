"""An archive about work and wine, and a model that knows that dismissed workers have lost their jobs."""

from pathlib import Path

import pytest

from tests.conftest import Shanxi
from tests.support.tiny_model import write_model

WORDS = {
    "jobs": (1.0, 0.0, 0.1),
    "losses": (0.9, 0.1, 0.0),
    "dismissed": (1.0, 0.1, 0.0),
    "workers": (0.8, 0.1, 0.2),
    "staff": (0.9, 0.0, 0.1),
    "wine": (0.0, 1.0, 0.0),
    "grapes": (0.1, 1.0, 0.0),
    "mill": (0.2, 0.0, 1.0),
}
ROWS = [
    ("mill-closes", "Mill closes", "2021-03-04", "Datong", "The mill dismissed its staff."),
    ("more-wine", "More wine", "2022-05-06", "Datong", "The grapes were good."),
    ("jobs-fair", "Jobs fair", "2023-07-08", "Taiyuan", "Jobs and wine, and grapes, and grapes."),
]


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The model, named by SHANXI_MODEL."""
    folder = write_model(tmp_path / "tiny", WORDS)
    monkeypatch.setenv("SHANXI_MODEL", str(folder))
    return folder


@pytest.fixture
def press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The articles as the archive of every command of the test; its index is beside them."""
    folder = tmp_path / "press"
    folder.mkdir()
    for name, title, date, place, body in ROWS:
        (folder / f"{name}.md").write_text(f"---\ntitle: {title}\ndate: {date}\nplaces: [{place}]\n---\n\n{body}\n")
    monkeypatch.setenv("SHANXI_CORPUS", str(folder))
    monkeypatch.setenv("SHANXI_INDEX", str(tmp_path / "index"))
    return folder


@pytest.fixture
def semantic(press: Path, model: Path, capsys: pytest.CaptureFixture[str]) -> Shanxi:
    """The commands over the archive, whose index has vectors."""
    run = Shanxi(capsys)
    assert run("index", "--semantic").status == 0
    return run
