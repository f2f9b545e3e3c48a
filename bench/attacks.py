"""Measure the slowest query of each kind of attack over 5,000 generated articles.

    python bench/attacks.py [--articles 5000] [--seed 1] [--keep FOLDER] [--only KIND] [--profile]

The articles are reproducible for a seed: words are as frequent as in a language (Zipf), so that some are in nearly all
articles and tens of thousands in one, with dates, names and quantities. Each query runs as in a process: open the
index, parse, find and sort all matches, then make ten hits with passages, or the report of why there are none.
"""

import argparse
import cProfile
import gc
import pstats
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path

from shanxi_cli.engines import open_backend
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import ShanxiError
from shanxi_cli.explore.figures import find_figures
from shanxi_cli.indexing.builder import update_index
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import compile_query, make_hits, search_matches
from shanxi_cli.search.suggest import explain_no_results
from shanxi_cli.util.dirfd import DirectoryHandle

VOCABULARY = 40_000
WORDS = 250
"""Number of words of an article."""
REFERENCE = "two words"
_SYLLABLES = "ka me to ri sha lu ven do ping cor tal mi er an lo fen dat ong yu che mar ti na so bel gra".split()
_COMMON = "the of and to in a said for is was coal mine province energy city year people company power trade".split()
_FIGURES = (
    "{n} million yuan (${m} million)",
    "{n} percent",
    "more than {n},000 households",
    "{n} megawatts",
    "{n},500 mu",
    "{n} people",
)


def vocabulary(source: random.Random) -> list[str]:
    """Return distinct words, the most frequent first."""
    found = dict.fromkeys(_COMMON)
    while len(found) < VOCABULARY:
        found["".join(source.choices(_SYLLABLES, k=source.randint(2, 5)))] = None
    return list(found)


