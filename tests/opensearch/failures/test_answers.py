"""Answers that are late, cut, refused or partial, at each request of each command: never half an answer.

Each command runs through a proxy before one node, with a fault at its first request, then at its second, and so on.
"""

import re
from collections.abc import Callable, Iterator

import pytest

from shanxi_cli.cli.main import main
from tests.opensearch.cluster.running import StartedCluster
from tests.opensearch.failures.asking import COMMANDS, EACH, Press
from tests.opensearch.program import Result
from tests.opensearch.proxy import faults
from tests.opensearch.proxy.server import Fault, Proxy, forwarded, proxy_to

pytestmark = pytest.mark.cluster
MOST_REQUESTS = 60
SEARCHES = re.compile(r"/_(?:m?search|count)\b")


def told(status: int, kind: str) -> Fault:
    """Answer with an error as OpenSearch words it."""
    reason = {"type": kind, "reason": f"reason of {kind}"}
    return faults.answered(status, {"error": {"root_cause": [reason], **reason}, "status": status})


def of_searches(fault: Fault) -> Fault:
    """Let a fault take searches and counts alone."""
    return lambda exchange: (fault if SEARCHES.search(exchange.request.path) else forwarded)(exchange)


PASSING: dict[str, Callable[[], Fault]] = {
    "429": faults.refused_by_load,
    "503": faults.no_manager,
    "dropped": lambda: faults.dropped,
    "answer lost": lambda: faults.answer_lost,
    "cut": lambda: faults.cut_short,
    "no JSON": faults.no_json,
    "timed_out": lambda: of_searches(faults.timed_out()),
    "shards failed": lambda: of_searches(faults.shards_failed()),
    "empty": lambda: faults.answered(200, b""),
    "other JSON": lambda: faults.answered(200, {"acknowledged": True}),
    "null": lambda: faults.answered(200, b"null"),
    "no index": lambda: told(404, "index_not_found_exception"),
    "no right": lambda: told(403, "security_exception"),
    "error": lambda: told(500, "illegal_state_exception"),
}
"""Faults by name, each made anew."""


@pytest.fixture
def proxy(started_cluster: StartedCluster) -> Iterator[Proxy]:
    with proxy_to(started_cluster.urls[0]) as proxy:
        yield proxy


class Here:
    """Runs commands in this process over the index behind one address."""

    def __init__(self, press: Press, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._press = press
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, url: str, command: tuple[str, ...], timeout: str = "30") -> Result:
        for name, value in self._press.reader.environment([url], SHANXI_TIMEOUT=timeout).items():
            self._monkeypatch.setenv(name, value)
        self._capsys.readouterr()
        status = main(command)
        out, err = self._capsys.readouterr()
        return Result(status, out, err)


@pytest.fixture
def here(press: Press, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    return Here(press, monkeypatch, capsys)


@EACH
@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_at_each_request_leaves_no_half_answer(
    fault: str, command: tuple[str, ...], press: Press, proxy: Proxy, here: Here
) -> None:
    for at in range(MOST_REQUESTS):
        proxy.clear()
        proxy.requests.clear()
        proxy.inject(PASSING[fault](), skip=at, times=1)
        result = here(proxy.url, command)
        assert press.is_whole(command, result) or result.is_one_line_of_error(), (at, proxy.requests, result)
        if len(proxy.requests) <= at:
            break
    else:
        pytest.fail(f"more than {MOST_REQUESTS} requests")


@pytest.mark.parametrize("fault", ["429", "503"])
def test_a_busy_node_is_asked_again(fault: str, press: Press, proxy: Proxy, here: Here) -> None:
    proxy.inject(PASSING[fault](), times=1)
    assert press.is_whole(COMMANDS[0], here(proxy.url, COMMANDS[0]))


@pytest.mark.parametrize("fault", ["503", "dropped", "answer lost", "cut"])
def test_another_node_is_asked(
    fault: str, press: Press, proxy: Proxy, here: Here, started_cluster: StartedCluster
) -> None:
    proxy.inject(PASSING[fault]())
    assert press.is_whole(COMMANDS[0], here(f"{proxy.url},{started_cluster.urls[1]}", COMMANDS[0]))


STAYING = {
    "429": "429",
    "503": "503",
    "dropped": "",
    "cut": "",
    "no JSON": "JSON",
    "timed_out": "part",
    "shards failed": "shard",
    "no right": "403",
    "error": "500",
}
"""Faults that no repetition mends, and what the error names."""


@EACH
@pytest.mark.parametrize("fault", STAYING)
def test_a_fault_that_stays_is_one_line(
    fault: str, command: tuple[str, ...], press: Press, proxy: Proxy, here: Here
) -> None:
    proxy.inject(PASSING[fault]())
    result = here(proxy.url, command, timeout="2")
    if fault in ("timed_out", "shards failed") and not any(SEARCHES.search(one.path) for one in proxy.requests):
        assert press.is_whole(command, result)
        return
    assert result.is_one_line_of_error(), result
    # A busy cluster is asked again until the limit, and either of the two clocks may be the first to see it.
    assert STAYING[fault] in result.err or "timed out after 2 s" in result.err


def test_a_slow_answer_is_waited_for(press: Press, proxy: Proxy, here: Here) -> None:
    proxy.inject(faults.delayed(0.5))
    assert press.is_whole(COMMANDS[0], here(proxy.url, COMMANDS[0]))


@pytest.mark.parametrize("fault", [lambda: faults.silent, lambda: faults.delayed(60)], ids=["silent", "slow"])
def test_an_answer_after_the_deadline_is_one_line(fault: Callable[[], Fault], press: Press, proxy: Proxy) -> None:
    proxy.inject(fault())
    result = press.answer([proxy.url], COMMANDS[0], SHANXI_TIMEOUT="1")
    assert result.is_one_line_of_error(), result


def test_one_address_of_two_is_silent(press: Press, proxy: Proxy, started_cluster: StartedCluster) -> None:
    proxy.inject(faults.silent)
    for urls in ([proxy.url, started_cluster.urls[1]], [started_cluster.urls[1], proxy.url]):
        assert press.is_whole(COMMANDS[0], press.answer(urls, COMMANDS[0]))
