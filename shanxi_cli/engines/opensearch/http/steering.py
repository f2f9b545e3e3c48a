"""Requests steered around a node of the cluster that hangs.

The node that takes a search passes it to the nodes that hold the shards, and waits for each: one that hangs holds up
every search of every node until the cluster expels it, by default after half a minute. But each node knows which others
answer (`GET /_nodes`, with a timeout), and a search may name the nodes it is for (`preference=_only_nodes:`). In the
same way a request for mappings, aliases and health waits for the cluster manager, unless it is for what the node itself
knows (`local=true`). Observed with OpenSearch 2.19.
"""

import json
import re

from shanxi_cli.engines.opensearch.http.messages import HttpAnswer, HttpRequest
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.lazy_pattern import lazy_pattern

NODES_TIMEOUT = "600ms"
"""Time that a node gives the others to answer; shorter than the time for a probe."""
SIMPLE_PROBE = HttpRequest("GET", "/")
_SHARDS = lazy_pattern(
    r"/[^/?]+/(_search|_count|_mget|_msearch|_search/point_in_time|_doc/[^/?]+|_source/[^/?]+)(\?.*)?"
)
_STATE = lazy_pattern(
    r"/(_alias/[^/?]+|_cluster/(health|state)(/[^?]*)?|(?!_)[^/?]+(/(_mapping|_settings|_alias(/[^/?]+)?))?)(\?.*)?"
)
_NODE_ID = lazy_pattern(r"[\w-]+", re.ASCII)


def is_steerable(request: HttpRequest) -> bool:
    """Return True for a reading of shards or of the state of the cluster. That of a point in time cannot be."""
    if request.method == "POST":
        found = _SHARDS.fullmatch(request.path)
        return found is not None and not found[1].startswith(("_doc", "_source"))
    return request.method in ("GET", "HEAD") and bool(_SHARDS.fullmatch(request.path) or _STATE.fullmatch(request.path))


def probe_for(request: HttpRequest) -> HttpRequest:
    """Return the cheap request that tells whether a node works, and which others do."""
    if not is_steerable(request):
        return SIMPLE_PROBE
    return HttpRequest("GET", f"/_nodes/_all/_none?timeout={NODES_TIMEOUT}&filter_path=_nodes.failed,nodes.*.name")


def living_nodes(answer: HttpAnswer) -> tuple[str, ...]:
    """Return the ids of the nodes that answer, if others do not; empty if all do or the answer does not tell."""
    try:
        told = json.loads(answer.body) if answer.status == 200 else {}
        ids = tuple(told["nodes"]) if told["_nodes"]["failed"] else ()
    except (ValueError, KeyError, TypeError):
        return ()
    return ids if all(_NODE_ID.fullmatch(one) for one in ids) else ()


def is_misdirected(body: bytes) -> bool:
    """Return True if the nodes that a search was steered to lack a shard."""
    return b"no data nodes with criteri" in body


def steered(request: HttpRequest, ids: tuple[str, ...]) -> HttpRequest:
    """Return a request for shards on these nodes only, or for what the node that is asked knows of the cluster."""
    preference = f"_only_nodes:{','.join(ids)}"
    path, _, query = request.path.partition("?")
    if path.endswith("/_msearch"):
        lines = (request.body or b"").split(b"\n")
        for place in range(0, len(lines) - 1, 2):  # the head of each search
            lines[place] = json.dumps({**json.loads(lines[place] or b"{}"), "preference": preference}).encode()
        return replace_fields(request, body=b"\n".join(lines))
    added = f"preference={preference}" if _SHARDS.fullmatch(request.path) else "local=true"
    others = [part for part in query.split("&") if part and not part.startswith(("preference=", "local="))]
    return replace_fields(request, path=f"{path}?{'&'.join((*others, added))}")
