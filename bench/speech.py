"""Precision and recall of quotes on (sentence, speaker), by `tests/support/quote_metric.py` on marks made by hand.

    python bench/speech.py tests/extraction/quotes/marks.json
    python bench/speech.py marks.json ../shared/pages/truth.json     for marks of pages that are not in the archive
    python bench/speech.py -v marks.json                             each miss and each error too

In a file of marks `page-000/slug` is an article of the page of that number in a truth file.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from shanxi_cli.corpus.reader import parse_article  # noqa: E402
from shanxi_cli.model.article import Article  # noqa: E402
from shanxi_cli.model.quote import Speech  # noqa: E402
from tests.support.quote_metric import (  # noqa: E402
    MIN_PRECISION,
    MIN_RECALL,
    QuoteScore,
    add_scores,
    read_article_speech,
    score_speeches,
    speaker_key,
    speech_pair,
)


def main() -> None:
    """Print a line for each article and one for all; exit with 1 when all together are below the targets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marks", type=Path)
    parser.add_argument("truth", type=Path, nargs="?")
    parser.add_argument("-v", dest="verbose", action="store_true", help="print each miss and each error")
    options = parser.parse_args()
    marks: dict[str, list[list[Any]]] = json.loads(options.marks.read_text(encoding="utf-8"))
    articles = dict(read_articles(options.truth))
    scores = []
    for name, rows in marks.items():
        if name not in articles:
            print(f"{name}: not here; skipped")
            continue
        speeches = read_article_speech(articles[name])
        scores.append(score_speeches(speeches, rows))
        print(format_score(name, scores[-1]))
        if options.verbose:
            print_errors(articles[name], speeches, rows)
    total = add_scores(scores)
    print(format_score("all", total))
    sys.exit(int(total.precision < MIN_PRECISION or total.recall < MIN_RECALL))


def read_articles(truth: Path | None) -> Iterator[tuple[str, Article]]:
    """Yield the articles of the archive by id, and those of a truth file as `page-000/slug`."""
    for path in sorted((ROOT / "corpus").rglob("*.md")):
        yield path.stem, parse_article(path.read_bytes(), path.stem, path.name)
    if truth is not None:
        pages = json.loads(truth.read_text(encoding="utf-8"))["pages"]
        for page in pages.values() if isinstance(pages, dict) else pages:
            for article in page["articles"]:
                body = article["paragraphs"] if isinstance(article["paragraphs"], list) else article["body"]
                name = f"page-{page['page']}/{article['slug']}"
                yield name, Article(article["slug"], article["headline"] or "", "\n\n".join(body))


def format_score(name: str, score: QuoteScore) -> str:
    """Return precision and recall with their counts, on one line."""
    return (
        f"{name[:60]:<60} marked {score.marked:>3}  found {score.named:>3}  right {score.correct:>3}  "
        f"open {score.open:>2}  precision {score.precision:.3f}  recall {score.recall:.3f}  "
        f"kind {score.correct_kind / score.correct if score.correct else 1:.3f}"
    )


def print_errors(article: Article, speeches: Sequence[Speech], rows: Sequence[Sequence[Any]]) -> None:
    """Print each error and each miss with its sentence."""
    marked = {(n, start, end, speaker_key(speaker)) for n, start, end, speaker, _ in rows}
    for s in speeches:
        if speech_pair(s) not in marked:
            print(f"   + {s.speaker.name or 'open: ' + s.speaker.printed!r} [{s.rule.value}] ", end="")
            print(article.paragraphs[s.paragraph][s.start : s.end][:150])
    for n, start, end, speaker in sorted(marked - {speech_pair(s) for s in speeches}):
        print(f"   - {speaker}: {article.paragraphs[n][start:end][:150]}")


if __name__ == "__main__":
    main()
