"""Statuses: each is one line that says what to do; a busy cluster is tried again until the deadline."""

from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.cli.timeout import time_limit
from shanxi_cli.engines.opensearch.http.failures import ClusterRefusal, require_whole
from shanxi_cli.errors import EngineError, IndexUnusable, QueryTimeout, ShanxiError
from tests.opensearch.http.conftest import Clients, Nodes
from tests.opensearch.http.scripted_node import answer_bytes, answering, hanging, in_turn, sending


def failure(kind: str, reason: str, **more: Any) -> dict[str, Any]:
    return {"error": {"root_cause": [{"type": kind, "reason": reason}], "type": kind, "reason": reason, **more}}


FORBIDDEN = failure("security_exception", "no permissions for [indices:data/read/search]")
MISSING = failure("index_not_found_exception", "no such index [press]", index="press")
OVERLOADED = failure("circuit_breaking_exception", "[parent] Data too large")
DISK_FULL = failure(
    "cluster_block_exception",
    "index [press] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, "
    "index has read-only-allow-delete block];",
)
PARSING = failure(
    "parsing_exception", "unknown query [matc]", caused_by={"type": "x", "reason": "unknown field [matc]"}
)


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        pytest.param(
            401,
            b"Unauthorized",
            "refuses the user name and password or token (401); check auth, and what it names",
            id="401",
        ),
        pytest.param(
            403,
            FORBIDDEN,
            "does not allow this to the user of auth (403): no permissions for [indices:data/read/search]; "
            "see the rights in docs/opensearch.md",
            id="403",
        ),
        pytest.param(
            403,
            {"error": {"type": "cluster_block_exception", "reason": "blocked by: [FORBIDDEN/5/index read-only (api)]"}},
            "accepts no writes (403): blocked by: [FORBIDDEN/5/index read-only (api)]; have the block removed there",
            id="read-only",
        ),
        pytest.param(
            403,
            {
                "error": {
                    "type": "index_create_block_exception",
                    "reason": "blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];",
                }
            },
            "creates no index, because its disks are nearly full (403): blocked by: [FORBIDDEN/10/cluster "
            "create-index blocked (api)]; free space there",
            id="no new index",
        ),
        pytest.param(404, {"_id": "1", "found": False}, "answered with an error (404)", id="404"),
        pytest.param(413, b"", "refuses a request of this size (413); raise http.max_content_length there", id="413"),
        pytest.param(
            429,
            DISK_FULL,
            "accepts no writes, because its disk is nearly full (429): index [press] blocked by: "
            "[TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block]; "
            "free space there",
            id="disk over its watermark",
        ),
        pytest.param(400, PARSING, "answered with an error (400, parsing_exception): unknown field [matc]", id="400"),
        pytest.param(
            500, {"error": "wrong\nin\x1b[31m red"}, "answered with an error (500): wrong in red", id="error as text"
        ),
        pytest.param(400, {"error": "x" * 400}, "answered with an error (400): " + "x" * 299 + "…", id="long reason"),
    ],
)
def test_refusal(status: int, body: Any, message: str, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering(body, status))
    with pytest.raises(ClusterRefusal) as caught:
        client_of(node).request("GET", "/press/_search")
    assert str(caught.value) == f"the cluster at {node.url} {message}"
    assert caught.value.status == status


def test_missing_index_is_unusable(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering(MISSING, 404))
    with pytest.raises(IndexUnusable) as caught:
        client_of(node).request("GET", "/press/_search")
    assert str(caught.value) == f"the cluster at {node.url} has no index press; run shanxi index to build it"


@pytest.mark.parametrize(
    ("location", "told"),
    [
        pytest.param("https://elsewhere/x?token=1", " to https://elsewhere/x", id="address"),
        pytest.param("https://user:word@elsewhere/", "", id="with a password"),
    ],
)
def test_redirect_is_not_followed(location: str, told: str, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering(b"", 301, location=location))
    with pytest.raises(EngineError) as caught:
        client_of(node).request("GET", "/x")
    assert str(caught.value) == (
        f"the cluster at {node.url} redirects{told} (301), which is not followed; "
        "write the address of the cluster itself"
    )


