"""What all attacks share: both engines over the usual articles, and an archive of them whose index is built."""

from pathlib import Path

import pytest

from tests.attacks.asking import Engines, run
from tests.support import articles


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    """The usual articles behind both engines."""
    return Engines(tmp_path_factory.mktemp("engines"))


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `corpus` and `index`, which is built."""
    folder = tmp_path_factory.mktemp("attacked")
    articles.write(folder / "corpus", [*articles.FILES, *articles.MEASURED_FILES])
    assert run("index", *where(folder))[0] == 0
    return folder


def where(folder: Path) -> list[str]:
    """The options that name the archive of `place`."""
    return ["--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
