"""One request to a cluster: the first node that answers. A silent node is probed, and the next one is tried beside it.

A request that takes long and a node that hangs look the same from outside, and sending every slow query to several
nodes would make a busy cluster busier. So a node that has sent nothing for `QUIET_SECONDS` is sent a second, cheap
request (a probe) on a new connection. If that is answered, the node works and is waited for; if not within
`PROBE_SECONDS`, the request goes to the next node too, and the first answer is taken.
"""

import select
from collections.abc import Callable
from time import monotonic

from shanxi_cli.engines.opensearch.http.addresses import NodeAddress
from shanxi_cli.engines.opensearch.http.connections import NodeConnection
from shanxi_cli.engines.opensearch.http.failures import NodeFailure
from shanxi_cli.engines.opensearch.http.messages import AnswerParser, HttpAnswer, HttpRequest
from shanxi_cli.engines.opensearch.http.pool import ConnectionPool
from shanxi_cli.engines.opensearch.http.steering import is_steerable, living_nodes, probe_for, steered

QUIET_SECONDS = 0.5
PROBE_SECONDS = 0.9
BUSY_QUIET_SECONDS = 1.5
"""Silence after which a node that has answered a probe is probed again: one that hangs is noticed within 3 s."""
ALARMED_QUIET_SECONDS = 0.1
"""Silence before a search is probed after a node hung, as long as it is not known which others to search."""
_RESOLVE_SECONDS = 2.0
_LARGEST_PROBE = 1 << 20

Heads = Callable[[NodeAddress, HttpRequest], bytes]
"""Makes the head of a request for a node, with the credentials."""


class AllNodesFailed(Exception):
    """No node answered. `reasons` tell why, by node, in the order of the attempts; `late` is true at the deadline.

    `sent` is true if a node may have received the request.
    """

    def __init__(self, reasons: dict[NodeAddress, str], *, late: bool, sent: bool) -> None:
        super().__init__("no node answered")
        self.reasons = reasons
        self.late = late
        self.sent = sent


class Attempt:
    """A request under way on one node. `doubted` is true once the node seems to hang and the next one is tried."""

    def __init__(self, connection: NodeConnection) -> None:
        self.connection = connection
        self.probe: NodeConnection | None = None
        self.probe_by = 0.0
        self.alive_at = 0.0
        self.doubted = False

    def probe_at(self, quiet: float) -> float:
        """Return when to probe the node if it stays silent; `quiet` is the silence allowed at first, in seconds."""
        return max(self.connection.progress + quiet, self.alive_at + BUSY_QUIET_SECONDS if self.alive_at else 0.0)

    def close(self) -> None:
        """Close the connections of the attempt."""
        self.connection.close()
        self.drop_probe()

    def drop_probe(self) -> None:
        """Close the connection of the probe, if there is one."""
        if self.probe:
            self.probe.close()
            self.probe = None


