"""The bulk writer: requests of limited size, and what happens to those that a cluster refuses. Without a cluster."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from shanxi_cli.engines.opensearch import bulk
from shanxi_cli.engines.opensearch.bulk import open_bulk_writer
from shanxi_cli.engines.opensearch.http.failures import ClusterRefusal
from shanxi_cli.errors import EngineError

Answer = Callable[[list[str]], dict[str, int]]
"""Given the ids of a request, the statuses that are not 201."""
BUSY = {"type": "rejected_execution_exception", "reason": "queue is full"}


class Client:
    """A cluster that answers requests one after the other, the last answer again and again."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[list[str]] = []

    def request(self, method: str, path: str, body: bytes, *, deadline: float) -> Any:
        ids = [next(iter(head.values()))["_id"] for line in body.splitlines() if "_id" in str(head := json.loads(line))]
        self.requests.append(ids)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        statuses = answer(ids)
        items = [{"index": {"status": statuses.get(each, 201), "error": BUSY}} for each in ids]
        return {"errors": bool(statuses), "items": items}


def all_written(ids: list[str]) -> dict[str, int]:
    return {}


def too_large(ids: list[str]) -> dict[str, int]:
    if len(ids) > 1:
        raise ClusterRefusal("too large", 413)
    return {}


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between repetitions, which are not made."""
    made: list[float] = []
    monkeypatch.setattr(bulk, "pause", made.append)
    return made


def written(client: Client, count: int, size: int = 1) -> list[list[str]]:
    with open_bulk_writer(client, "press-build") as writer:  # type: ignore[arg-type]
        for number in range(count):
            writer.index(f"{number}", {"text": "x" * size}, f"article {number}")
    return client.requests


def test_requests_have_a_limited_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MAX_REQUEST_BYTES", 1000)
    requests = written(Client(all_written), 10, size=400)
    assert sorted(int(each) for ids in requests for each in ids) == list(range(10))
    assert max(map(len, requests)) == 2


def test_document_larger_than_a_request_is_sent_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MAX_REQUEST_BYTES", 100)
    assert sorted(written(Client(all_written), 3, size=400)) == [["0"], ["1"], ["2"]]


def test_refused_documents_are_sent_again_after_a_pause(pauses: list[float]) -> None:
    client = Client(lambda ids: {"1": 429, "2": 503}, lambda ids: {"2": 429}, all_written)
    assert written(client, 4) == [["0", "1", "2", "3"], ["1", "2"], ["2"]]
    assert len(pauses) == 2
    assert all(0 < each < 1 for each in pauses)


def test_pauses_grow_while_nothing_is_written(pauses: list[float]) -> None:
    refused = [lambda ids: dict.fromkeys(ids, 429)] * 8
    written(Client(*refused, all_written), 1)
    assert pauses[-1] > 2 > 0.1 >= pauses[0]


def test_busy_cluster_is_given_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PATIENCE_SECONDS", 0.0)
    with pytest.raises(EngineError) as error:
        written(Client(lambda ids: dict.fromkeys(ids, 429)), 1)
    assert str(error.value) == (
        "the cluster was too busy to write article 0 for 0 s; give it more memory, or try again later"
    )


def test_refused_document_is_named() -> None:
    with pytest.raises(EngineError) as error:
        written(Client(lambda ids: {"1": 400}), 3)
    assert str(error.value) == "the cluster does not take article 1 (400): queue is full"


def test_request_that_is_too_large_is_halved() -> None:
    assert written(Client(too_large), 4) == [["0", "1", "2", "3"], ["0", "1"], ["0"], ["1"], ["2", "3"], ["2"], ["3"]]


def test_document_that_is_too_large_is_named_with_its_size() -> None:
    def refuse(ids: list[str]) -> dict[str, int]:
        raise ClusterRefusal("too large", 413)

    with pytest.raises(EngineError) as error:
        written(Client(refuse), 1, size=3_000_000)
    assert str(error.value) == "the cluster does not take article 0 (3 MB): too large"


def test_deletion_of_a_missing_document_is_no_error() -> None:
    client = Client(lambda ids: {"1": 404})
    client.request = lambda *args, **options: {"errors": True, "items": [{"delete": {"status": 404}}]}  # type: ignore[method-assign]
    with open_bulk_writer(client, "press-build") as writer:  # type: ignore[arg-type]
        writer.delete("1", "article 1")
