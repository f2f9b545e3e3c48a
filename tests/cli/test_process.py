"""The program as a real process: pipes that close, pseudo-terminals, signals, odd environments."""

import fcntl
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.support.paths import PROJECT

SHANXI = [sys.executable, "-m", "shanxi_cli"]
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def environment(archive: Path) -> dict[str, str]:
    """The environment of a child process: the archive of six articles, and nothing of the reader's."""
    project = str(PROJECT)
    return {**os.environ, "PYTHONPATH": project, "PYTHONWARNINGS": "error"}


@pytest.fixture
def built(environment: dict[str, str]) -> dict[str, str]:
    """The same, with the index built."""
    subprocess.run([*SHANXI, "index"], env=environment, check=True, capture_output=True)
    return environment


def piped(environment: dict[str, str], *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [*SHANXI, *arguments], env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60, **options
    )


def on_a_terminal(environment: dict[str, str], *arguments: str, columns: int = 80, lines: int = 200) -> tuple[int, str]:
    """Runs a command with all three streams on a pseudo-terminal of that size; its status and what it showed."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    environment = {"TERM": "xterm-256color", **environment}
    process = subprocess.Popen([*SHANXI, *arguments], env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = read_all(ours)
    return process.wait(timeout=60), shown


def read_all(terminal: int) -> str:
    """All that is shown on a pseudo-terminal until its other side is closed."""
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not part:
            break
        shown += part
    os.close(terminal)
    return shown.decode().replace("\r\n", "\n")


# start


def loaded(environment: dict[str, str], *arguments: str) -> set[str]:
    """The top-level modules in memory after a command line."""
    program = (
        "import sys; from shanxi_cli.cli.main import main; main(sys.argv[1:]);"
        "print('\\n' + ' '.join({name.split('.')[0] for name in sys.modules}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return set(run.stdout.splitlines()[-1].split())


def test_the_version_loads_nothing_heavy(built: dict[str, str]) -> None:
    assert not loaded(built, "--version") & {"rich", "whoosh", "pydantic", "yaml", "Stemmer", "platformdirs"}


def test_a_mistake_in_the_query_loads_no_engine(built: dict[str, str]) -> None:
    assert not loaded(built, "search", "titel:coal") & {"rich", "whoosh", "yaml"}


def test_piped_search_loads_no_rich_and_no_articles(built: dict[str, str]) -> None:
    assert not loaded(built, "search", "coal") & {"rich", "pydantic", "yaml", "platformdirs"}


@pytest.mark.parametrize("query", ["coal", "power:1GW.."])
def test_search_loads_no_quantity_extraction(built: dict[str, str], query: str) -> None:
    program = (
        "import sys; from shanxi_cli.cli.main import main; main(['search', sys.argv[1], '-q']);"
        "print('shanxi_cli.extraction.quantities.pipeline' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program, query], env=built, check=True, capture_output=True, text=True)
    assert run.stdout == "False\n"


# pipes


def test_a_pipe_that_closes_is_no_error(built: dict[str, str], archive: Path) -> None:
    for n in range(3000):
        (archive / f"many-{n:04}.md").write_text(f"---\ntitle: Many {n} {'words ' * 20}\n---\n")
    subprocess.run([*SHANXI, "index"], env=built, check=True, capture_output=True)
    command = f"set -o pipefail; {sys.executable} -m shanxi_cli list | head -1"
    run = subprocess.run(["bash", "-c", command], env=built, capture_output=True, text=True)
    assert (run.returncode, run.stdout.count("\n"), run.stderr) == (0, 1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", ["list", "--version", "status", "search -h"])
def test_a_full_disk_is_an_error(built: dict[str, str], arguments: str) -> None:
    command = f"{sys.executable} -m shanxi_cli {arguments} > /dev/full"
    run = subprocess.run(["bash", "-c", command], env=built, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (2, "shanxi: no space left on device\n")


def test_ids_through_xargs(built: dict[str, str]) -> None:
    command = f"{sys.executable} -m shanxi_cli search coal -l | xargs {sys.executable} -m shanxi_cli show"
    run = subprocess.run(["bash", "-c", command], env=built, capture_output=True, text=True)
    assert run.stdout.count("\n---\n") == 2


@pytest.mark.parametrize("columns", ["20", "400"])
def test_piped_output_ignores_window_width(built: dict[str, str], columns: str) -> None:
    plain = piped(built, "search", "coal", "solar")
    forced = piped({**built, "COLUMNS": columns, "FORCE_COLOR": "1", "TERM": "xterm"}, "search", "coal", "solar")
    assert forced.stdout == plain.stdout
    assert "\x1b" not in forced.stdout


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LC_ALL": "C.UTF-8"}]
)
def test_a_pipe_is_utf_8_whatever_the_locale(built: dict[str, str], locale: dict[str, str]) -> None:
    run = subprocess.run([*SHANXI, "show", "taiyuan"], env={**built, **locale}, capture_output=True)
    assert "太原市的煤炭产量下降。" in run.stdout.decode("utf-8")
    assert run.stderr == b""
    run = subprocess.run([*SHANXI, "search", "煤炭", "-l"], env={**built, **locale}, capture_output=True)
    assert run.stdout == b"taiyuan-paper-in-chinese\n"


def test_an_index_is_the_same_in_every_locale(built: dict[str, str], archive: Path) -> None:
    (archive / "café.md").write_text("---\ntitle: Zebra\n---\n")
    for locale in (
        {"LC_ALL": "C.UTF-8"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8"},
    ):
        run = subprocess.run([*SHANXI, "search", "zebra", "-l"], env={**built, **locale}, capture_output=True)
        assert (run.returncode, run.stdout) == (0, "café\n".encode())
    assert run.stderr == b""


def test_closed_streams(built: dict[str, str]) -> None:
    for redirection, status in (("<&-", 0), ("2>&-", 0), (">&- 2>/dev/null", 2)):
        command = f"{sys.executable} -m shanxi_cli search coal {redirection}"
        run = subprocess.run(["bash", "-c", command], env=built, capture_output=True, text=True)
        assert (run.returncode, run.stderr) == (status, ""), redirection


def test_no_home(built: dict[str, str]) -> None:
    run = piped({name: value for name, value in built.items() if name != "HOME"}, "search", "coal", "-c")
    assert (run.returncode, run.stdout, run.stderr) == (0, "3\n", "")


def test_an_interrupt_is_130_and_silent(built: dict[str, str]) -> None:
    process = subprocess.Popen(
        [*SHANXI, "show", "-", "--match", "coal"],
        # Python itself warns of the file of a module whose import is interrupted.
        env={**built, "PYTHONWARNINGS": "error,ignore::ResourceWarning"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    process.stdin.write(b"undated-note\n")
    process.stdin.flush()
    # It has started to read when the pipe is empty again.
    while struct.unpack("i", fcntl.ioctl(process.stdin, termios.FIONREAD, b"\0\0\0\0"))[0]:
        pass
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_an_interrupt_of_a_build_in_processes(environment: dict[str, str], archive: Path) -> None:
    for number in range(1_200):
        (archive / f"more-{number}.md").write_text(f"---\ntitle: More {number}\n---\n\nA zebra, and more of it.\n")
    index = Path(environment["SHANXI_INDEX"])
    command = [*SHANXI, "index", "--jobs", "2"]
    build = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True)
    while build.poll() is None and not list(index.glob("new-*/MAIN.tmp.2")):  # the second process is at work
        pass
    os.killpg(build.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, err = build.communicate(timeout=60)
    assert (build.returncode, err) == (130, b"shanxi: interrupted; no index was built\n")
    assert sorted(path.name for path in index.iterdir()) == ["LOCK"]


# terminals


def test_a_search_on_a_terminal(built: dict[str, str]) -> None:
    status, shown = on_a_terminal(built, "search", "solar", "power")
    assert status == 0
    assert re.sub(r"\d+ ms", "N ms", ESCAPE.sub("", shown)) == (
        "1  Solar cells for export\n"
        "   solar-cells-for-export\n"
        "   2022-06 · Shanxi Daily News · Li Min · retelling\n"
        "   A factory in Taiyuan sells solar cells to Germany and Japan. Exports grew\n"
        "   12.5 percent.\n"
        "   The solar power firm spends more on R&D than on steel, and tests 5G in its\n"
        "   halls.\n"
        "\n"
        "2  Mine safety rules\n"
        "   mine-safety-rules\n"
        "   2021-08-15 · Shanxi Daily News · Zhou Hong\n"
        "   The rules speak of power and of solar lamps. Mining firms have a year.\n"
        "\n"
        "2 articles · N ms\n"
    )


def test_marks_are_bold_as_well_as_coloured(built: dict[str, str]) -> None:
    _, shown = on_a_terminal(built, "search", "lamps")
    assert "of solar \x1b[1;4;33mlamps\x1b[0m." in shown
    _, shown = on_a_terminal({**built, "NO_COLOR": "1"}, "search", "lamps")
    assert "of solar \x1b[1;4mlamps\x1b[0m." in shown


@pytest.mark.parametrize(
    ("environ", "arguments"),
    [({"TERM": "dumb"}, []), ({"TERM": ""}, []), ({}, ["--color", "never"]), ({"TERM": "dumb"}, ["--no-pager"])],
)
def test_no_escape_where_it_cannot_be_shown(
    built: dict[str, str], environ: dict[str, str], arguments: list[str]
) -> None:
    status, shown = on_a_terminal({**built, **environ}, "search", "coal", *arguments)
    assert status == 0
    assert "\x1b" not in shown


def test_colour_can_be_had_in_a_pipe(built: dict[str, str]) -> None:
    shown = piped(built, "search", "lamps", "-f", "terminal", "--color", "always").stdout
    assert "\x1b[1;4" in shown
    assert "\x1b" not in piped(built, "search", "lamps", "-f", "terminal").stdout
    assert "\x1b[1;4" in piped({**built, "FORCE_COLOR": "1"}, "search", "lamps", "-f", "terminal").stdout


@pytest.mark.parametrize("columns", [24, 40, 132])
def test_lines_fit_the_window(built: dict[str, str], columns: int) -> None:
    _, shown = on_a_terminal(built, "search", "coal", "solar", columns=columns)
    assert max(len(line) for line in ESCAPE.sub("", shown).splitlines()[:-1]) <= columns


def test_the_footer_gives_both_counts(built: dict[str, str]) -> None:
    _, shown = on_a_terminal(built, "search", "coal", "solar")
    assert "\n4 articles; 4 with any of the words, 1 with all · " in ESCAPE.sub("", shown)
    _, shown = on_a_terminal(built, "search", "coal", "solar", "-n", "2", "--offset", "1")
    assert "\nshowing 2 to 3 of 4 articles; 4 with any of the words, 1 with all · " in ESCAPE.sub("", shown)


def test_ten_on_a_terminal(built: dict[str, str], archive: Path) -> None:
    for n in range(20):
        (archive / f"more-{n:02}.md").write_text(f"---\ntitle: More {n}\n---\n\nA zebra.\n")
    _, shown = on_a_terminal(built, "search", "zebra")
    assert "showing 10 of 20 articles" in shown
    assert "more-09" in shown
    assert "more-10" not in shown


def test_build_shows_and_clears_progress(environment: dict[str, str]) -> None:
    _, shown = on_a_terminal(environment, "search", "lamps", "-l")
    assert "reading articles" in shown
    assert ESCAPE.sub("", shown).endswith("shanxi: built the index of 6 articles\nmine-safety-rules\n")


# @3


def in_a_session(environment: dict[str, str], script: str) -> str:
    """What a shell on a pseudo-terminal of its own shows while it runs `script`, in which `shanxi` is this program."""
    script = f'shanxi() {{ {sys.executable} -m shanxi_cli "$@"; }}\n{script}'
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 80, 0, 0))
    process = subprocess.Popen(
        ["bash", "-c", script],
        env={**environment, "TERM": "dumb"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = read_all(ours)
    process.wait(timeout=60)
    return shown


def test_hit_reference_resolves_shown_hit(built: dict[str, str]) -> None:
    shown = in_a_session(
        built,
        "shanxi search coal; shanxi search solar | cat; echo; shanxi show @3 | head -1; shanxi cite @1; shanxi show @9",
    )
    assert "\nA page in two languages\n" in shown
    assert '"Coal town plants trees", ' in shown
    assert shown.endswith("shanxi: there is no hit @9: the last search showed @1 to @3\n")


def test_every_form_that_is_shown_is_remembered(built: dict[str, str]) -> None:
    shown = in_a_session(built, "shanxi search coal; shanxi search walls -l; shanxi show @1 | head -1")
    assert shown.endswith("\nold-walls-of-pingyao\nOld walls of Pingyao\n")


def test_hit_reference_is_unknown_in_another_terminal(built: dict[str, str]) -> None:
    in_a_session(built, "shanxi search coal")
    assert "no search was shown" in in_a_session(built, "shanxi show @1")


def test_unwritable_state_directory_is_no_error(built: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    shown = in_a_session({**built, "XDG_STATE_HOME": str(tmp_path / "file")}, "shanxi search lamps; echo status $?")
    assert shown.endswith("ms\nstatus 0\n")


# the pager


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that writes what it is given to a file beside it."""
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {tmp_path}/arguments\ncat > {tmp_path}/paged\n')
    script.chmod(0o700)
    return script


