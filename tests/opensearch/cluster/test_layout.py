"""Without Java and Maven the reason is given; with them, sessions share one home folder."""

from pathlib import Path

import pytest

from tests.opensearch.cluster import layout


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole path of programs."""
    monkeypatch.setitem(layout.ENVIRONMENT, "PATH", str(tmp_path))
    return tmp_path


def install(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_both_programs_are_named_when_missing(programs: Path) -> None:
    assert layout.missing_programs() == "a cluster needs Java and Maven, and there is no java and no mvn"


def test_maven_is_named_when_missing(programs: Path) -> None:
    install(programs, "java", "exit 0")
    assert layout.missing_programs() == "a cluster needs Java and Maven, and there is no mvn"


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        ('openjdk version "17.0.15" 2025-04-15', ""),
        ('openjdk version "21" 2023-09-19', ""),
        ('java version "1.8.0_402"', "a cluster needs Java 17 to 23, and this is Java 1"),
        ('openjdk version "25.0.1" 2025-10-21', "a cluster needs Java 17 to 23, and this is Java 25"),
    ],
    ids=["17", "21", "8", "25"],
)
def test_the_version_of_java_counts(programs: Path, shown: str, reason: str) -> None:
    install(programs, "java", f"echo '{shown}' >&2")
    install(programs, "mvn", "exit 0")
    assert layout.missing_programs() == reason


def test_the_words_of_maven_are_shown_and_nothing_is_kept(programs: Path, tmp_path: Path) -> None:
    install(programs, "mvn", "echo 'Could not transfer artifact'; exit 1")
    cache = tmp_path / "cache"
    with pytest.raises(RuntimeError, match="Maven could not bring OpenSearch 2.19.6:\nCould not transfer artifact"):
        layout.home_folder(cache)
    assert [path.name for path in cache.iterdir()] == ["lock"]


def test_a_home_folder_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []

    def make(home: Path) -> None:
        made.append(home)
        home.mkdir()

    monkeypatch.setattr(layout, "_lay_out_beside", make)
    assert layout.home_folder(tmp_path) == layout.home_folder(tmp_path)
    assert made == [layout.home_folder(tmp_path)]
