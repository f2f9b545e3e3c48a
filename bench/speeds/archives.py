"""Archives to measure on: the shipped articles, or generated ones of any size, with the words of the queries."""

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
    """Words of the queries. `beginning` has four letters; `misspelt` is one edit from a word of the archive."""

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
        """A second, empty folder of articles, to which one is added without touching `folder`."""
        return self.place / "extra"

    def sources(self) -> list[SourceFile]:
        """Return the files of all articles."""
        return [*iterate_sources(str(self.folder)), *iterate_sources(str(self.extra))]

    def text_size(self) -> int:
        """Return the size of all articles, in bytes."""
        return sum(source.size for source in self.sources())


def archive(size: int, work: Path) -> Archive:
    """Return the archive of `size` articles, generated in `work/SIZE/articles` unless it exists.

    The number of the shipped articles means those.
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
    """Return (file name, text) of an article that is in no archive."""
    _, text = next(articles(1, SEED + 1))
    return "999999-one-more.md", text


def _of_made() -> Words:
    """Return words of known frequency: the vocabulary of `make_archive` is sorted by rank."""
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
