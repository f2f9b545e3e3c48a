"""Measure what becomes an article in folders that other programs wrote: sites of Hugo or Jekyll, vaults, notes.

    python bench/sites.py FOLDER... [--sample 50] [--seed 1] [--words 20]

Each folder is indexed once by a new process, in an index of its own that is deleted afterwards. The first table has a
row for each: article files found, those with text of their own (`has_own_text`, a crude rule that does not use the
reader), articles, what was refused and what is no article, and the share of the files with text of their own that
became articles. Then follow the reasons, the most frequent words, and with `--sample` random articles with title, date
and file, to compare by hand. Without a folder nothing is measured.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from shanxi_cli.indexing.manifest import load_manifest
from shanxi_cli.indexing.store import current_generation
from speeds.processes import Cost, run
from speeds.programs import PROJECT, Program, environment

SHANXI = Program("shanxi", PROJECT)
_FRONT_MATTER = re.compile(r"\s*(---|\+\+\+|;;;)[ \t]*\n(?:.*?\n)??(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKUP = re.compile(
    r"<!--.*?-->|\{\{.*?\}\}|\{%.*?%\}|</?[A-Za-z][^<>]*>"
    r"|^\s*(?:#|[-*+] \[[^\]]*\]\([^)]*\)\s*$|import |export |!\[).*?$",
    re.DOTALL | re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ROW = "{:<16}{:>7}{:>9}{:>9}{:>9}{:>9}{:>9}{:>8}{:>8}{:>8}"


class Site(NamedTuple):
    """What an index has of a folder: costs of building it, what became of each file, titles, and frequent words.

    `outcomes` are paths with the id of the article, the reason for refusing the file, why it is no article, and
    what is wrong with an article that is indexed all the same.
    """

    folder: Path
    cost: Cost
    outcomes: list[tuple[Path, str, str, str, str]]
    left_out: list[dict[str, object]]
    articles: dict[str, dict[str, str]]
    words: list[str]


def has_own_text(path: Path) -> bool:
    """Return True if a file has two words or more beside front matter, headings, tags and lists of links."""
    text = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return len(_WORD.findall(_MARKUP.sub(" ", _FRONT_MATTER.sub("", text, count=1)))) >= 2


def measure_site(folder: Path, place: Path, words: int) -> Site:
    """Index a folder and return what became of it."""
    settings = {**environment(place), "SHANXI_CORPUS": str(folder), "SHANXI_INDEX": str(place), "SHANXI_TIMEOUT": "0"}
    # `index` has status 2 where files are refused.
    script = [sys.executable, "-c", "import sys; from shanxi_cli.cli.main import main; main(['index']); sys.exit(0)"]
    cost = run(script, settings)

    def read_rows(*arguments: str) -> list[str]:
        done = subprocess.run(SHANXI.command(*arguments), env=settings, capture_output=True, text=True, check=False)
        return done.stdout.splitlines()

    generation = current_generation(place)
    entries = load_manifest(generation).entries if generation else ()
    outcomes = [(Path(entry.source.full), entry.id, entry.error, entry.note, entry.warning) for entry in entries]
    left_out = json.loads(read_rows("status", "--json")[0])["left_out"]
    articles = {row["id"]: row for row in map(json.loads, read_rows("list", "--json", "-n0"))}
    frequent = [row.split("\t")[0] for row in read_rows("terms", f"-n{words}")]
    return Site(folder, cost, outcomes, left_out, articles, frequent)


def print_row(site: Site) -> None:
    """Print the counts of a site."""
    own = [outcome for outcome in site.outcomes if has_own_text(outcome[0])]
    reached = sum(1 for _, article_id, *_ in own if article_id)
    counts = [sum(1 for outcome in site.outcomes if outcome[column]) for column in (1, 2, 3)]
    share = f"{reached / len(own):.1%}" if own else "-"
    wall, cpu, files = site.cost.wall, site.cost.cpu, len(site.outcomes)
    times = (f"{wall:.1f}", f"{cpu:.1f}", f"{cpu / max(1, files) * 1000:.1f}")
    print(_ROW.format(site.folder.name[:15], files, len(own), *counts, share, *times))


def print_details(site: Site) -> None:
    """Print why files are not articles, with those that have text of their own, and the most frequent words."""
    print(f"\n== {site.folder.name}")
    for column, label in ((2, "refused"), (3, "no article"), (4, "warning")):
        paths: dict[str, list[Path]] = defaultdict(list)
        for path, *reasons in site.outcomes:
            if reason := re.split(r"[:;]", reasons[column - 1])[0]:
                paths[reason].append(path)
        for reason, some in sorted(paths.items(), key=lambda item: -len(item[1])):
            print(f"{label:<11}{len(some):>6}  {reason} ({sum(map(has_own_text, some))} with text, {some[0]})")
    for group in site.left_out:
        print(f"{'left out':<11}{group['files']:>6}  {group['reason']}")
    undated = sum(1 for article in site.articles.values() if not article["date"])
    print(f"{'undated':<11}{undated:>6}\nwords      {' '.join(site.words)}")


def print_sample(site: Site, number: int, seed: int) -> None:
    """Print random articles: title, date, file."""
    found = sorted((path, article_id) for path, article_id, *_ in site.outcomes if article_id in site.articles)
    for path, article_id in random.Random(seed).sample(found, min(number, len(found))):
        article = site.articles[article_id]
        print(f"  {article['date'] or '-':<11} {article['title']}  [{path.relative_to(site.folder)}]")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=20)
    options = parser.parse_args()
    for folder in options.folders:
        if not folder.is_dir():
            print(f"no folder {folder}, skipped", file=sys.stderr)
    folders = [folder.resolve() for folder in options.folders if folder.is_dir()]
    if not folders:
        print("no folders of other programs are given: nothing is measured")
        return 0
    SHANXI.prepare()
    print(_ROW.format(*"site,files,own text,articles,refused,not art.,share,wall s,CPU s,ms/file".split(",")))
    sites = []
    for folder in folders:
        with tempfile.TemporaryDirectory() as place:
            sites.append(measure_site(folder, Path(place), options.words))
        print_row(sites[-1])
    for site in sites:
        print_details(site)
        print_sample(site, options.sample, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
