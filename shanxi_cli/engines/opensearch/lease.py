"""Lease of a builder: of several machines one at a time builds an index, and one that lost its turn cannot publish.

The lease is a document with an owner, an end and a number that grows with every owner. A script takes, extends and
releases it, by the clock of the cluster; a cluster runs a script and writes its result by compare-and-set. The owner
extends its lease while it works. One that dies leaves it to whoever comes after the end; on its own machine at once.

An owner that was suspended for longer than its lease does not know that it lost it. So the right to publish is an
alias, the fence, with the number of the owner, which the next owner replaces by its own. All changes that a reader
could see are made together with a removal of the own fence that must succeed: one change of the state of the cluster.
"""

import getpass
import os
import socket
import threading
import time
from contextlib import suppress
from typing import Any

from shanxi_cli.engines.opensearch.generations import current_generation
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.http.failures import ClusterRefusal
from shanxi_cli.engines.opensearch.index_names import fence_alias, fence_number, lease_name
from shanxi_cli.errors import EngineError, IndexBusy, IndexNotWritable, IndexUnusable
from shanxi_cli.util.frozen_record import Record

LEASE_SECONDS = 60.0
_POLL_SECONDS = 0.25
_REQUEST_SECONDS = 10.0
"""Time for a request about the lease: whoever interrupts a build does not wait longer for its thread."""
_FORBIDDEN = 403
_TAKE = """
if (ctx._source.token != params.token && ctx._source.end != null && ctx._source.end > ctx._now
    && ctx._source.token != params.dead) { ctx.op = 'none' }
else {
  ctx._source.number = (ctx._source.number == null ? 0 : ctx._source.number) + 1;
  ctx._source.token = params.token; ctx._source.owner = params.owner; ctx._source.end = ctx._now + params.milliseconds }
"""
_EXTEND = """
if (ctx._source.token != params.token) { ctx.op = 'none' } else { ctx._source.end = ctx._now + params.milliseconds }
"""


class LeaseOwner(Record):
    """A process that builds. `place` identifies the machine since its start, and the processes that it can see."""

    user: str
    host: str
    process: int
    place: str
    started: str

    def describe(self) -> str:
        """Return the owner as a message names it."""
        return f"{self.user} on {self.host} (process {self.process})"

    def has_died(self, here: "LeaseOwner") -> bool:
        """Return True if the owner ran where `here` runs, and has ended; False if that cannot be known."""
        if not self.place or self.place != here.place:
            return False
        started = _process_start(self.process)
        return started != self.started if started else not _process_exists(self.process)


