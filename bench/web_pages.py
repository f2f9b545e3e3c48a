"""Measure the text of saved web pages: ours beside trafilatura alone, on a benchmark of pages with their texts.

    python bench/web_pages.py FOLDER [--worst 10]

FOLDER is a checkout of github.com/scrapinghub/article-extraction-benchmark (`ground-truth.json` and `html/*.html.gz`),
which is no part of the repository. Precision, recall and F1 are of runs of four words, the mean over pages, as its
`evaluate.py` computes them. `--worst` lists the pages where ours is most behind trafilatura.
"""

import argparse
import gzip
import json
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from trafilatura import extract

from shanxi_cli.errors import PageError
from shanxi_cli.importers.html import read_webpage

_TOKEN = re.compile(r"\w+")
_RUN = 4


class PageScore(NamedTuple):
    """Precision and recall of a page; None where the benchmark does not count it."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float:
        """Return the harmonic mean; 0 for a page without either."""
        p, r = self.precision or 0.0, self.recall or 0.0
        return 2 * p * r / (p + r) if p + r else 0.0


def read_our_text(markup: str) -> str:
    """Return the text of the article that an import makes of a page; empty if it makes none."""
    try:
        part = read_webpage(markup, "page")
    except PageError:
        return ""
    return "\n".join(article.body for article in part.page.articles)


def read_library_text(markup: str) -> str:
    """Return the text that trafilatura finds with its own settings, without comments."""
    return extract(markup, include_comments=False) or ""


def score_text(true: str, found: str) -> PageScore:
    """Return the score of a text by runs of words, each counted as often as it occurs."""
    wanted, given = _count_runs(true), _count_runs(found)
    common = sum((wanted & given).values())
    total, offered = sum(wanted.values()), sum(given.values())
    return PageScore(common / offered if offered else None, common / total if total else None)


def _count_runs(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    size = min(_RUN, len(words))
    return Counter(tuple(words[n : n + size]) for n in range(len(words) - size + 1)) if words else Counter()


def summarize_scores(scores: Sequence[PageScore]) -> str:
    """Return F1, precision and recall over pages."""
    precision = statistics.mean(score.precision for score in scores if score.precision is not None)
    recall = statistics.mean(score.recall for score in scores if score.recall is not None)
    return f"F1 {PageScore(precision, recall).f1:.3f}  precision {precision:.3f}  recall {recall:.3f}"


def main() -> int:
    """Print the scores of both, and the difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    options = parser.parse_args()
    truth = json.loads((options.folder / "ground-truth.json").read_text())
    ours: dict[str, PageScore] = {}
    theirs: dict[str, PageScore] = {}
    for name, record in truth.items():
        path = options.folder / "html" / f"{name}.html.gz"
        if path.is_file():
            markup = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
            true = record.get("articleBody", "")
            ours[name] = score_text(true, read_our_text(markup))
            theirs[name] = score_text(true, read_library_text(markup))
    print(f"{len(ours)} pages")
    print(f"shanxi       {summarize_scores(list(ours.values()))}")
    print(f"trafilatura  {summarize_scores(list(theirs.values()))}")
    behind = sorted(ours, key=lambda name: ours[name].f1 - theirs[name].f1)
    for name in behind[: options.worst]:
        print(f"{ours[name].f1:.3f} for {theirs[name].f1:.3f}  {name}  {truth[name].get('url', '')[:70]}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
