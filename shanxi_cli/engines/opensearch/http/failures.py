"""Errors of a cluster as one line for the user: what happened, on which node, what to do next."""

import json
from typing import Any

from shanxi_cli.errors import EngineError, IndexUnusable
from shanxi_cli.util.sanitize import sanitize_line

_LONGEST_REASON = 300
_NO_NODE = b"no data nodes with criteri"
_SLOW = (429, 502, 503, 504)
"""Statuses of a cluster that may answer later."""


class ClusterRefusal(EngineError):
    """A cluster's answer that it will not do what was requested.

    `status` is that of HTTP, `kind` the type of the error (`version_conflict_engine_exception`), or empty.
    """

    def __init__(self, message: str, status: int, kind: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


class NodeFailure(Exception):
    """A node that gave no answer. `reason` continues a sentence about it: `refused the connection`.

    `sent` is true if the node may have received the request.
    """

    def __init__(self, reason: str, *, sent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sent = sent


def refusal(node: str, status: int, body: bytes, location: str = "") -> EngineError | IndexUnusable:
    """Return the error for an answer with a status that was not expected."""
    kind, reason, index = _cause(body)
    told = f": {reason}" if reason else ""
    match status:
        case _ if _NO_NODE in body:
            message = "has a node that does not answer, and its shards have no replica elsewhere; check its health"
        case 401:
            message = "refuses the user name and password or token (401); check auth, and what it names"
        case 403 if b"create-index blocked" in body:
            message = f"creates no index, because its disks are nearly full (403){told}; free space there"
        case 403 if kind == "cluster_block_exception":
            message = f"accepts no writes (403){told}; have the block removed there"
        case 403:
            message = f"does not allow this to the user of auth (403){told}; see the rights in docs/opensearch.md"
        case 404 if kind == "index_not_found_exception":
            return IndexUnusable(
                f"the cluster at {node} has no index {index or 'of this name'}; run shanxi index to build it"
            )
        case 413:
            message = "refuses a request of this size (413); raise http.max_content_length there"
        case 429 if is_disk_full(body):
            message = f"accepts no writes, because its disk is nearly full (429){told}; free space there"
        case 429:
            message = f"is overloaded (429){told}; try again later"
        case 502 | 503 | 504:
            message = f"is not available ({status}){told}; check its health"
        case _ if 300 <= status < 400:
            target = f" to {sanitize_line(location.split('?')[0])}" if location and "@" not in location else ""
            message = f"redirects{target} ({status}), which is not followed; write the address of the cluster itself"
        case _:
            message = f"answered with an error ({status}{', ' + kind if kind else ''}){told}"
    error = ClusterRefusal(f"the cluster at {node} {message}", status, kind)
    error.slow = status in _SLOW and not is_disk_full(body) and _NO_NODE not in body
    return error


def is_disk_full(body: bytes) -> bool:
    """Return True if the cluster refuses writes because of a watermark of its disks: waiting will not help."""
    return b"cluster_block_exception" in body and (b"flood-stage" in body or b"read-only-allow-delete" in body)


def require_whole(answer: Any) -> Any:
    """Return `answer`, of a search or a multi-search. Raise `EngineError` if it is incomplete or failed in part."""
    for one in answer.get("responses", [answer]):
        if "error" in one:
            kind, reason, _ = _cause(one)
            raise ClusterRefusal(f"the cluster failed on a query ({kind}): {reason}", int(one.get("status", 0)), kind)
        if one.get("timed_out"):
            late = EngineError("the cluster ran out of time and answered in part; narrow the query")
            late.slow = True
            raise late
        shards = one.get("_shards", {})
        missing = shards.get("successful", 0) < shards.get("total", 0)
        if shards.get("failed") or (missing and not _counts_copies(one)):
            raise EngineError(_shards_message(shards))
        if one.get("terminated_early"):
            raise EngineError("the cluster stopped before the end of a query and answered in part")
    return answer


def _counts_copies(answer: dict[str, Any]) -> bool:
    """Return True for an answer about all copies of shards, as of a refresh: those without a node are no failure."""
    return answer.keys() == {"_shards"} or "result" in answer


def _shards_message(shards: dict[str, Any]) -> str:
    failed = shards.get("failed") or shards["total"] - shards["successful"]
    reasons = [_cause({"error": failure.get("reason", {})})[1] for failure in shards.get("failures", [])]
    told = f" ({reasons[0]})" if reasons and reasons[0] else ""
    return f"{failed} of {shards.get('total', '?')} shards gave no answer{told}; check the health of the cluster"


def _cause(body: Any) -> tuple[str, str, str]:
    """Return the type, the reason and the index of an error; empty where the answer does not tell."""
    if isinstance(body, bytes):
        try:
            body = json.loads(body)
        except ValueError:
            return "", "", ""
    error = body.get("error", {}) if isinstance(body, dict) else {}
    if not isinstance(error, dict):
        return "", _plain(error), ""
    cause = error
    for _ in range(8):  # the innermost cause says most
        deeper = cause.get("caused_by")
        if not isinstance(deeper, dict):
            break
        cause = deeper
    roots = error.get("root_cause")
    root = roots[0] if isinstance(roots, list) and roots and isinstance(roots[0], dict) else error
    reason = cause.get("reason") if cause is not error else root.get("reason", error.get("reason"))
    return _plain(error.get("type")), _plain(reason), _plain(error.get("index", root.get("index")))


def _plain(text: Any) -> str:
    """Return text of a cluster for a message: one line of limited length."""
    line = sanitize_line(" ".join(str(text or "").split())).rstrip(" ;.")
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"
