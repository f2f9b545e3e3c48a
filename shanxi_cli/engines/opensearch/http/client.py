"""Requests to a cluster of OpenSearch: JSON in and out, retried on the node that answers, within an overall deadline.

It uses sockets of the standard library (docs/adr/0040-cluster-client.md says why). It is safe for several threads and
for processes that are forked: each opens connections of its own.
"""

import json
import os
import time
from math import inf
from typing import Any

from shanxi_cli.engines.opensearch.http.addresses import NodeAddress
from shanxi_cli.engines.opensearch.http.credentials import Authorization, read_authorization
from shanxi_cli.engines.opensearch.http.failures import NodeFailure, is_disk_full, refusal
from shanxi_cli.engines.opensearch.http.messages import HttpAnswer, HttpRequest
from shanxi_cli.engines.opensearch.http.pool import ConnectionPool
from shanxi_cli.engines.opensearch.http.race import AllNodesFailed, Race
from shanxi_cli.engines.opensearch.http.steering import SIMPLE_PROBE, is_misdirected, is_steerable
from shanxi_cli.engines.opensearch.http.versions import ClusterVersion, parse_version, require_supported
from shanxi_cli.errors import EngineError
from shanxi_cli.model.remote_index import RemoteIndex

LARGEST_ANSWER = 256 << 20
"""Bytes of the largest answer that is read: more is an error of the cluster or of something in its place."""
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0
_BUSY = (429, 502, 503, 504)
_UNPROCESSED = (429,)
"""Statuses after which even a request that must not be sent twice may be sent again."""
_UNKNOWN_REQUEST = (400, 404, 405, 406)
_VERSION_SECONDS = 2.0
_LINES = ("_bulk", "_msearch")
_PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")

pause = time.sleep
"""Waits between two attempts; tests replace it."""


class ClusterClient:
    """A cluster, as `remote` names it. `timeout` is the time for a request in seconds, retries included; 0: no limit.

    The first request reads the credentials and opens a connection, not the constructor. Copies by `pickle` hold the
    settings alone. Raise `LocationError` for an address, a file of certificates or credentials that cannot be used.
    """

    def __init__(self, remote: RemoteIndex, timeout: float = 30.0) -> None:
        self.remote = remote
        self.timeout = timeout
        self._pool = ConnectionPool(remote)
        self._version: ClusterVersion | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return ClusterClient, (self.remote, self.timeout)

    def __repr__(self) -> str:
        return f"ClusterClient({self.remote!r}, {self.timeout!r})"

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        accept: tuple[int, ...] = (200, 201),
        deadline: float | None = None,
        idempotent: bool = True,
    ) -> Any:
        """Return the answer to a request, parsed from JSON, which is never None.

        `body` is written as JSON; bytes are sent as they are, of `_bulk` and `_msearch` as lines of JSON. `deadline` is
        the time for this request in seconds, retries included (0: no limit). A request that is not `idempotent` is not
        sent again once a node may have received it. Raise `EngineError`, for a status that is not in `accept` as a
        `ClusterRefusal`; `IndexUnusable` for an index that does not exist.
        """
        seconds = self.timeout if deadline is None else deadline
        request = _request(method, path, body, idempotent=idempotent)
        node, answer = self._perform(request, accept, seconds)
        return _parsed(node, answer)

    def exists(self, path: str) -> bool:
        """Return True if there is something at `path` (`HEAD`)."""
        _, answer = self._perform(HttpRequest("HEAD", _rooted(path)), (200, 404), self.timeout)
        return answer.status == 200

    def version(self) -> ClusterVersion:
        """Return the version of the cluster; one request for a client. Raise `EngineError` if it is not supported."""
        if self._version is None:
            node, answer = self._perform(SIMPLE_PROBE, (200,), self.timeout)
            self._version = require_supported(str(node), parse_version(_parsed(node, answer)))
        return self._version

    def close(self) -> None:
        """Close the connections. The client can be used again, and opens new ones."""
        self._pool.close()

    def _perform(self, request: HttpRequest, accept: tuple[int, ...], seconds: float) -> tuple[NodeAddress, HttpAnswer]:
        """Return an answer with a status of `accept`; repeat the request while the cluster is busy."""
        began = time.monotonic()
        end = began + seconds if seconds > 0 else inf
        authorization = read_authorization(self.remote.auth)
        wait = _FIRST_PAUSE
        steered_before = renewed_before = False
        while True:
            node, answer = self._send(request, authorization, end, seconds)
            steered = bool(self._pool.living) and is_steerable(request)
            if answer.status in accept and not (steered and is_misdirected(answer.body)):
                return node, answer
            if steered and not steered_before:
                steered_before = True  # the nodes that answer may lack a shard, and the hung one may be back
                self._pool.living = ()
                continue
            if answer.status == 401 and not renewed_before and (renewed := self._renewed(authorization)):
                renewed_before = True  # once: a command may print another token each time it is run
                authorization = renewed
                continue
            import random

            wait = min(wait * 2, _LONGEST_PAUSE)
            delay = max(random.uniform(wait / 2, wait), _retry_after(answer))  # noqa: S311  # jitter, no secret
            if not _worth_repeating(request, answer) or time.monotonic() + delay >= end:
                if answer.status in _UNKNOWN_REQUEST and self._version is None and not steered:
                    self._check_version(authorization, end, seconds)
                raise refusal(str(node), answer.status, answer.body, answer.headers.get("location", ""))
            if answer.status != 429:
                self._pool.distrust(node)
            pause(delay)

    def _send(
        self, request: HttpRequest, authorization: Authorization, end: float, seconds: float
    ) -> tuple[NodeAddress, HttpAnswer]:
        def head(node: NodeAddress, one: HttpRequest) -> bytes:
            return one.head(node.authority, authorization.reveal(), compressed=not node.loopback)

        try:
            return Race(self._pool, request, head, end, LARGEST_ANSWER).run()
        except AllNodesFailed as failure:
            raise _unanswered(failure, request, seconds) from None

    def _check_version(self, authorization: Authorization, end: float, seconds: float) -> None:
        """Raise `EngineError` if what did not understand a request is no cluster, or one of an unsupported version."""
        try:
            node, answer = self._send(
                SIMPLE_PROBE, authorization, min(end, time.monotonic() + _VERSION_SECONDS), seconds
            )
        except EngineError:
            return
        if answer.status == 200:
            self._version = require_supported(str(node), parse_version(_parsed(node, answer)))

    def _renewed(self, used: Authorization) -> Authorization | None:
        """Return the credentials read again, if others than those that were refused."""
        again = read_authorization(self.remote.auth, again=True)
        return None if again == used else again