def test_accepted_status_is_no_error(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering(MISSING, 404))
    assert client_of(node).request("GET", "/press", accept=(200, 404)) == MISSING


def test_kind_of_an_error_is_kept(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering(failure("version_conflict_engine_exception", "[1]: version conflict"), 409))
    with pytest.raises(ClusterRefusal) as caught:
        client_of(node).request("PUT", "/press-lease/_doc/1", {})
    assert (caught.value.status, caught.value.kind) == (409, "version_conflict_engine_exception")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_busy_cluster_is_tried_again(status: int, nodes: Nodes, client_of: Clients, pauses: list[float]) -> None:
    busy = answering(OVERLOADED, status)
    (node,) = nodes(in_turn(busy, busy, busy, answering({"n": 1})))
    assert client_of(node).request("GET", "/x") == {"n": 1}
    assert len(node.lines) == 4
    assert [low <= wait <= 2 * low for wait, low in zip(pauses, (0.1, 0.2, 0.4), strict=True)] == [True] * 3


def test_other_nodes_are_asked_while_one_is_not_available(
    nodes: Nodes, client_of: Clients, pauses: list[float]
) -> None:
    first, second = nodes(answering(OVERLOADED, 503), answering({"n": 1}))
    client = client_of(first, second)
    assert [client.request("GET", "/x"), client.request("GET", "/x")] == [{"n": 1}, {"n": 1}]
    assert (len(first.lines), len(second.lines)) == (1, 2)
    assert len(pauses) == 1


def test_wait_that_the_cluster_requests_is_kept(nodes: Nodes, client_of: Clients, pauses: list[float]) -> None:
    (node,) = nodes(in_turn(answering({}, 429, retry_after="7"), answering({"n": 1})))
    assert client_of(node).request("GET", "/x") == {"n": 1}
    assert pauses == [7.0]


def test_no_wait_goes_beyond_the_deadline(nodes: Nodes, client_of: Clients, pauses: list[float]) -> None:
    (node,) = nodes(answering(OVERLOADED, 429, retry_after="3600"))
    with pytest.raises(EngineError) as caught:
        client_of(node, timeout=60).request("GET", "/x")
    assert str(caught.value) == (
        f"the cluster at {node.url} is overloaded (429): [parent] Data too large; try again later"
    )
    assert caught.value.slow
    assert pauses == []


@pytest.mark.parametrize(("status", "times"), [(429, 2), (503, 1)])
def test_request_that_must_not_be_done_twice(
    status: int, times: int, nodes: Nodes, client_of: Clients, pauses: list[float]
) -> None:
    """A cluster that is overloaded has not begun; one that is not available may have."""
    (node,) = nodes(in_turn(answering(OVERLOADED, status), answering({}, 400)))
    with pytest.raises(ClusterRefusal):
        client_of(node).request("POST", "/x", idempotent=False)
    assert len(node.lines) == times


