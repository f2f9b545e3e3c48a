"""The limit to the time that a question may take."""

import signal
import threading

import pytest

from shanxi_cli.cli.timeout import time_limit
from shanxi_cli.errors import QueryTimeout
from tests.conftest import Shanxi

SHORT = "0.000001"
TOO_COSTLY = "timed out after 1e-06 s; narrow the query or raise --timeout (0 disables it)"


def for_ever() -> None:
    while True:
        pass


def test_time_limit_ends_an_endless_loop() -> None:
    with pytest.raises(QueryTimeout) as error, time_limit(0.01):
        for_ever()
    assert str(error.value) == TOO_COSTLY.replace("1e-06", "0.01")


def test_time_limit_repeats_a_lost_signal() -> None:
    """What is raised while an object is destroyed is dropped by Python."""
    lost: list[int] = []

    class Slow:
        def __del__(self) -> None:
            try:
                for_ever()
            except QueryTimeout:
                lost.append(1)

    def destroy_and_go_on() -> None:
        Slow()
        for_ever()

    with pytest.raises(QueryTimeout), time_limit(0.01):
        destroy_and_go_on()
    assert lost == [1]


@pytest.mark.parametrize("seconds", [0, float("inf"), float("nan"), 1e300, -1])
def test_time_limit_zero_sets_no_timer(seconds: float) -> None:
    with time_limit(seconds):
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_time_limit_removes_timer() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(100):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_time_limit_removes_timer_after_early_signal() -> None:
    before = signal.getsignal(signal.SIGALRM)
    for _ in range(200):
        with pytest.raises(QueryTimeout), time_limit(0.000001):
            for_ever()
        assert signal.getsignal(signal.SIGALRM) is before
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_time_limit_is_ignored_in_other_threads() -> None:
    done: list[bool] = []

    def work() -> None:
        with time_limit(100):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


@pytest.mark.parametrize("verb", ["search", "list", "figures"])
def test_query_times_out(shanxi: Shanxi, verb: str) -> None:
    run = shanxi(verb, "coal", "--timeout", SHORT)
    assert (run.status, run.out, run.err) == (2, "", f"shanxi: {TOO_COSTLY}\n")


def test_timeout_is_read_from_the_environment(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANXI_TIMEOUT", SHORT)
    assert shanxi("search", "coal").status == 2
    assert shanxi("search", "coal", "--timeout", "0").status == 0
    monkeypatch.setenv("SHANXI_TIMEOUT", "")
    assert shanxi("search", "coal").status == 0


def test_timeout_does_not_limit_indexing(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANXI_TIMEOUT", SHORT)
    assert shanxi("index", "--rebuild").status == 0
    assert shanxi("doctor").status == 0


@pytest.mark.parametrize("seconds", ["-1", "soon"])
def test_invalid_timeout_is_an_error(shanxi: Shanxi, seconds: str) -> None:
    run = shanxi("search", "coal", "--timeout", seconds)
    assert run.status == 2
    assert run.err.startswith("shanxi: invalid value for '--timeout'")
