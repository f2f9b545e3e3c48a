"""Holds an index open and answers what it is asked, once a line: what a process of the part on warm queries does.

    python -m speeds.answering NAME SIZE WORK INDEX

NAME is a peer, or `shanxi` for our engine, of the checkout that stands first on the path. Each line of the standard
input is the name of a `Kind`; the answer is a line of JSON, null where the engine cannot do that.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from speeds.archives import Archive, archive
from speeds.asking import Asked, Kind, Question
from speeds.peers import load
from speeds.processes import most_memory

OURS = "shanxi"
MEMORY = "memory"


def main(name: str, size: int, work: Path, index: Path) -> None:
    """Answers until the input ends."""
    of = archive(size, work)
    opened = _opened(name, of, index)
    known: dict[Kind, Question | None] = {}
    for line in sys.stdin:
        asked = line.strip()
        answer: Any = None
        if asked == MEMORY:
            answer = most_memory()
        else:
            kind = Kind[asked]
            if kind not in known:
                known[kind] = opened.question(kind, of.words)
            if (question := known[kind]) is not None:
                answer = _timed(question)
        print(json.dumps(answer), flush=True)


def _opened(name: str, of: Archive, index: Path) -> Asked:
    if name != OURS:
        return load(name).open_index(index)
    from speeds.ours import open_index

    return open_index(index, [str(of.folder), str(of.extra)])


def _timed(question: Question) -> tuple[int, float, float]:
    """How many were found, seconds on the clock, seconds of processors."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = question()
    return found, time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
