"""The program as a process over an index of a cluster, as a user runs it."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support.paths import PROJECT

_SHANXI = [sys.executable, "-m", "shanxi_cli"]
_LONGEST = 300.0


class Result(NamedTuple):
    """What a process printed, its exit status, and the seconds that it took."""

    status: int
    out: str
    err: str
    seconds: float = 0.0

    def is_one_line_of_error(self) -> bool:
        """Whether nothing but one line of error was printed, as JSON if that was asked for, with status 2."""
        begins = self.err.startswith(("shanxi: ", '{"schema": 1, "error": {"message": '))
        return self.status == 2 and not self.out and begins and self.err.count("\n") == 1


class User(NamedTuple):
    """A user of the program: a home folder, the name of an index of a cluster, and perhaps a corpus."""

    home: Path
    name: str
    corpus: Path | None = None

    def environment(self, urls: Sequence[str], **variables: str) -> dict[str, str]:
        """Return the environment of a command over the index at these nodes."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHANXI_", "XDG_"))}
        corpus = {"SHANXI_CORPUS": str(self.corpus)} if self.corpus else {}
        index = f"{','.join(urls)}/{self.name}"
        own = {"HOME": str(self.home), "PYTHONPATH": str(PROJECT), "PYTHONWARNINGS": "error", "SHANXI_INDEX": index}
        return {**kept, **own, **corpus, **variables}

    def start(self, urls: Sequence[str], *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start a command in a process group of its own."""
        return subprocess.Popen(
            [*_SHANXI, *arguments],
            env=self.environment(urls, **variables),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, urls: Sequence[str], *arguments: str, **variables: str) -> Result:
        """Return what a command printed when it has ended."""
        began = time.monotonic()
        process = self.start(urls, *arguments, **variables)
        out, err = process.communicate(timeout=_LONGEST)
        return Result(process.returncode, out, err, time.monotonic() - began)


def local_answers(home: Path, corpus: Path, commands: Sequence[Sequence[str]]) -> list[Result]:
    """Return what each command prints over a local index of a corpus: what every engine must print."""
    environment = User(home, "none", corpus).environment([], SHANXI_INDEX=str(home / "index"))
    results = []
    for arguments in (("index",), *commands):
        run = subprocess.run(
            [*_SHANXI, *arguments], env=environment, cwd=home, capture_output=True, text=True, encoding="utf-8"
        )
        results.append(Result(run.returncode, run.stdout, run.stderr))
    return results[1:]
