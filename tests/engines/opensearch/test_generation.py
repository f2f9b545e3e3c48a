"""Answers about a generation: one that lacks its parts is an error, never an answer without hits."""

from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.engines.opensearch import cluster_report
from shanxi_cli.engines.opensearch.building import discard_generation
from shanxi_cli.engines.opensearch.cluster_report import inspect_cluster
from shanxi_cli.engines.opensearch.descriptor import load_descriptor
from shanxi_cli.engines.opensearch.found import walk_numbers
from shanxi_cli.engines.opensearch.generation import GenerationIndex
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.pointer import POINTER_FILE
from shanxi_cli.errors import EngineError, IndexUnusable
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.util.dirfd import DirectoryHandle


class AnsweringClient(ClusterClient):
    """A client that gets one answer to everything."""

    def __init__(self, answer: Any) -> None:
        super().__init__(RemoteIndex(("http://127.0.0.1:1",), "press"))
        self.answer = answer

    def request(self, *arguments: Any, **options: Any) -> Any:
        return self.answer


WHOLE = {"timed_out": False, "_shards": {"total": 1, "successful": 1, "skipped": 0, "failed": 0}}


def test_no_hits() -> None:
    index = GenerationIndex(AnsweringClient(WHOLE), "press-gen-0123456789abcdef")
    assert list(walk_numbers(index, {"match_all": {}})) == []


def test_an_answer_without_shards_is_not_an_answer_without_hits() -> None:
    index = GenerationIndex(AnsweringClient({}), "press-gen-0123456789abcdef")
    with pytest.raises(EngineError, match="with something else"):
        list(walk_numbers(index, {"match_all": {}}))


@pytest.mark.parametrize("answer", [None, {}, ["press"], "press", 1])
def test_an_answer_that_is_no_descriptor(answer: Any) -> None:
    with pytest.raises(IndexUnusable, match="was not built by shanxi, or is incomplete"):
        load_descriptor(AnsweringClient(answer), "press")


@pytest.mark.parametrize("answer", [None, {"a": 1}, ["press"]])
def test_a_report_about_what_is_no_cluster(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_report, "ClusterClient", lambda *_: AnsweringClient(answer))
    with pytest.raises(EngineError, match="answers, but is no OpenSearch"):
        inspect_cluster(RemoteIndex(("http://127.0.0.1:1",), "press"), 1.0)


def test_a_generation_with_a_damaged_pointer_can_be_discarded(tmp_path: Path) -> None:
    (tmp_path / POINTER_FILE).write_text("{")
    discard_generation(AnsweringClient(None), DirectoryHandle(tmp_path))


@pytest.mark.parametrize(
    ("docs", "kind", "message"),
    [
        ([{"error": {"type": "index_not_found_exception"}}], IndexUnusable, "is gone from the cluster"),
        ([{"error": {"type": "no_shard_available", "reason": "shard\n7"}}], EngineError, r"\(shard 7\); try again"),
        ([], EngineError, r"\(0 of 1 answers\); try again"),
    ],
    ids=["index gone", "shard away", "no answer"],
)
def test_words_that_cannot_be_read(docs: list[Any], kind: type[Exception], message: str) -> None:
    index = GenerationIndex(AnsweringClient({"docs": docs}), "press-gen-0123456789abcdef")
    with pytest.raises(kind, match=message):
        index.words_by_id(["words coal"])
