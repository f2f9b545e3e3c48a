"""Worker process of warm queries: hold an index open and run the benchmarks that are read from stdin.

    python -m speeds.query_worker NAME SIZE WORK INDEX

NAME is a peer, or `shanxi` for the engine of the checkout that comes first on the path. INDEX is a folder, or the
address of an index in a cluster. Each line of stdin is the name of a `Kind`; the answer is a line of JSON, null when
the engine does not support it.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from speeds.archives import Archive, archive
from speeds.benchmarks import Kind, OpenIndex, Question
from speeds.peers import load
from speeds.processes import most_memory

OURS = "shanxi"
MEMORY = "memory"


def main(name: str, size: int, work: Path, index: str) -> None:
    """Answer until the end of the input."""
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


def _opened(name: str, of: Archive, index: str) -> OpenIndex:
    if name != OURS:
        return load(name).open_index(Path(index))
    from speeds.shanxi_index import open_index

    return open_index(index, [str(of.folder), str(of.extra)])


def _timed(question: Question) -> tuple[int, float, float]:
    """Return the number of matches, wall seconds and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = question()
    return found, time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
