"""Commands whose index is in a cluster that does not answer: one line, status 2, in time, and nothing on stdout."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from shanxi_cli.engines.opensearch.http import credentials, race
from tests.conftest import Shanxi
from tests.support import articles


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Shanxi:
    return Shanxi(capsys)


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a node that accepts connections and never answers."""
    monkeypatch.setattr(race, "QUIET_SECONDS", 0.02)
    monkeypatch.setattr(race, "PROBE_SECONDS", 0.02)
    with socket.create_server(("127.0.0.1", 0)) as node:
        yield f"http://127.0.0.1:{node.getsockname()[1]}"


@pytest.fixture
def gone() -> str:
    """An address of this machine on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


COMMANDS = ["search coal", "list", "show coal", "figures coal", "facets place", "status", "fields", "index"]


@pytest.mark.parametrize("command", COMMANDS)
def test_refused(run: Shanxi, archive: Path, gone: str, command: str) -> None:
    found = run(*command.split(), "--index", f"{gone}/press")
    reason = "refused the connection; check that the cluster runs and the address is right"
    assert (found.status, found.out, found.err) == (2, "", f"shanxi: the cluster at {gone} {reason}\n")


def test_silent(run: Shanxi, silent: str) -> None:
    found = run("search", "coal", "--timeout", "0.3", "--index", f"{silent}/press")
    assert (found.status, found.out) == (2, "")
    assert found.err == (
        "shanxi: timed out after 0.3 s;"
        " narrow the query, raise --timeout (0 disables it), or examine the cluster with shanxi doctor\n"
    )


def test_silent_before_an_update(run: Shanxi, tmp_path: Path, silent: str) -> None:
    folder = articles.write(tmp_path / "corpus")
    found = run("search", "coal", "--timeout", "0.3", "--index", f"{silent}/press", "--corpus", str(folder))
    assert (found.status, found.out) == (2, "")
    assert found.err == (
        f"shanxi: the cluster at {silent} did not answer in time (0.3 s);"
        " check the health of the cluster, or raise --timeout\n"
    )


@pytest.mark.parametrize("command", ["cite coal", "fields", "status", "export coal -o coal.db"])
def test_silent_for_commands_without_an_option(
    run: Shanxi, silent: str, command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHANXI_TIMEOUT", "0.3")
    found = run(*command.split(), "--index", f"{silent}/press")
    message = "did not answer in time (0.3 s); check the health of the cluster, or raise SHANXI_TIMEOUT"
    assert (found.status, found.out, found.err) == (2, "", f"shanxi: the cluster at {silent} {message}\n")


def test_a_build_names_no_limit_that_it_does_not_have(
    run: Shanxi, tmp_path: Path, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_TIMEOUT", "0.3")
    folder = articles.write(tmp_path / "corpus")
    found = run("index", "--index", f"{silent}/press", "--corpus", str(folder))
    assert (found.status, found.out) == (2, "")
    message = "did not answer in time (0.3 s); check the health of the cluster"
    assert found.err.splitlines()[-1] == f"shanxi: the cluster at {silent} {message}"


@pytest.mark.parametrize("seconds", ["soon", "-1", "nan"])
@pytest.mark.parametrize("command", ["cite coal", "status", "doctor"])
def test_a_variable_that_is_no_time(
    run: Shanxi, gone: str, command: str, seconds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_TIMEOUT", seconds)
    found = run(*command.split(), "--index", f"{gone}/press")
    message = f"SHANXI_TIMEOUT={seconds}: not a number of seconds; 0 is no limit"
    assert (found.status, found.out, found.err) == (2, "", f"shanxi: {message}\n")


@pytest.mark.parametrize("command", ["search coal", "cite coal"])
def test_credentials_of_a_command_that_does_not_end(
    run: Shanxi, gone: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_AUTH", "command:tail -f /dev/null")
    monkeypatch.setenv("SHANXI_TIMEOUT", "0.2")
    monkeypatch.setattr(credentials, "_COMMAND_SECONDS", 0.4)
    found = run(*command.split(), "--index", f"{gone}/press")
    spent = "in time" if command.startswith("search") else "within 0.4 s"
    message = f"auth = command:tail: the command did not end {spent}; run it by hand to see why"
    assert (found.status, found.out, found.err) == (2, "", f"shanxi: {message}\n")


def test_doctor(run: Shanxi, gone: str) -> None:
    found = run("doctor", "--index", f"{gone}/press")
    assert (found.status, found.err) == (2, "")
    assert found.out == (
        f"wrong  cluster    the cluster at {gone} refused the connection;"
        " check that the cluster runs and the address is right\n"
    )


def test_completion_is_silent(run: Shanxi, gone: str) -> None:
    found = run("--complete", "bash", f"shanxi show --index {gone}/press co", "")
    assert (found.status, found.out, found.err) == (0, "", "")


@pytest.mark.parametrize("command", ["path coal", "list --exclude drafts", "index --semantic"])
def test_what_needs_files_or_vectors_is_refused_before_a_connection(run: Shanxi, archive: Path, command: str) -> None:
    found = run(*command.split(), "--index", "https://cluster.invalid/press")
    messages = {
        "path": "this index is only read, and the files of its articles are elsewhere; run it where they are",
        "list": "others read this index, so only shanxi index leaves files out of it (--exclude)",
        "index": "vectors to search by meaning are kept for an index in a folder, not for one in a cluster",
    }
    assert (found.status, found.err) == (2, f"shanxi: {messages[command.split()[0]]}\n")