WHOLE = {"timed_out": False, "_shards": {"total": 2, "successful": 2, "skipped": 1, "failed": 0}, "hits": {}}
BROKEN = {"reason": {"type": "i_o_exception", "reason": "read past EOF"}}


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(WHOLE, id="search"),
        pytest.param({"responses": [WHOLE, WHOLE]}, id="several searches"),
        pytest.param({"found": True}, id="document"),
        pytest.param({"_shards": {"total": 6, "successful": 3, "failed": 0}}, id="refresh without replicas"),
        pytest.param(
            {"result": "created", "_shards": {"total": 2, "successful": 1, "failed": 0}}, id="document written"
        ),
    ],
)
def test_whole_answer(answer: dict[str, Any]) -> None:
    assert require_whole(answer) is answer


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            {"timed_out": True},
            "the cluster ran out of time and answered in part; narrow the query",
            id="timed out",
        ),
        pytest.param(
            {"_shards": {"total": 3, "successful": 2, "failed": 1, "failures": [BROKEN]}},
            "1 of 3 shards gave no answer (read past EOF); check the health of the cluster",
            id="failed shard",
        ),
        pytest.param(
            {"_shards": {"total": 3, "successful": 1, "failed": 0}},
            "2 of 3 shards gave no answer; check the health of the cluster",
            id="missing shards",
        ),
        pytest.param(
            {"terminated_early": True},
            "the cluster stopped before the end of a query and answered in part",
            id="terminated early",
        ),
        pytest.param(
            {**failure("search_phase_execution_exception", "all shards failed"), "status": 503},
            "the cluster failed on a query (search_phase_execution_exception): all shards failed",
            id="error",
        ),
    ],
)
@pytest.mark.parametrize("several", [False, True], ids=["search", "several searches"])
def test_partial_answer_is_an_error(change: dict[str, Any], message: str, several: bool) -> None:
    answer = {**WHOLE, **change}
    with pytest.raises(EngineError) as caught:
        require_whole({"responses": [WHOLE, answer]} if several else answer)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("auth", "value", "header"),
    [
        pytest.param("env:PRESS_AUTH", "reader:pässword", "Basic cmVhZGVyOnDDpHNzd29yZA==", id="password"),
        pytest.param("env:PRESS_AUTH", " Bearer abc.def\n", "Bearer abc.def", id="token"),
        pytest.param("env:PRESS_AUTH", "ApiKey a2V5", "ApiKey a2V5", id="key"),
        pytest.param("", "reader:password", None, id="none"),
    ],
)
def test_credentials_are_sent(
    auth: str, value: str, header: str | None, nodes: Nodes, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESS_AUTH", value)
    (node,) = nodes(answering({}))
    client_of(node, auth=auth).request("GET", "/x")
    assert node.seen[0].headers.get("authorization") == header


def test_command_is_run_again_when_its_token_has_expired(tmp_path: Path, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(in_turn(answering({"n": 1}), answering(b"", 401), answering({"n": 2})))
    client = client_of(node, auth=f"command:cat {tmp_path / 'token'}")
    (tmp_path / "token").write_text("Bearer old")
    client.request("GET", "/x")
    (tmp_path / "token").write_text("Bearer new")
    assert client.request("GET", "/x") == {"n": 2}
    assert [one.headers["authorization"] for one in node.seen] == ["Bearer old", "Bearer old", "Bearer new"]


def test_refused_token_is_not_sent_without_end(
    nodes: Nodes, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESS_AUTH", "reader:s3cret-word")
    (node,) = nodes(answering(failure("security_exception", "wrong"), 401))
    with pytest.raises(ShanxiError) as caught:
        client_of(node, auth="env:PRESS_AUTH").request("GET", "/x")
    assert len(node.lines) == 1
    assert "s3cret" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_request_is_interrupted_by_the_time_limit_of_a_query(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(in_turn(hanging, answering({"n": 2})))
    client = client_of(node)
    with pytest.raises(QueryTimeout), time_limit(0.05):
        client.request("PUT", "/x", {})
    assert client.request("GET", "/x") == {"n": 2}


def test_interrupted_request_leaves_no_connection_in_use(nodes: Nodes, client_of: Clients) -> None:
    """An answer that was not waited for must not be taken for that of the next request."""
    (node,) = nodes(in_turn(sending(answer_bytes({"n": 1})[:-3]), answering({"n": 2})))
    client = client_of(node)
    with pytest.raises(EngineError):
        client.request("GET", "/x", deadline=0.1)
    assert client.request("GET", "/x") == {"n": 2}
    assert node.connections >= 2


def test_credentials_are_read_again_once(nodes: Nodes, client_of: Clients, tmp_path: Path) -> None:
    """A command that prints another token each time would otherwise be run until the deadline."""
    runs = tmp_path / "runs"
    script = tmp_path / "token"
    script.write_text(f'#!/bin/sh\necho run >> "{runs}"\necho "Bearer $(wc -l < "{runs}" | tr -d " ")"\n')
    script.chmod(0o700)
    [node] = nodes(answering({}, status=401))
    with pytest.raises(ClusterRefusal, match="refuses the user name and password or token"):
        client_of(node, auth=f"command:{script}").request("GET", "/")
    assert runs.read_text() == "run\nrun\n"