def test_pager_starts_for_long_output(built: dict[str, str], pager: Path, tmp_path: Path) -> None:
    status, shown = on_a_terminal({**built, "SHANXI_PAGER": f"{pager} -a 'b c'"}, "show", "coal-town", lines=8)
    assert (status, shown) == (0, "")
    assert "Coal town plants trees" in (tmp_path / "paged").read_text()
    assert (tmp_path / "arguments").read_text() == "-a|b c|"


def test_pager_does_not_start_for_short_output(built: dict[str, str], pager: Path, tmp_path: Path) -> None:
    _, shown = on_a_terminal({**built, "SHANXI_PAGER": str(pager)}, "show", "undated", lines=50)
    assert "Undated note" in shown
    assert not (tmp_path / "paged").exists()


def test_the_pager_can_be_refused(built: dict[str, str], pager: Path, tmp_path: Path) -> None:
    for environ, arguments in (
        ({"SHANXI_PAGER": str(pager)}, ["--no-pager"]),
        ({"SHANXI_PAGER": "", "PAGER": str(pager)}, []),
        ({"PAGER": "cat"}, []),
        ({"PAGER": "/nowhere/pager"}, []),
    ):
        _, shown = on_a_terminal({**built, **environ}, "show", "coal-town", *arguments, lines=8)
        assert "Coal town plants trees" in shown
    assert not (tmp_path / "paged").exists()


def test_the_pager_is_no_shell_command(built: dict[str, str], tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    status, shown = on_a_terminal({**built, "PAGER": f"cat; touch {touched}"}, "show", "coal-town", lines=8)
    assert not touched.exists()
    assert status == 0
    assert "Coal town" in shown or "cat;" in shown


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")
def test_a_reader_may_leave_the_pager_early(built: dict[str, str]) -> None:
    status, shown = on_a_terminal({**built, "PAGER": "head -1"}, "show", "coal-town", lines=8)
    assert status == 0
    assert ESCAPE.sub("", shown) == "Coal town plants trees\n"
