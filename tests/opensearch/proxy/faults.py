"""What goes wrong between a client and a node."""

import json
import threading
from collections.abc import Callable
from typing import Any

from tests.opensearch.proxy.server import Answer, Dropped, Exchange, Fault

_JSON = {"Content-Type": "application/json; charset=UTF-8"}


def delayed(seconds: float) -> Fault:
    """Answer rightly, `seconds` later."""

    def fault(exchange: Exchange) -> None:
        exchange.wait(seconds)
        exchange.send(exchange.forward())

    return fault


def answered(status: int, body: object, headers: dict[str, str] | None = None) -> Fault:
    """Answer with a status and a body, JSON unless it is bytes, without asking the node."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda exchange: exchange.send(Answer(status, {**_JSON, **(headers or {})}, content))


def refused_by_load() -> Fault:
    """Answer 429 as a node does whose queue of searches or writes is full."""
    reason = {"type": "rejected_execution_exception", "reason": "rejected execution of task on queue"}
    return answered(429, {"error": {"root_cause": [reason], **reason}, "status": 429})


def no_manager() -> Fault:
    """Answer 503 as a node does that has no cluster manager."""
    reason = {"type": "cluster_manager_not_discovered_exception", "reason": None}
    return answered(503, {"error": {"root_cause": [reason], **reason}, "status": 503})


def no_json(status: int = 200) -> Fault:
    """Answer with a page, as a portal of a network or another server does."""
    return answered(status, b"<html><title>Please log in</title></html>", {"Content-Type": "text/html"})


def cut_short(exchange: Exchange) -> None:
    """Send half of the answer and close the connection."""
    answer = exchange.forward()
    exchange.send(answer._replace(body=answer.body[: len(answer.body) // 2]), length=len(answer.body))
    raise Dropped


def dropped(exchange: Exchange) -> None:
    """Close the connection without asking the node."""
    raise Dropped


def answer_lost(exchange: Exchange) -> None:
    """Let the node do what was asked, and close the connection instead of answering."""
    exchange.forward()
    raise Dropped


def silent(exchange: Exchange) -> None:
    """Keep the connection open and never answer."""
    exchange.wait(3600.0)


def changed(edit: Callable[[Any], object]) -> Fault:
    """Answer with the node's JSON after `edit` changed it in place."""

    def fault(exchange: Exchange) -> None:
        answer = exchange.forward(plain=True)
        value = json.loads(answer.body)
        edit(value)
        exchange.send(answer._replace(body=json.dumps(value).encode()))

    return fault


def timed_out() -> Fault:
    """Answer a search with what was found until a time limit of the cluster ended it."""
    return changed(lambda value: _in_each_response(value, lambda one: one.update(timed_out=True)))


def shards_failed() -> Fault:
    """Answer a search without the matches of one shard."""
    failure = {"shard": 0, "reason": {"type": "node_not_connected_exception", "reason": "node not connected"}}

    def edit(one: dict[str, Any]) -> None:
        shards = one.setdefault("_shards", {"total": 2, "successful": 2, "skipped": 0})
        shards.update(failed=1, successful=shards["total"] - 1, failures=[failure])

    return changed(lambda value: _in_each_response(value, edit))


def _in_each_response(value: Any, edit: Callable[[dict[str, Any]], None]) -> None:
    """Edit an answer of `_search`, or each answer in one of `_msearch`."""
    for one in value.get("responses", [value]):
        edit(one)


def other_version(number: str, distribution: str = "opensearch") -> Fault:
    """Answer `GET /` as a cluster of another version or product does; an empty distribution is left out."""

    def edit(value: dict[str, Any]) -> None:
        version = value["version"]
        version["number"] = number
        if distribution:
            version["distribution"] = distribution
        else:
            version.pop("distribution", None)

    return changed(edit)


class Hold:
    """Keep requests back until the test lets them go: `reached` is set when the first is there.

    With `after`, the node has done what was asked, and its answer is kept back. `answered` is set when the node has
    answered, whether the client still listens or not.
    """

    def __init__(self, *, after: bool = False) -> None:
        self.reached = threading.Event()
        self.released = threading.Event()
        self.answered = threading.Event()
        self._after = after

    def __call__(self, exchange: Exchange) -> None:
        answer = exchange.forward() if self._after else None
        self.reached.set()
        while not self.released.is_set():
            exchange.wait(0.02)
        try:
            exchange.send(answer or exchange.forward())
        finally:
            self.answered.set()
