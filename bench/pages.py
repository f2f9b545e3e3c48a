"""Quality and speed of importing pages: a folder of `page-*.txt`, each with its truth in `gt-*.json`.

    python bench/pages.py FOLDER...              the table
    python bench/pages.py FOLDER --many 1000     also the time and memory of N pages, one after the other

A truth file has a list `articles` of `headline`, `byline`, `paragraphs`, `captions` (`text`) and, where known, `deck`,
`contributors` and `author_note`; null where the page prints none. An article is
found when its body shares more words with the truth than any other's, and an F1 of at least 0.45.
"""

import argparse
import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from shanxi_cli.cli.commands.import_ import extract_articles
from shanxi_cli.model.article import Article
from shanxi_cli.output.labels import join_names

COLUMNS = (
    "articles",
    "extra",
    "headlines",
    "bylines",
    "decks",
    "contributors",
    "credits",
    "paragraphs",
    "F1",
    "foreign",
    "leaked",
)
MIN_OVERLAP = 0.45


def split_words(text: str) -> list[str]:
    """Return the words of a text for counting: lower case, straight apostrophes."""
    return re.findall(r"\w+(?:['-]\w+)*", text.lower().replace("’", "'"))


def squeeze(text: str | None) -> str:
    """Return the letters and figures of a text, for comparing."""
    return "".join(char for char in (text or "").lower() if char.isalnum())


def similarity(one: str | None, other: str | None) -> float:
    """Return the similarity of two texts, from 0 to 1."""
    return SequenceMatcher(None, squeeze(one), squeeze(other)).ratio()


def word_f1(one: str, other: str) -> float:
    """Return the F1 of the words of two texts."""
    mine, theirs = Counter(split_words(one)), Counter(split_words(other))
    shared = sum((mine & theirs).values())
    return 2 * shared / (sum(mine.values()) + sum(theirs.values())) if mine and theirs else 0.0


def pair_articles(
    truths: Sequence[dict[str, Any]], articles: Sequence[Article]
) -> list[tuple[dict[str, Any], Article | None]]:
    """Return each true article with the article found for it, or None."""
    left = list(articles)
    pairs: list[tuple[dict[str, Any], Article | None]] = []
    for truth in truths:
        body = " ".join(truth["paragraphs"])
        best = max(
            left, key=lambda a: word_f1(body, a.body) + 0.2 * similarity(truth["headline"], a.title), default=None
        )
        if best is None or word_f1(body, best.body) < MIN_OVERLAP:
            pairs.append((truth, None))
            continue
        left.remove(best)
        pairs.append((truth, best))
    return pairs


def measure(truths: Sequence[dict[str, Any]], articles: Sequence[Article]) -> dict[str, tuple[float, float]]:
    """Return each measure as (reached, possible); for `extra`, `foreign` and `leaked` reached should be 0."""
    pairs = pair_articles(truths, articles)
    found = [(truth, article) for truth, article in pairs if article]

    def share(name: str, right: Iterable[bool], of: str) -> tuple[float, float]:
        return sum(right), sum(1 for truth in truths if truth.get(of))

    paragraphs = [(text, article) for truth, article in pairs for text in truth["paragraphs"]]
    captions = [caption for truth in truths for caption in truth.get("captions") or [] if caption.get("text")]
    vocabulary = {word for truth in truths for text in truth["paragraphs"] for word in split_words(text)}
    bodies = {id(article): squeeze(article.body) for _, article in found}
    told = {(squeeze(caption.text), squeeze(caption.credit)) for article in articles for caption in article.captions}
    pictures = [caption for truth in truths if truth.get("type") != "image" for caption in truth.get("captions") or []]
    return {
        "articles": (len(found), len(truths)),
        "extra": (len(articles) - len(found), 0),
        "headlines": share(
            "headlines", (similarity(t["headline"], a.title) > 0.85 for t, a in found if t["headline"]), "headline"
        ),
        "bylines": share(
            "bylines", (similarity(t["byline"], join_names(a.author)) > 0.8 for t, a in found if t["byline"]), "byline"
        ),
        "decks": share("decks", (similarity(t["deck"], a.deck) > 0.85 for t, a in found if t.get("deck")), "deck"),
        "contributors": share(
            "contributors",
            (
                list(map(squeeze, t["contributors"])) == list(map(squeeze, a.contributors))
                for t, a in found
                if t.get("contributors")
            ),
            "contributors",
        ),
        "credits": (sum((squeeze(c["text"]), squeeze(c.get("credit"))) in told for c in captions), len(captions)),
        "paragraphs": (sum(1 for text, a in paragraphs if a and squeeze(text) in bodies[id(a)]), len(paragraphs)),
        "F1": (sum(word_f1(" ".join(t["paragraphs"]), a.body) for t, a in found), len(truths)),
        "foreign": (sum(word not in vocabulary for _, a in found for word in split_words(a.body)), 0),
        "leaked": (
            sum(
                any(squeeze(c.get("text"))[:160] in body for body in bodies.values()) for c in pictures if c.get("text")
            ),
            0,
        ),
    }


def format_measure(name: str, value: tuple[float, float]) -> str:
    """Format a measure for the table."""
    reached, possible = value
    if name == "F1":
        return f"{reached / possible:.3f}" if possible else "-"
    return f"{reached:.0f}/{possible:.0f}" if possible else f"{reached:.0f}"


def main(arguments: Sequence[str]) -> int:
    """Print the table of each folder and, with --many, time and memory; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--many", type=int, default=0, metavar="N", help="import N pages, and print time and memory")
    options = parser.parse_args(arguments)
    pages = [page for folder in options.folders for page in sorted(folder.glob("page-*.txt"))]
    if not pages:
        print("no page-*.txt found; the three pages of the measurements are not part of the project", file=sys.stderr)
        return 2
    print("".join(f"{name:>13}" for name in ("page", *COLUMNS)))
    total: dict[str, tuple[float, float]] = dict.fromkeys(COLUMNS, (0, 0))
    for page in pages:
        beside = page.with_name(page.name.replace("page-", "gt-")).with_suffix(".json")
        if not beside.is_file():
            print(f"{page}: no {beside.name} beside it", file=sys.stderr)
            continue
        truth = json.loads(beside.read_text())
        values = measure(truth["articles"], extract_articles(str(page)))
        total = {name: (total[name][0] + values[name][0], total[name][1] + values[name][1]) for name in COLUMNS}
        print(f"{page.stem[5:]:>13}" + "".join(f"{format_measure(name, values[name]):>13}" for name in COLUMNS))
    print(f"{'all':>13}" + "".join(f"{format_measure(name, total[name]):>13}" for name in COLUMNS))
    if options.many:
        print_throughput(pages, options.many)
    return 0


def print_throughput(pages: Sequence[Path], number: int) -> None:
    for page in pages:
        extract_articles(str(page))  # one-time loading does not count
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    size = 0
    for n in range(number):
        page = pages[n % len(pages)]
        size += page.stat().st_size
        extract_articles(str(page))
    spent, after = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{number:,} pages of {size / number / 1000:.1f} kB: {spent:.1f} s of one core; ", end="")
    print(f"at most {after // 1024} MB, {(after - before) // 1024} MB more than after the first round")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
