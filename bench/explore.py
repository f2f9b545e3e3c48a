"""Measure the explore commands as ratios to the same search, each as a whole process.

    python bench/explore.py [--runs 15] [--query coal] [--corpus FOLDER] [--index FOLDER]

The commands take turns; of each the median of wall time and of processor time (its own and the system's for it) is
printed, the ratios of both to `shanxi search QUERY`, and the most memory it had. Without a folder, over the shipped
articles with an index of its own. `bench/make_archive.py` generates folders of any size.
"""

import argparse
import compileall
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import shanxi_cli
from speeds.processes import Cost, median, run

SHIPPED = Path(__file__).parent.parent / "corpus"
TERMINAL = ["-f", "terminal", "--no-pager"]


def commands(query: str, first: str) -> dict[str, list[str]]:
    """Return the commands by name; each search is the reference of the commands after it."""
    return {
        "search": ["search", query, "-n", "20", "-f", "lines"],
        "facets place": ["facets", "place", query, "-f", "lines"],
        "facets year": ["facets", "year", query, "-f", "lines"],
        "timeline": ["timeline", query, "-f", "lines"],
        "timeline --hits": ["timeline", query, "--hits", "-f", "lines"],
        "timeline --share": ["timeline", query, "--share", "-f", "lines"],
        "kwic -n 100": ["kwic", query, "-n", "100", "-f", "lines"],
        "terms --prefix": ["terms", "--prefix", query[:3], "-f", "lines"],
        "terms": ["terms", "-n", "20", "-f", "lines"],
        "similar": ["similar", first, "-f", "lines"],
        "search, terminal": ["search", query, "-n", "20", *TERMINAL],
        "facets place, terminal": ["facets", "place", query, *TERMINAL],
        "timeline, terminal": ["timeline", query, *TERMINAL],
        "kwic, terminal": ["kwic", query, "-n", "20", *TERMINAL],
        "similar, terminal": ["similar", first, *TERMINAL],
    }


def main() -> int:
    """Print one line per command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--query", default="coal")
    parser.add_argument("--corpus", default=str(SHIPPED))
    parser.add_argument("--index")
    asked = parser.parse_args()
    compileall.compile_dir(str(Path(shanxi_cli.__file__).parent), quiet=2)
    with tempfile.TemporaryDirectory() as place:
        index = asked.index or f"{place}/index"
        environment = {**os.environ, "SHANXI_INDEX": index, "SHANXI_CORPUS": asked.corpus, "HOME": place}
        ids = [sys.executable, "-m", "shanxi_cli", "search", asked.query, "-l", "-n", "1"]
        first = subprocess.run(ids, env=environment, check=True, capture_output=True, text=True).stdout.strip()
        of = commands(asked.query, first)
        costs: dict[str, list[Cost]] = {name: [] for name in of}
        for _ in range(asked.runs):
            for name, command in of.items():
                costs[name].append(run([sys.executable, "-m", "shanxi_cli", *command], environment))
    base = Cost(1.0, 1.0, 1.0)
    print(
        f"{'medians of ' + str(asked.runs) + ' runs':<26}{'wall ms':>9}{'ratio':>7}{'CPU ms':>9}{'ratio':>7}{'MB':>7}"
    )
    for name, some in costs.items():
        middle = median(some)
        base = middle if name.startswith("search") else base
        walls = f"{middle.wall * 1000:>9.0f}{middle.wall / base.wall:>7.2f}"
        print(f"{name:<26}{walls}{middle.cpu * 1000:>9.0f}{middle.cpu / base.cpu:>7.2f}{middle.memory:>7.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