def write_articles(folder: Path, number: int, seed: int) -> list[str]:
    """Write `number` articles into `folder` and return the vocabulary."""
    source = random.Random(seed)  # not a secret: the same articles again
    words = vocabulary(source)
    frequent = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    folder.mkdir(parents=True)
    for n in range(number):
        text = source.choices(words, cum_weights=frequent, k=WORDS)
        for at in range(9, WORDS, 40):
            text[at] = source.choice(_FIGURES).format(n=source.randint(2, 900), m=source.randint(2, 90))
        sentences = [" ".join(text[at : at + 20]).capitalize() + "." for at in range(0, WORDS, 20)]
        paragraphs = ["\n".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
        day = f"{source.randint(2000, 2023)}-{source.randint(1, 12):02}-{source.randint(1, 28):02}"
        title = " ".join(text[:6])
        names = f"author: [{text[3]} {text[4]}]\nplaces: [{source.choice(words[:300])}]"
        front = f'title: "{title}"\ndate: {day}\n{names}\n'
        (folder / f"article-{n:05}.md").write_text(f"---\n{front}---\n\n" + "\n\n".join(paragraphs) + "\n")
    return words


def attacks(words: list[str], seed: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each kind of attack with its queries."""
    source = random.Random(seed)
    often, rare, absent = words[:60], words[-4_000:], [word[:-1] + "qz" for word in words[500:3_000]]
    pairs, stems = _beginnings(words, 2, 4), _beginnings(words, 4, 16)

    def joined(some: list[str], joint: str = " ", form: str = "{}") -> str:
        return joint.join(form.format(word) for word in some)

    yield REFERENCE, ["coal mine"]
    yield "64 frequent words", [joined(often), joined(often, " AND "), joined(often, " OR "), joined(["coal"] * 64)]
    yield "64 rare words", [joined(source.sample(rare, 60)) for _ in range(3)]
    yield "64 absent words", [joined(source.sample(absent, 64)), joined(source.sample(absent, 64), " AND ")]
    yield "+64 absent words", [joined(source.sample(absent, 64), " ", "+{}"), joined(often, " ", "+{}") + " +qqqqq"]
    yield "4 short prefixes", [joined(pairs, form=form) for form in ("{}*", "+{}*", "body:{}*", "title:{}*")]
    yield "16 prefixes", [joined(stems, form=form) for form in ("{}*", "+{}*", "body:{}*", "title:{}*")]
    yield "16 fuzzy words", [joined(source.sample(some, 16), " ", "{}~2") for some in (words, absent)]
    yield "+16 fuzzy words", [joined(source.sample(absent, 16), " ", "+{}~1"), joined(["kamekame~2"] * 16)]
    yield "16 fuzzy in a field", [joined(source.sample(words, 16), " OR ", "body:{}~2")]
    yield "a long fuzzy word", ["ka" * 990 + "~2", "x" * 1_900 + "~2", "fuzzy:" + "a" * 40 + "~2"]
    yield (
        "a phrase",
        [f'"{joined(often[:40])}"', '"' + "the " * 60 + '"', '"the of and to in a"', f'"{joined(rare[:60])}"'],
    )
    yield (
        "nearness",
        [f'"{joined(often[:60])}"~50', '"' + "the " * 60 + '"~50', '"the of and to in a"~50', '"the of"~50'],
    )
    yield "64 nearnesses", [" ".join(f'"{a} {b}"~50' for a, b in pairwise(often[:33]))]
    yield "+64 nearnesses", [" ".join(f'+"{a} {b}"~0' for a, b in pairwise(often[:33]))]
    yield (
        "deep",
        ["(" * 49 + "coal" + ")" * 49, "NOT " * 49 + "coal", "(coal OR " * 49 + "mine" + ")" * 49, "-" * 50 + "coal"],
    )
    yield (
        "64 exclusions",
        [joined(often, " ", "-{}"), joined(source.sample(absent, 64), " ", "-{}"), joined(often, " OR ", "NOT {}")],
    )
    yield (
        "64 dates",
        [joined([str(year) for year in range(1960, 2024)], " OR ", "date:{}"), joined(["2021"] * 64, " ", "date:{}")],
    )
    yield (
        "64 limits",
        [
            joined([str(n) for n in range(64)], " OR ", "money:{}.."),
            joined([str(n) for n in range(64)], " ", "percent:>{}"),
        ],
    )
    yield "64 limits and words", [" ".join(f"{w} money:{n}..{n + 900}m" for n, w in enumerate(often[:32]))]
    yield "16 beginnings of ids", [joined([f"article-{n}" for n in range(16)], " OR ", "prefix:id:{}")]
    yield (
        "refused",
        [
            "(" * 1_000 + "coal" + ")" * 1_000,
            "(" * 100_000,
            '"' + "coal " * 20_000 + '"',
            "a" * 100_000,
            "co* " * 5_000,
        ],
    )
    yield "odd characters", ["e" + "\u0301\u0327" * 50_000, "\ud800" * 2_000, "\0" * 2_000, "a.\u0301" * 900]


def _beginnings(words: list[str], letters: int, number: int) -> list[str]:
    """Return the most frequent beginnings of words."""
    found = Counter(word[:letters] for word in words if len(word) > letters)
    return [beginning for beginning, _ in found.most_common(number)]


def ask(engine: Engine, text: str, want: WordOperator) -> int:
    """Answer a query as `search` does on a terminal."""
    query = compile_query(text, want)
    matches = search_matches(engine, query, HitOrder.RELEVANCE)
    make_hits(engine, query, matches, slice(10), with_passages=True)
    if not matches:
        explain_no_results(engine, query)
    return len(matches)


def count_figures(engine: Engine, text: str, want: WordOperator) -> int:
    """Answer a query as `figures` does."""
    return len(find_figures(engine, compile_query(text, want)))


VERBS: dict[str, tuple[Callable[[Engine, str, WordOperator], int], WordOperator]] = {
    "search": (ask, WordOperator.ANY),
    "list": (ask, WordOperator.ALL),
    "figures": (count_figures, WordOperator.ALL),
}


def timed(folder: Path, verb: str, text: str) -> tuple[float, str]:
    """Return the CPU seconds of a query, and its result."""
    answer, want = VERBS[verb]
    gc.collect()
    started = time.process_time()
    engine = open_backend().open(DirectoryHandle(folder))
    try:
        said = f"{answer(engine, text, want):,} found"
    except ShanxiError as error:
        said = str(error)[:60]
    seconds = time.process_time() - started
    engine.close()
    return seconds, said


def main() -> None:
    """Print one line per kind and verb: the worst time, its ratio to a usual search, and the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for articles and index, used again if it is there")
    parser.add_argument("--only", default="")
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = given.keep or Path(temporary)
        words = vocabulary(random.Random(given.seed))
        started = time.perf_counter()
        if not (place / "articles").exists():
            write_articles(place / "articles", given.articles, given.seed)
        generation, report = update_index(place / "index", (str(place / "articles"),), open_backend())
        print(f"{report.total:,} articles indexed in {time.perf_counter() - started:.0f} s", file=sys.stderr)
        usual = sorted(timed(generation.folder, "search", "coal mine")[0] for _ in range(5))[2]
        print(f"{'attack':<24}{'verb':<9}{'seconds':>8}{'x usual':>9}  result")
        for kind, queries in attacks(words, given.seed):
            for verb in VERBS if given.only in kind else ():
                if given.profile:
                    profile(generation.folder, verb, queries)
                    continue
                seconds, said = max(timed(generation.folder, verb, query) for query in queries)
                print(f"{kind:<24}{verb:<9}{seconds:>8.3f}{seconds / usual:>9.1f}  {said}", flush=True)


def profile(folder: Path, verb: str, queries: list[str]) -> None:
    """Print a profile of each query."""
    for query in queries:
        print(f"{verb} {query[:100]}")
        with cProfile.Profile() as kept:
            timed(folder, verb, query)
        pstats.Stats(kept).sort_stats("cumulative").print_stats(18)


if __name__ == "__main__":
    main()
