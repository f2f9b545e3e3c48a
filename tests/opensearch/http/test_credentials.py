"""Credentials: where they may come from, and that they are shown nowhere."""

import os
import pickle
import stat
import sys
import traceback
from pathlib import Path

import pytest

from shanxi_cli.cli.timeout import time_limit
from shanxi_cli.engines.opensearch.http import credentials
from shanxi_cli.engines.opensearch.http.credentials import Authorization, read_authorization
from shanxi_cli.errors import LocationError

SECRET = "s3cret-word"


def private_file(path: Path, text: str | bytes, mode: int = 0o600) -> str:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    path.chmod(mode)
    return f"file:{path}"


@pytest.mark.parametrize("mode", [0o600, 0o400], ids=oct)
def test_private_file(mode: int, tmp_path: Path) -> None:
    assert read_authorization(private_file(tmp_path / "auth", "Bearer abc\n", mode)).reveal() == "Bearer abc"


def test_file_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    private_file(tmp_path / ".press", "ApiKey abc")
    assert read_authorization("file:~/.press").reveal() == "ApiKey abc"


def test_link_to_a_private_file(tmp_path: Path) -> None:
    private_file(tmp_path / "auth", "Bearer abc")
    (tmp_path / "link").symlink_to(tmp_path / "auth")
    assert read_authorization(f"file:{tmp_path / 'link'}").reveal() == "Bearer abc"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o777], ids=oct)
def test_file_that_others_can_use_is_refused(mode: int, tmp_path: Path) -> None:
    source = private_file(tmp_path / "auth", f"reader:{SECRET}", mode)
    with pytest.raises(LocationError) as caught:
        read_authorization(source)
    assert str(caught.value) == (f"auth = {source}: other users can use it (mode {mode:04o}); run chmod 600 on it")


def test_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = private_file(tmp_path / "auth", f"reader:{SECRET}")
    monkeypatch.setattr(os, "geteuid", lambda: (tmp_path / "auth").stat().st_uid + 1)
    with pytest.raises(LocationError) as caught:
        read_authorization(source)
    assert str(caught.value) == (
        f"auth = {source} belongs to another user, who could change it; use a file of your own"
    )


def test_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "auth", 0o600)
    with pytest.raises(LocationError, match="is not a file"):
        read_authorization(f"file:{tmp_path / 'auth'}")
    assert stat.S_ISFIFO((tmp_path / "auth").stat().st_mode)


def test_command_is_run_without_a_shell(tmp_path: Path) -> None:
    script = "import sys; print('reader:' + '|'.join(sys.argv[1:]))"
    source = f"""command:{sys.executable} -c "{script}" 'a b' $HOME ; *"""
    assert read_authorization(source) == Authorization("Basic cmVhZGVyOmEgYnwkSE9NRXw7fCo=")  # reader:a b|$HOME|;|*


def test_command_is_run_once(tmp_path: Path) -> None:
    script = tmp_path / "token.py"
    script.write_text(f"open({str(tmp_path / 'runs')!r}, 'a').write('x'); print('Bearer abc')")
    source = f"command:{sys.executable} {script}"
    assert read_authorization(source) is read_authorization(source)
    assert (tmp_path / "runs").read_text() == "x"
    read_authorization(source, again=True)
    assert (tmp_path / "runs").read_text() == "xx"


def test_command_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "_COMMAND_SECONDS", 0.1)
    with pytest.raises(LocationError) as caught:
        read_authorization("command:tail -f /dev/null")
    assert str(caught.value) == "auth = command:tail: the command did not end within 0.1 s; run it by hand to see why"


def test_command_that_takes_the_time_of_the_query(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LocationError) as caught, time_limit(0.05):
        read_authorization("command:tail -f /dev/null")
    assert str(caught.value) == "auth = command:tail: the command did not end in time; run it by hand to see why"


FORMS = "auth is env:NAME, file:PATH or command:LINE; a password itself has no place in settings or options"
MUST_HOLD = "user:password, or Bearer or ApiKey and a token"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        pytest.param("env:PRESS_NONE", "auth = env:PRESS_NONE: the variable PRESS_NONE is not set", id="no variable"),
        pytest.param("env:PRESS_EMPTY", f"auth = env:PRESS_EMPTY is empty; it must hold {MUST_HOLD}", id="empty"),
        pytest.param(
            "env:PRESS_WORD",
            "auth = env:PRESS_WORD holds neither user:password nor Bearer or ApiKey and a token",
            id="no user",
        ),
        pytest.param(
            "env:PRESS_LINES",
            "auth = env:PRESS_LINES has several lines or control characters; it must be one line",
            id="several lines",
        ),
        pytest.param(
            "env:PRESS_TOKEN",
            "auth = env:PRESS_TOKEN has a token with characters other than ASCII",
            id="token that is not ASCII",
        ),
        pytest.param(
            f"env:reader:{SECRET}",
            "auth = env: must be followed by the name of a variable, not by its value",
            id="value for a name",
        ),
        pytest.param(f"reader:{SECRET}", FORMS, id="password"),
        pytest.param(f"Bearer {SECRET}", FORMS, id="token"),
        pytest.param("file:/none/auth", "auth = file:/none/auth: No such file or directory", id="no file"),
        pytest.param("file:/none\0", "auth = file:/none\N{REPLACEMENT CHARACTER}: not a path", id="no path"),
        pytest.param("file:/", "auth = file:/ is not a file", id="folder"),
        pytest.param("command:", "auth = command: must be followed by a command", id="no command"),
        pytest.param(
            f"command:echo '{SECRET}",
            "auth = command:echo: a quotation mark of the command is not closed",
            id="quotation mark",
        ),
        pytest.param(
            f"command:/none/tool {SECRET}", "auth = command:/none/tool: No such file or directory", id="no program"
        ),
        pytest.param(
            f"command:false {SECRET}",
            "auth = command:false: the command ended with status 1; run it by hand to see why",
            id="failing command",
        ),
        pytest.param(f"command:printf \\\\377{SECRET}", "auth = command:printf is not UTF-8 text", id="no text"),
    ],
)
def test_unusable_credentials(source: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_EMPTY", " \n")
    monkeypatch.setenv("PRESS_WORD", SECRET)
    monkeypatch.setenv("PRESS_LINES", f"reader:{SECRET}\nX-Other: 1")
    monkeypatch.setenv("PRESS_TOKEN", f"Bearer ü{SECRET}")
    with pytest.raises(LocationError) as caught:
        read_authorization(source)
    assert str(caught.value) == message
    assert SECRET not in "".join(traceback.format_exception(caught.value)).replace(source, "")


def test_secret_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_AUTH", f"reader:{SECRET}")
    authorization = read_authorization("env:PRESS_AUTH")
    assert f"{authorization} {authorization!r}" == "Authorization(...) Authorization(...)"
    with pytest.raises(TypeError, match="credentials are not written anywhere"):
        pickle.dumps(authorization)


def test_without_a_source_there_are_none() -> None:
    assert read_authorization("").reveal() == ""