class Race:
    """Runs one request on the nodes of `pool`, one after another, until `deadline` (`time.monotonic`)."""

    def __init__(self, pool: ConnectionPool, request: HttpRequest, heads: Heads, deadline: float, limit: int) -> None:
        self._pool = pool
        living = pool.living if is_steerable(request) else ()
        self._request = steered(request, living) if living else request
        self._steered = bool(living)
        self._quiet = ALARMED_QUIET_SECONDS if pool.alarmed and is_steerable(request) else QUIET_SECONDS
        self._heads = heads
        self._deadline = deadline
        self._limit = limit
        self._left = pool.order()
        self._running: list[Attempt] = []
        self._reasons: dict[NodeAddress, str] = {}
        self._sent = False

    def run(self) -> tuple[NodeAddress, HttpAnswer]:
        """Return the first answer and its node. Raise `AllNodesFailed`."""
        try:
            self._start_next()
            while True:
                now = monotonic()
                if now >= self._deadline:
                    raise self._failure(late=True)
                for attempt, events in self._wait(self._next_check() - now):
                    if self._advance(attempt, events):
                        return self._won(attempt)
                self._check_silent()
        finally:
            for attempt in self._running:
                attempt.close()

    def _wait(self, seconds: float) -> list[tuple[Attempt, int]]:
        """Wait until a connection can go on; return the attempts and the events of their requests."""
        waiting = select.poll()
        owners: dict[int, Attempt] = {}
        probes: dict[int, Attempt] = {}
        for attempt in self._running:
            waiting.register(attempt.connection.fileno(), attempt.connection.wants)
            owners[attempt.connection.fileno()] = attempt
            if attempt.probe:
                waiting.register(attempt.probe.fileno(), attempt.probe.wants)
                probes[attempt.probe.fileno()] = attempt
        ready = waiting.poll(max(0, min(seconds, 3600.0)) * 1000 + 1)
        for handle, events in ready:
            if handle in probes:
                self._advance_probe(probes[handle], events)
        return [(owners[handle], events) for handle, events in ready if owners.get(handle) in self._running]

    def _next_check(self) -> float:
        times = [self._deadline]
        for attempt in self._running:
            if attempt.probe:
                times.append(attempt.probe_by)
            elif not attempt.doubted:
                times.append(attempt.probe_at(self._quiet))
        return min(times)

    def _advance(self, attempt: Attempt, events: int) -> bool:
        """Let a request go on; return True if it has been answered."""
        try:
            attempt.connection.advance(events)
        except NodeFailure as failure:
            self._lost(attempt, failure)
            return False
        return attempt.connection.answer is not None

    def _advance_probe(self, attempt: Attempt, events: int) -> None:
        assert attempt.probe is not None
        try:
            attempt.probe.advance(events)
        except NodeFailure:
            self._doubt(attempt)
            return
        if attempt.probe.answer is not None:
            attempt.alive_at = monotonic()
            living = living_nodes(attempt.probe.answer)
            attempt.drop_probe()
            if living and not self._steered:
                self._steer(attempt, living)
            self._pool.alarmed = False

    def _check_silent(self) -> None:
        now = monotonic()
        for attempt in list(self._running):
            if attempt.doubted:
                continue
            if attempt.probe:
                if now >= attempt.probe_by:
                    self._doubt(attempt)
            elif now >= attempt.probe_at(self._quiet):
                self._probe(attempt, now)

    def _probe(self, attempt: Attempt, now: float) -> None:
        """Probe a silent node; one that does not even accept connections is given up without."""
        if not attempt.connection.connected and now >= attempt.connection.progress + QUIET_SECONDS:
            try:
                if not attempt.connection.next_place():
                    self._doubt(attempt)
            except NodeFailure as failure:
                self._lost(attempt, failure)
            return
        try:
            node = attempt.connection.node
            attempt.probe = self._pool.take(node, _RESOLVE_SECONDS, fresh=True)
            probe = probe_for(self._request)
            attempt.probe.submit(self._heads(node, probe), None, AnswerParser("GET", _LARGEST_PROBE))
            attempt.probe_by = now + PROBE_SECONDS
        except NodeFailure:
            self._doubt(attempt)

    def _doubt(self, attempt: Attempt) -> None:
        """Try the next node beside one that seems to hang."""
        attempt.drop_probe()
        attempt.doubted = True
        self._pool.distrust(attempt.connection.node)
        self._pool.alarmed = True
        if self._request.idempotent:
            self._start_next()
            if self._running[-1] is not attempt and is_steerable(self._request):
                self._probe(
                    self._running[-1], monotonic()
                )  # a search for shards of the node that hangs may hang there too
        elif not attempt.connection.sent and self._left:
            attempt.close()
            self._running.remove(attempt)
            self._reasons[attempt.connection.node] = "did not answer"
            self._start_next()

    def _steer(self, attempt: Attempt, living: tuple[str, ...]) -> None:
        """Repeat a search on the same node, without the shards of nodes that hang."""
        self._pool.living = living
        self._request = steered(self._request, living)
        self._steered = True
        attempt.close()
        self._running.remove(attempt)
        self._left.insert(0, attempt.connection.node)
        self._start_next(fresh=True)

    def _lost(self, attempt: Attempt, failure: NodeFailure) -> None:
        """Go on after a failure: on a new connection where the node has closed an idle one, else on the next node."""
        attempt.close()
        self._running.remove(attempt)
        self._sent = self._sent or failure.sent
        node = attempt.connection.node
        if failure.sent and not self._request.idempotent:
            self._reasons[node] = failure.reason
            raise self._failure(late=False)
        if attempt.connection.reused and not attempt.connection.begun:
            self._left.insert(0, node)
        else:
            self._reasons[node] = failure.reason
            self._pool.distrust(node)
        if not self._running or not attempt.doubted:
            self._start_next(fresh=attempt.connection.reused)

    def _start_next(self, *, fresh: bool = False) -> None:
        """Send the request to the next node. Raise `AllNodesFailed` if there is none and none is running."""
        while self._left:
            node = self._left.pop(0)
            try:
                left = max(0.0, self._deadline - monotonic())
                connection = self._pool.take(node, min(left, _RESOLVE_SECONDS), fresh=fresh)
            except NodeFailure as failure:
                self._reasons[node] = failure.reason
                self._pool.distrust(node)
                continue
            self._running.append(Attempt(connection))
            connection.submit(
                self._heads(node, self._request), self._request.body, AnswerParser(self._request.method, self._limit)
            )
            return
        if not self._running:
            raise self._failure(late=False)

    def _won(self, attempt: Attempt) -> tuple[NodeAddress, HttpAnswer]:
        connection, answer = attempt.connection, attempt.connection.answer
        assert answer is not None
        self._running.remove(attempt)
        attempt.drop_probe()
        self._pool.trust(connection.node)
        self._pool.put_back(connection)
        return connection.node, answer

    def _failure(self, *, late: bool) -> AllNodesFailed:
        sent = self._sent or any(attempt.connection.sent for attempt in self._running)
        silent = {attempt.connection.node: "did not answer in time" for attempt in self._running}
        return AllNodesFailed({**self._reasons, **silent}, late=late, sent=sent)
