"""Opening a file of the corpus: nothing outside is read, whatever replaces it, and failures are `ArticleError`s."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.corpus.reader import load_article
from shanxi_cli.corpus.scanner import SourceFile, iterate_sources, open_source
from shanxi_cli.errors import ArticleError
from shanxi_cli.indexing.change_detection import file_checksum

OUTSIDE = "---\ntitle: Private diary\n---\n\nNobody may read it.\n"
INSIDE = "---\ntitle: Weaving mill\n---\n\nThe mill runs again.\n"


@pytest.fixture
def source(tmp_path: Path) -> SourceFile:
    """The only file of a corpus, as it was listed; beside the corpus there is a folder like it."""
    for folder, text in (("corpus/news/may", INSIDE), ("outside/news/may", OUTSIDE)):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "mill.md").write_text(text)
    [listed] = iterate_sources(str(tmp_path / "corpus"))
    return listed


def replace_by_link(path: Path) -> None:
    """Put a link to the same place outside where a file or folder was."""
    corpus = next(parent for parent in path.parents if parent.name == "corpus")
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(corpus.parent / "outside" / path.relative_to(corpus))


PLACES = ["news/may/mill.md", "news/may", "news"]


@pytest.mark.parametrize("place", PLACES)
def test_link_that_replaced_a_listed_path_is_not_read(source: SourceFile, place: str) -> None:
    replace_by_link(Path(source.root) / place)
    with pytest.raises(ArticleError, match="a link to a file outside the corpus"):
        load_article(source)
    assert file_checksum(source) == ""


@pytest.mark.parametrize("moment", range(1, 12))
@pytest.mark.parametrize("place", PLACES)
def test_link_swapped_in_between_two_calls_is_not_read(
    source: SourceFile, place: str, moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each call of the system in turn, the path becomes a link."""
    calls = 0

    def swapping(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == moment:
                replace_by_link(Path(source.root) / place)
            return function(*arguments, **options)

        return called

    with monkeypatch.context() as patched:
        for name in ("open", "stat", "fstat", "lstat"):
            patched.setattr(os, name, swapping(getattr(os, name)))
        try:
            article = load_article(source)[0]
        except ArticleError:
            return
    assert article.title == "Weaving mill"


@pytest.mark.parametrize("name", ["open", "stat", "fstat", "fdopen"])
def test_refusal_by_the_system_is_an_article_error(
    source: SourceFile, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any, **options: Any) -> Any:
        raise OSError(5, "Input/output error")

    before = len(os.listdir("/dev/fd"))
    with monkeypatch.context() as patched:
        patched.setattr(os, name, fail)
        with pytest.raises(ArticleError, match="cannot be read: Input/output error"):
            load_article(source)
    if name != "fdopen":
        assert len(os.listdir("/dev/fd")) == before


def test_listing_does_not_enter_a_folder_that_became_a_link(
    source: SourceFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_open = os.open
    swapped: list[str] = []

    def swapping(path: str, *rest: Any, **options: Any) -> int:
        if str(path).endswith("news") and not swapped:
            swapped.append(path)
            replace_by_link(Path(path))
        return really_open(path, *rest, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", swapping)
        listed = [found.path for found in iterate_sources(source.root)]
    assert listed == ["news/"]


def test_link_within_the_corpus_is_followed(source: SourceFile) -> None:
    (Path(source.root) / "copy.md").symlink_to("news/may/mill.md")
    [linked, _] = iterate_sources(source.root)
    assert load_article(linked)[0].title == "Weaving mill"


def test_linked_folder_within_the_corpus_is_followed_until_it_leads_out(source: SourceFile, tmp_path: Path) -> None:
    root = Path(source.root)
    shutil.move(root / "news", root / ".hidden")
    (root / "news").symlink_to(".hidden")
    [linked] = iterate_sources(source.root)
    assert linked.path == "news/may/mill.md"
    assert load_article(linked)[0].title == "Weaving mill"
    (root / "news").unlink()
    (root / "news").symlink_to(tmp_path / "outside" / "news")
    with pytest.raises(ArticleError, match="a link to a file outside the corpus"):
        load_article(linked)
    assert [found.path for found in iterate_sources(source.root)] == ["news/"]


def test_pipe_that_replaced_a_file_does_not_block(source: SourceFile) -> None:
    Path(source.full).unlink()
    os.mkfifo(source.full)
    with pytest.raises(OSError, match="not a regular file"):
        open_source(source)
    assert file_checksum(source) == ""
