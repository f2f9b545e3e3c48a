"""Bulk writer: documents to a cluster in requests of limited size, several under way at a time.

Memory is bounded: a request that is full waits until one of those under way has been answered. A cluster that is
overloaded refuses a request, or single documents of it (429); those are sent again, after pauses that grow. Every
document has an id, so that one sent twice is written once.
"""

import json
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.http.failures import ClusterRefusal
from shanxi_cli.errors import EngineError
from shanxi_cli.util.frozen_record import NamedTuple
from shanxi_cli.util.sanitize import sanitize_line

MAX_REQUEST_BYTES = 4_000_000
"""Size from which a request is sent; one with a single large document may be larger."""
PATIENCE_SECONDS = 180.0
"""Time for a request, repetitions included, before an overloaded cluster is given up."""
_REQUESTS_UNDER_WAY = 2
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_OVERLOADED = (429, 503)
_DONE = range(200, 300)
_MISSING = 404
"""Status of the deletion of a document that does not exist."""

pause = time.sleep
"""Waits before a repetition; tests replace it."""


class BulkAction(NamedTuple):
    """A document to write (`source` is its JSON) or, without `source`, to delete. `name` is for messages."""

    id: str
    source: bytes
    name: str

    def encode(self) -> bytes:
        """Return the lines of a bulk request."""
        kind = "index" if self.source else "delete"
        head = encode_source({kind: {"_id": self.id}})
        return b"%b\n%b\n" % (head, self.source) if self.source else head + b"\n"


def encode_source(document: Any) -> bytes:
    """Return a document as JSON; surrogates, which are no characters, as question marks."""
    return _ENCODE(document).encode("utf-8", "replace")


class BulkWriter:
    """Writes documents to the index behind an alias. Use it with `open_bulk_writer`."""

    def __init__(self, client: ClusterClient, alias: str, pool: ThreadPoolExecutor) -> None:
        self._client = client
        self._path = f"/{alias}/_bulk?require_alias=true&filter_path=errors,items.*.status,items.*.error"
        self._pool = pool
        self._waiting: list[BulkAction] = []
        self._size = 0
        self._under_way: list[Future[None]] = []

    def index(self, id_: str, document: Any, name: str) -> None:
        """Write a document in place of the one with that id."""
        self._add(BulkAction(id_, encode_source(document), name))

    def delete(self, id_: str, name: str) -> None:
        """Delete a document, which need not exist."""
        self._add(BulkAction(id_, b"", name))

    def flush(self) -> None:
        """Send what is left, and wait until everything is written."""
        self._send()
        self._wait(0)

    def _add(self, action: BulkAction) -> None:
        size = len(action.source) + len(action.id) + 32
        if self._waiting and self._size + size > MAX_REQUEST_BYTES:
            self._send()
        self._waiting.append(action)
        self._size += size

    def _send(self) -> None:
        if not self._waiting:
            return
        self._wait(_REQUESTS_UNDER_WAY - 1)
        actions, self._waiting, self._size = self._waiting, [], 0
        self._under_way.append(self._pool.submit(_write_actions, self._client, self._path, actions))

    def _wait(self, at_most: int) -> None:
        """Wait until at most so many requests are under way; raise the error of one that failed."""
        while len(self._under_way) > at_most:
            self._under_way.pop(0).result()


@contextmanager
def open_bulk_writer(client: ClusterClient, alias: str) -> Iterator[BulkWriter]:
    """Yield a writer; at the end of the block everything is written. Raise `EngineError` if the cluster refuses it."""
    pool = ThreadPoolExecutor(_REQUESTS_UNDER_WAY)
    try:
        writer = BulkWriter(client, alias, pool)
        yield writer
        writer.flush()
    finally:
        pool.shutdown(cancel_futures=True)


def _write_actions(client: ClusterClient, path: str, actions: Sequence[BulkAction]) -> None:
    """Write documents in one request, and those that were refused for lack of room in further ones."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    wait = _FIRST_PAUSE
    while actions:
        refused = _refused_actions(client, path, actions, deadline)
        if len(refused) < len(actions):
            wait = _FIRST_PAUSE  # some were written: the cluster keeps up
        elif time.monotonic() > deadline:
            raise EngineError(
                f"the cluster was too busy to write {refused[0].name} for {PATIENCE_SECONDS:g} s; "
                "give it more memory, or try again later"
            )
        if actions := refused:
            pause(random.uniform(wait / 2, wait))  # noqa: S311  # jitter, no secret
            wait = min(2 * wait, _LONGEST_PAUSE)


def _refused_actions(
    client: ClusterClient, path: str, actions: Sequence[BulkAction], deadline: float
) -> Sequence[BulkAction]:
    """Send one request; return the actions that must be sent again. Raise `EngineError` for one that cannot succeed."""
    body = b"".join(action.encode() for action in actions)
    try:
        seconds = max(deadline - time.monotonic(), 1.0)
        answer = client.request("POST", path, body, deadline=seconds)
    except ClusterRefusal as error:
        if error.status == 413 and len(actions) > 1:
            half = len(actions) // 2
            return [
                *_refused_actions(client, path, actions[:half], deadline),
                *_refused_actions(client, path, actions[half:], deadline),
            ]
        if error.status in (413, 429) and len(actions) == 1:
            size = f"{len(body) / 1e6:,.0f} MB"
            raise EngineError(f"the cluster does not take {actions[0].name} ({size}): {error}") from error
        raise
    if not answer["errors"]:
        return ()
    return [action for action, item in zip(actions, answer["items"], strict=True) if _is_refused(action, item)]


def _is_refused(action: BulkAction, item: dict[str, Any]) -> bool:
    """Return True if an action must be sent again. Raise `EngineError` if it failed for another reason."""
    [result] = item.values()
    status = result["status"]
    if status in _DONE or (status == _MISSING and not action.source and "error" not in result):
        return False
    error = result.get("error", {})
    if status in _OVERLOADED and error.get("type") != "cluster_block_exception":
        return True
    cause = error.get("caused_by", error)
    reason = sanitize_line(" ".join(str(cause.get("reason", "")).split()))[:300]
    raise EngineError(f"the cluster does not take {action.name} ({status}): {reason}")
