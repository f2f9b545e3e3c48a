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


def test_what_never_ends_is_ended() -> None:
    with pytest.raises(QueryTimeout) as error, time_limit(0.01):
        for_ever()
    assert str(error.value) == TOO_COSTLY.replace("1e-06", "0.01")


def test_an_interruption_that_is_lost_comes_again() -> None:
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
def test_without_a_limit_no_timer_is_set(seconds: float) -> None:
    with time_limit(seconds):
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_the_timer_is_taken_away() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(100):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_the_timer_is_taken_away_however_soon_it_was_over() -> None:
    before = signal.getsignal(signal.SIGALRM)
    for _ in range(200):
        with pytest.raises(QueryTimeout), time_limit(0.000001):
            for_ever()
        assert signal.getsignal(signal.SIGALRM) is before
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_only_the_main_thread_can_be_interrupted() -> None:
    done: list[bool] = []

    def work() -> None:
        with time_limit(100):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


@pytest.mark.parametrize("verb", ["search", "list", "figures"])
def test_a_query_that_takes_too_long(shanxi: Shanxi, verb: str) -> None:
    run = shanxi(verb, "coal", "--timeout", SHORT)
    assert (run.status, run.out, run.err) == (2, "", f"shanxi: {TOO_COSTLY}\n")


def test_the_limit_of_the_environment(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANXI_TIMEOUT", SHORT)
    assert shanxi("search", "coal").status == 2
    assert shanxi("search", "coal", "--timeout", "0").status == 0
    monkeypatch.setenv("SHANXI_TIMEOUT", "")
    assert shanxi("search", "coal").status == 0


def test_bringing_an_index_up_to_date_takes_what_it_takes(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANXI_TIMEOUT", SHORT)
    assert shanxi("index", "--rebuild").status == 0
    assert shanxi("doctor").status == 0


@pytest.mark.parametrize("seconds", ["-1", "soon"])
def test_a_limit_that_is_none(shanxi: Shanxi, seconds: str) -> None:
    run = shanxi("search", "coal", "--timeout", seconds)
    assert run.status == 2
    assert run.err.startswith("shanxi: invalid value for '--timeout'")