class HeldLease:
    """A lease that this process holds, extended by a thread until `release`."""

    def __init__(self, client: ClusterClient, name: str, number: int, token: str) -> None:
        self.number = number
        self._client = client
        self._name = name
        self._token = token
        self._ended = threading.Event()
        self._lost = ""
        self._valid_until = time.monotonic() + LEASE_SECONDS
        self._thread = threading.Thread(target=self._keep_extending, daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise `IndexBusy` if the lease is lost: what is being built cannot be published."""
        if not self._lost and time.monotonic() > self._valid_until:
            self._extend()
        if self._lost:
            raise IndexBusy(self._lost)

    def confirm(self) -> None:
        """Ask the cluster, and raise `IndexBusy` if the lease is lost."""
        self._extend()
        self.check()

    def fenced(self, actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return changes of aliases that fail as a whole once another builder has taken over."""
        index, alias = lease_name(self._name), fence_alias(self._name, self.number)
        own = {"index": index, "alias": alias}
        return [{"remove": {**own, "must_exist": True}}, {"add": own}, *actions]

    def change(self, actions: list[dict[str, Any]]) -> None:
        """Make changes of aliases and indexes at once, if no other builder has taken over: else raise `IndexBusy`."""
        try:
            self._client.request("POST", "/_aliases", {"actions": self.fenced(actions)})
        except (ClusterRefusal, IndexUnusable) as error:
            if _fences(self._client, self._name) != [self.number]:
                raise IndexBusy(_lost_message(self._name)) from error
            raise

    def release(self) -> None:
        """End the lease, so that the next builder need not wait. A cluster that does not answer is left alone."""
        self._ended.set()
        self._thread.join()
        with suppress(EngineError, IndexUnusable):
            self._set_end(0)

    def _keep_extending(self) -> None:
        while not self._lost and not self._ended.wait(LEASE_SECONDS / 4):
            self._extend()

    def _extend(self) -> None:
        asked_at = time.monotonic()
        try:
            answer = self._set_end(int(LEASE_SECONDS * 1000))
        except IndexUnusable:  # the fence is another's, or the lease was removed
            self._lost = _lost_message(self._name)
            return
        except EngineError as error:
            if time.monotonic() > self._valid_until:
                self._lost = f"the lease of the index {self._name} could not be extended: {error}"
            return
        if answer["result"] == "noop":
            self._lost = _lost_message(self._name)
        else:
            self._valid_until = asked_at + LEASE_SECONDS

    def _set_end(self, milliseconds: int) -> Any:
        """Let the lease end after some time. By the own fence: by its name, a lease that was removed would be made."""
        parameters = {"token": self._token, "milliseconds": milliseconds}
        path = f"/{fence_alias(self._name, self.number)}/_update/lease?require_alias=true"
        return _run_script(self._client, path, _EXTEND, parameters)


def acquire_lease(client: ClusterClient, name: str, wait: float, extending: ClusterClient) -> HeldLease:
    """Take the lease of the index `name`, and with it the fence. `extending` is for the thread that extends it.

    Raise `IndexBusy` if another builder holds it for longer than `wait` seconds, and `IndexNotWritable` without the
    right to write; `EngineError`, before anything is written, for a name that is taken.
    """
    client.version()  # before anything is written: a cluster of another kind is refused
    try:
        current_generation(client, name)  # the same for a name that is taken
        _create_lease(client, name)
        number, token = _wait_for_lease(client, name, time.monotonic() + wait)
        _set_fence(client, name, number)
    except ClusterRefusal as error:
        if error.status == _FORBIDDEN:
            raise IndexNotWritable(f"the index {name} cannot be written: {error}") from error
        raise
    return HeldLease(extending, name, number, token)


def _wait_for_lease(client: ClusterClient, name: str, deadline: float) -> tuple[int, str]:
    """Take the lease until `deadline`; return the number and the token of this owner. Raise `IndexBusy`."""
    token, owner, dead = os.urandom(8).hex(), own_identity(), ""
    while True:
        held = _take(client, name, token, owner, dead)
        if held["token"] == token:
            return held["number"], token
        holder = LeaseOwner(**held["owner"])
        if held["token"] != dead and holder.has_died(owner):
            dead = held["token"]
            continue
        if not time.monotonic() < deadline:
            raise IndexBusy(f"{holder.describe()} is building the index {name}; try again later")
        time.sleep(_POLL_SECONDS)


def own_identity() -> LeaseOwner:
    """Return this process as the owner of a lease."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user that has no name
        user = f"user {os.geteuid()}"
    process = os.getpid()
    return LeaseOwner(user, socket.gethostname(), process, _place(), _process_start(process))


def _place() -> str:
    """Return an identity of the running system and of the space of its process ids; empty where there is no /proc."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return f"{file.read().strip()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return ""


def _process_start(process: int) -> str:
    """Return the time at which a process started, in ticks since the boot; empty if there is no such process."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            state, *_, started = file.read().rpartition(")")[2].split()[:20]
    except (OSError, ValueError):
        return ""
    return "" if state in "ZX" else started


def _process_exists(process: int) -> bool:
    """Return True if a process runs; /proc may hide those of other users (`hidepid`)."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return bool(_process_start(process))  # a process of this user is not hidden: it is a zombie


def _create_lease(client: ClusterClient, name: str) -> None:
    """Create the index of the lease, with a first fence that an owner can replace; there may be one already."""
    body = {
        "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
        "mappings": {"dynamic": False},
        "aliases": {fence_alias(name, 0): {}},
    }
    try:
        client.request("PUT", f"/{lease_name(name)}", body)
    except ClusterRefusal as error:
        if error.kind != "resource_already_exists_exception":
            raise


def _take(client: ClusterClient, name: str, token: str, owner: LeaseOwner, dead: str) -> Any:
    """Take the lease if it is free, has ended, or is that of `dead`; return its document as it is then."""
    parameters = {"token": token, "owner": vars(owner), "dead": dead, "milliseconds": int(LEASE_SECONDS * 1000)}
    return _run_script(client, f"/{lease_name(name)}/_update/lease?", _TAKE, parameters)["get"]["_source"]


def _run_script(client: ClusterClient, path: str, source: str, parameters: dict[str, Any]) -> Any:
    body = {"scripted_upsert": True, "upsert": {}, "script": {"source": source, "params": parameters}}
    return client.request("POST", f"{path}&_source=true&retry_on_conflict=5", body, deadline=_REQUEST_SECONDS)


def _set_fence(client: ClusterClient, name: str, number: int) -> None:
    """Replace the fence of the owner before by that of `number`; raise `IndexBusy` if a later owner was faster."""
    while (found := _fences(client, name)) != [number]:
        if found and max(found) > number:
            raise IndexBusy(_lost_message(name))
        own = {"index": lease_name(name)}
        old = [{"remove": {**own, "alias": fence_alias(name, each), "must_exist": True}} for each in found]
        try:
            add = {"add": {**own, "alias": fence_alias(name, number)}}
            client.request("POST", "/_aliases", {"actions": [*old, add]})
        except ClusterRefusal as error:
            if error.kind != "aliases_not_found_exception":
                raise  # else another has replaced it meanwhile: look again


def _fences(client: ClusterClient, name: str) -> list[int]:
    """Return the numbers of all fences: one, that of the last owner."""
    answer = client.request("GET", f"/{lease_name(name)}/_alias")
    aliases = answer.get(lease_name(name), {}).get("aliases", {})
    return sorted(number for alias in aliases if (number := fence_number(name, alias)) is not None)


def _lost_message(name: str) -> str:
    return f"another builder took over the index {name} meanwhile; it is unchanged by this one; try again"
