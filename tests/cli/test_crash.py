"""What no part of the program expected: one line that asks to report it, and status 2, never 1 ("nothing found")."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import PROJECT

RAISING = """
import sys
from shanxi_cli import __main__ as program
from shanxi_cli.cli import main as command_line
def fail(arguments):
    raise {error}
command_line._run_command = fail
sys.exit(program.main())
"""
WITHOUT_MODULE = """
import sys
for name in {names}:
    sys.modules[name] = None
from shanxi_cli import __main__ as program
sys.exit(program.main())
"""
ERRORS = {
    "a bug": ("KeyError('shaft')", "internal error: KeyError: 'shaft'"),
    "no memory": ("MemoryError", "out of memory"),
    "too deep": ("RecursionError('maximum recursion depth exceeded')", "internal error: RecursionError"),
    "an assertion": ("AssertionError", "internal error: AssertionError; please report it"),
    "a library that does not load": ("ImportError('cannot open x.so')", "cannot load a part of the program"),
    "hostile text": ("ValueError('\\x1b]0;title\\x07 \\n two')", "internal error: ValueError: two"),
}


def run_program(program: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHONPATH": str(PROJECT), **environment}
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], env=variables, capture_output=True, text=True, timeout=60
    )


def run_shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which `shanxi` is this program."""
    line = f'shanxi() {{ "{sys.executable}" -m shanxi_cli "$@"; }}; {command}'
    variables = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(["bash", "-c", line], env=variables, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(("error", "expected"), ERRORS.values(), ids=list(ERRORS))
def test_unforeseen_exception_is_one_line_and_status_2(error: str, expected: str) -> None:
    run = run_program(RAISING.format(error=error), "search", "coal")
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)
    assert run.stderr.startswith(f"shanxi: {expected}")
    assert "please report it" in run.stderr


def test_debug_variable_adds_the_traceback() -> None:
    run = run_program(RAISING.format(error="KeyError('shaft')"), "list", SHANXI_DEBUG="1")
    assert run.returncode == 2
    assert run.stderr.startswith("Traceback (most recent call last):\n")
    assert run.stderr.splitlines()[-1].startswith("shanxi: internal error: KeyError: 'shaft'; please report it")
    assert "Traceback" not in run_program(RAISING.format(error="KeyError"), "list", SHANXI_DEBUG="0").stderr


def test_crash_is_an_object_under_json() -> None:
    run = run_program(RAISING.format(error="MemoryError"), "list", "--json")
    assert run.returncode == 2
    assert json.loads(run.stderr)["error"]["message"].startswith("out of memory")


@pytest.mark.parametrize(
    "names",
    [["typer"], ["shanxi_cli.cli.main"], ["shanxi_cli.util.startup"], ["typer", "shanxi_cli.util.crash"]],
    ids=["library", "command line", "first module", "library and report"],
)
def test_import_that_fails_at_start_is_status_2(names: list[str]) -> None:
    run = run_program(WITHOUT_MODULE.format(names=names), "search", "coal")
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)
    assert "please report it" in run.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of the address space is not enforced")
@pytest.mark.parametrize("megabytes", range(16, 44, 4))
def test_little_memory_is_never_status_1(archive: Path, megabytes: int) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "shanxi_cli", "search", "coal", "-q"],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes * 10**6,) * 2),
    )
    assert run.returncode != 1 or "shanxi_cli" not in run.stderr  # Python itself may not start


@pytest.mark.parametrize("files", range(5, 12))
def test_few_descriptors_are_never_status_1(archive: Path, files: int) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "shanxi_cli", "search", "coal", "-q"],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files)),
    )
    assert run.returncode != 1 or "shanxi_cli" not in run.stderr


# streams that cannot be written

PRINTING = [
    "search coal",
    "list -f csv",
    "list --json",
    "list -c",
    "show taiyuan",
    "cite taiyuan --style bibtex",
    "figures",
    "quotes",
    "kwic coal",
    "facets place",
    "timeline",
    "terms",
    "similar taiyuan",
    "status --json",
    "doctor",
    "fields",
    "help query",
    "search --explain coal",
    "completion bash",
    "--complete fish 'shanxi '",
    "--help",
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", PRINTING)
def test_full_disk_is_one_line_and_status_2(archive: Path, arguments: str) -> None:
    run_shell("shanxi index >/dev/null 2>&1")
    run = run_shell(f"shanxi {arguments} > /dev/full")
    assert run.returncode == 2
    assert "no space left on device" in run.stderr and run.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", PRINTING)
def test_closed_stdout_is_one_line_and_status_2(archive: Path, arguments: str) -> None:
    run_shell("shanxi index >/dev/null 2>&1")
    run = run_shell(f"shanxi {arguments} >&-")
    assert run.returncode == 2
    assert "cannot print the answer: stdout is closed" in run.stderr and run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("query", "status"), [("coal", 0), ("qqqqqq", 1), ("'('", 2)], ids=["found", "none", "mistake"]
)
@pytest.mark.parametrize("stderr", ["2>&-", "2>/dev/full", "2> >(true)"], ids=["closed", "full", "closed pipe"])
def test_stderr_that_cannot_be_written_keeps_the_status(archive: Path, query: str, status: int, stderr: str) -> None:
    assert run_shell(f"shanxi search {query} -f lines {stderr}").returncode == status


def test_quiet_needs_no_stdout(archive: Path) -> None:
    assert run_shell("shanxi search coal -q >&-").returncode == 0