def _request(method: str, path: str, body: Any, *, idempotent: bool) -> HttpRequest:
    path = _rooted(path)
    lines = path.partition("?")[0].endswith(_LINES)
    data = body if body is None or isinstance(body, bytes) else json.dumps(body, separators=(",", ":")).encode()
    return HttpRequest(method, path, data, "application/x-ndjson" if lines else "application/json", idempotent)


def _rooted(path: str) -> str:
    path = path if path.startswith("/") else f"/{path}"
    assert path.isascii() and path.isprintable() and " " not in path, "the path must be percent-encoded"
    return path


def _parsed(node: NodeAddress, answer: HttpAnswer) -> Any:
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError):
        value = None
    if value is None:
        what = "something other than JSON" if answer.body else "nothing"
        raise EngineError(f"the cluster at {node} answered with {what}; is this the address of OpenSearch?")
    return value


def _worth_repeating(request: HttpRequest, answer: HttpAnswer) -> bool:
    repeated = _BUSY if request.idempotent else _UNPROCESSED
    return answer.status in repeated and not is_disk_full(answer.body)


def _retry_after(answer: HttpAnswer) -> float:
    text = answer.headers.get("retry-after", "")
    return float(text) if text.isdecimal() and len(text) < 6 else 0.0


def _listed(names: list[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _unanswered(failure: AllNodesFailed, request: HttpRequest, seconds: float) -> EngineError:
    """Return the error for a request that no node answered."""
    by_reason: dict[str, list[str]] = {}
    for node, reason in failure.reasons.items():
        by_reason.setdefault(reason, []).append(str(node))
    told = ", ".join(f"{_listed(nodes)} {reason}" for reason, nodes in by_reason.items())
    if failure.late:
        told += f" ({seconds:g} s)"
    if failure.sent and not request.idempotent:
        advice = "the request may have been carried out"
    elif "; " in told or "DNS" in told:
        advice = ""
    elif failure.late:
        advice = "check the health of the cluster"
    else:
        advice = "check that the cluster runs and the address is right"
    proxy = next((name for name in _PROXY_VARIABLES if os.environ.get(name)), "")
    if proxy and not failure.late and not all(node.loopback for node in failure.reasons):
        advice += f"{' ' if advice else ''}({proxy} is not used for clusters)"
    what = "the cluster at" if len(failure.reasons) == 1 else "no node of the cluster answers:"
    error = EngineError(f"{what} {told}{'; ' if advice else ''}{advice}")
    error.slow = failure.late and advice.startswith("check")
    error.__cause__ = NodeFailure(told, sent=failure.sent)
    return error
