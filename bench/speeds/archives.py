"""The archives that are measured: the shipped articles, or made ones of any size, with the words to ask them for."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from make_archive import Maker, articles
from shanxi_cli.corpus.scanner import SourceFile, iterate_sources

BENCH = Path(__file__).parent.parent
SHIPPED = BENCH.parent / "corpus"
SHIPPED_SIZE = sum(1 for _ in iterate_sources(str(SHIPPED)))
SEED = 1
_LEAST_RARE = 2_000


class Words(NamedTuple):
    """What an archive is asked for. `beginning` has four letters; `misspelt` is one edit from a word of the archive."""

    rare: str
    common: str
    two: tuple[str, str]
    three: tuple[str, str, str]
    phrase: tuple[str, str]
    near: tuple[str, str]
    beginning: str
    misspelt: str
    years: tuple[int, int]
    millions: tuple[int, int]


class Archive(NamedTuple):
    """Articles to measure on. `place` is where indexes are kept."""

    size: int
    folder: Path
    place: Path
    words: Words

    @property
    def extra(self) -> Path:
        """A second folder of articles, without any: an article may be added without touching those of `folder`."""
        return self.place / "extra"

    def sources(self) -> list[SourceFile]:
        """The files of all articles."""
        return [*iterate_sources(str(self.folder)), *iterate_sources(str(self.extra))]

    def text_size(self) -> int:
        """The bytes of all files of articles."""
        return sum(source.size for source in self.sources())


def archive(size: int, work: Path) -> Archive:
    """The archive of so many articles, which is made when it is not there: `work/SIZE/articles`.

    The size of the shipped articles means those.
    """
    place = work / str(size)
    (place / "extra").mkdir(parents=True, exist_ok=True)
    if size == SHIPPED_SIZE:
        return Archive(size, SHIPPED, place, _OF_SHIPPED)
    folder = place / "articles"
    if not folder.exists():
        partly = place / "articles.new"
        shutil.rmtree(partly, ignore_errors=True)
        make = [sys.executable, str(BENCH / "make_archive.py"), str(size), str(partly), "--seed", str(SEED)]
        subprocess.run(make, check=True)
        partly.rename(folder)
    return Archive(size, folder, place, _of_made())


def one_more() -> tuple[str, str]:
    """(file name, text) of an article that is in no archive: a made one under another name."""
    _, text = next(articles(1, SEED + 1))
    return "999999-one-more.md", text


def _of_made() -> Words:
    """Words of frequencies that are known: the vocabulary of `make_archive` is in the order of its ranks."""
    ranks = {word: rank for rank, word in enumerate(Maker(SEED).vocabulary)}
    _, text = next(articles(1, SEED))
    said = {word.strip(".,").lower() for word in text.split("---\n", 2)[2].split()}
    rare = max((word for word in said if word in ranks and len(word) > 4), key=lambda word: ranks[word])
    assert ranks[rare] > _LEAST_RARE
    return Words(
        rare,
        "coal",
        ("coal", "water"),
        ("coal", "water", "railway"),
        ("more", "people"),
        ("city", "growth"),
        "chan",
        "tecnology",
        (2010, 2012),
        (100, 500),
    )


_OF_SHIPPED = Words(
    "photovoltaic",
    "Shanxi",
    ("province", "development"),
    ("coal", "solar", "tourism"),
    ("Shanxi", "province"),
    ("development", "zone"),
    "prov",
    "provinse",
    (2021, 2021),
    (100, 500),
)
