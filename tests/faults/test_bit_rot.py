"""A bit that the disk turns over in a large index is reported when it is read, wherever it is."""

import random
import runpy
from pathlib import Path

import pytest

from shanxi_cli.engines import open_backend
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing import snapshot
from shanxi_cli.indexing.builder import update_index
from shanxi_cli.util.page_checksums import PAGE_BYTES, PageVerifier
from tests.faults.bit_rot import Recording, flip_bits, flipped_bit, open_engine
from tests.support.paths import PROJECT

MAKE = runpy.run_path(str(PROJECT / "bench" / "make_archive.py"))
MEDIUM, FEW_FLIPS = 300, 150
LARGE, MANY_FLIPS = 20_000, 2_400


def build(folder: Path, number: int) -> Recording:
    """An index of generated articles, recorded."""
    for n, (name, text) in enumerate(MAKE["articles"](number, 7)):
        path = folder / "corpus" / f"{n // 1_000:03d}" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    update_index(folder / "index", (str(folder / "corpus"),), open_backend())
    return Recording(folder / "index")


@pytest.fixture(scope="module")
def medium(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "MAX_CHECKSUM_BYTES", 0)
        return build(tmp_path_factory.mktemp("medium"), MEDIUM)


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every index is opened as a large one: without comparing it whole."""
    monkeypatch.setattr(snapshot, "MAX_CHECKSUM_BYTES", 0)


def test_no_flip_is_silent(medium: Recording) -> None:
    counts = flip_bits(medium, FEW_FLIPS, 1)
    assert counts.silent == (), counts
    assert counts.reported > FEW_FLIPS * 0.8, counts


def test_flips_are_silent_without_page_checksums(medium: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    """The experiment sees what it looks for."""
    monkeypatch.setattr(PageVerifier, "verify", lambda *_: None)
    segment = max(medium.files(), key=lambda path: path.stat().st_size)
    silent = []
    for at in range(0, segment.stat().st_size, segment.stat().st_size // 60):
        with flipped_bit(segment, at, 0):
            silent += medium.compare((segment.name, at // PAGE_BYTES), random.Random(at))[2]
    assert silent


def test_every_page_of_every_file_is_covered(medium: Recording) -> None:
    """Every page that anything reads is compared: a flip in it is reported by each of its readers, or at opening."""
    for page, users in medium.users.items():
        path = medium.folder / page[0]
        at = min(page[1] * PAGE_BYTES + 5, path.stat().st_size - 1)
        with flipped_bit(path, at, 3):
            try:
                generation, engine = open_engine(medium.index)
            except IndexUnusable:
                continue
            for number in (users[0], users[-1]):
                with pytest.raises(IndexUnusable, match=f"{path.name} of the index is damaged"):
                    medium.all[number].read(engine, generation)
            engine.close()


@pytest.mark.faults
def test_no_flip_is_silent_in_an_index_of_20_000_articles(tmp_path: Path) -> None:
    """Takes about ten minutes."""
    counts = flip_bits(build(tmp_path, LARGE), MANY_FLIPS, 2)
    print(counts)
    assert counts.silent == ()
