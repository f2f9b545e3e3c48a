"""Figures and quotes of articles of other papers against marks made by hand: `python bench/other_papers.py FOLDER`.

    python bench/other_papers.py FOLDER                        FOLDER has the articles, at any depth and under any name
    python bench/other_papers.py FOLDER --misses misses.txt    each miss and each error too
    python bench/other_papers.py FOLDER --set D --shanxi /usr/bin/shanxi

The articles are not part of the project. Each is found by the SHA-256 of its file, which has front matter and
paragraphs; those that are missing are listed and skipped. MARKS (default: `bench/other_papers_marks.json`) says in its
first line what its fields mean, and for each article the paper and where its text came from.

A figure is found when it overlaps the mark and value, end of the range and unit agree: values to 0.2 %, measures and
currencies exactly, counts of anything as one class. A quote is found when its sentence shares half with the mark; its
speaker is right with the full name. What the marks call optional is neither required nor wrong.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from papers.marks import FoundArticle, MarkedArticle, find_articles, load_marks
from papers.program import run_program
from papers.scores import Tally, score_article

MARKS = Path(__file__).with_name("other_papers_marks.json")
MEASURES = (
    ("figures precision", "figures found", "figures read"),
    ("figures recall", "figures found", "figures marked"),
    ("periods right, dated figures", "dated right", "dated"),
    ("periods invented, others", "periods invented", "undated"),
    ("periods right, all", "periods right", "figures found"),
    ("counted right", "counted right", "counted marked"),
    ("  of counts", "counts right", "counts marked"),
    ("  where given", "counted right", "counted given"),
    ("relations right", "relations right", "relations marked"),
    ("quotes precision", "quotes right", "quotes read"),
    ("quotes recall", "quotes found", "quotes marked"),
    ("quote kinds right", "kinds right", "quotes found"),
    ("speakers precision", "named right", "speakers named"),
    ("speakers recall", "speakers right", "quotes marked"),
)
MISSES = (
    "figures missed", "figures wrong", "periods wrong", "periods invented", "counted", "relations",
    "quotes missed", "quotes wrong", "speakers", "quote kinds",
)  # fmt: skip


def main() -> None:
    """Print a column of measures for each set of articles and one for all; exit with 2 when no article is there."""
    options = _parse_arguments()
    marked = [each for each in load_marks(options.marks) if options.set in (None, each.part)]
    articles = list(find_articles(marked, options.folder))
    _print_missing(marked, articles)
    if not articles:
        print("none of the marked articles is there; nothing is measured", file=sys.stderr)
        sys.exit(2)
    tallies: dict[str, Tally] = {}
    program = [str(options.shanxi)] if options.shanxi else []
    for article, extracted in zip(articles, run_program(program, articles), strict=True):
        tallies.setdefault(article.marks.part, Tally()).add(score_article(article, extracted))
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    columns = tallies if len(tallies) == 1 else {**tallies, "all": total}
    sizes = Counter(article.marks.part for article in articles)
    if options.misses:
        options.misses.write_text(format_misses(total), encoding="utf-8")
    print(format_table(columns, [sizes.get(name, len(articles)) for name in columns]))


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder with the articles")
    parser.add_argument("marks", type=Path, nargs="?", default=MARKS)
    parser.add_argument("--set", metavar="NAME", help="only the articles of this set: A, B, C or D")
    parser.add_argument(
        "--shanxi", type=Path, metavar="PROGRAM", help="measure this shanxi (default: of this checkout)"
    )
    parser.add_argument("--misses", type=Path, metavar="FILE", help="write each miss and each error to FILE")
    return parser.parse_args()


def _print_missing(marked: Sequence[MarkedArticle], articles: Sequence[FoundArticle]) -> None:
    found = {article.marks.sha256 for article in articles}
    missing = [each for each in marked if each.sha256 not in found]
    for each in missing:
        print(f"missing, skipped: set {each.part}, {each.source}, {each.sha256[:12]}, {each.address}", file=sys.stderr)
    if missing:
        print(f"{len(missing)} of {len(marked)} marked articles are missing", file=sys.stderr)


def format_table(columns: dict[str, Tally], sizes: Sequence[int]) -> str:
    """Return a row for each measure with its share and counts, under the names of the sets and their sizes."""
    rows = [["articles", *map(str, sizes)]]
    for name, part, whole in MEASURES:
        rows.append([name, *(format_share(tally.counts[part], tally.counts[whole]) for tally in columns.values())])
    rows.append(["speakers left open", *(str(tally.counts["speakers open"]) for tally in columns.values())])
    rows.insert(0, ["set", *columns])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def format_share(part: int, whole: int) -> str:
    """Return `0.960 (24/25)`, or `-` of nothing."""
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


def format_misses(tally: Tally) -> str:
    """Return the misses by kind, each kind under its number."""
    parts = ["\n".join([f"## {kind}: {len(tally.misses[kind])}", *tally.misses[kind]]) for kind in MISSES]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
