"""Measure quote extraction: precision and recall on (sentence, speaker), against marks made by hand.

    python bench/speech.py tests/extraction/quotes/marks.json
    python bench/speech.py marks.json ../shared/pages/truth.json     for marks of pages that are not in the archive
    python bench/speech.py -v marks.json                             each miss and each error too

A file of marks has for each article a list of [paragraph, start, end, speaker, kind]: the sentence, half-open, in
characters, into the paragraph; the full name of the speaker, or the words for one without a name. `page-000/slug` is an
article of the page of that number in a truth file.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from shanxi_cli.analysis.tokenizer import fold_text  # noqa: E402
from shanxi_cli.corpus.reader import parse_article  # noqa: E402
from shanxi_cli.extraction.quotes import read_speech  # noqa: E402
from shanxi_cli.model.article import Article  # noqa: E402
from shanxi_cli.model.quote import SpeakerBasis, Speech  # noqa: E402

PRECISION, RECALL = 0.92, 0.85


def main() -> None:
    """Print one line per article and one for all; the exit status is 1 when the total misses the targets."""
    arguments = [a for a in sys.argv[1:] if a != "-v"]
    marks: dict[str, list[list[Any]]] = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    articles = dict(known(Path(arguments[1]) if len(arguments) > 1 else None))
    totals = [0] * 6
    for name, rows in marks.items():
        if name not in articles:
            print(f"{name}: not here; skipped")
            continue
        found = read(articles[name])
        counts = score(found, rows)
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        print(line(name, counts))
        if "-v" in sys.argv:
            explain(articles[name], found, rows)
    print(line("all", totals))
    marked, named, right, *_ = totals
    sys.exit(int(right < PRECISION * named or right < RECALL * marked))


def known(truth: Path | None) -> Iterator[tuple[str, Article]]:
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


def read(article: Article) -> list[Speech]:
    """Return the speech of an article."""
    return read_speech(article.paragraphs, article.people, article.organisations)


def score(found: list[Speech], rows: list[list[Any]]) -> list[int]:
    """Count marked, found with a speaker, correct, found without a speaker, correct in kind, correct sentences."""
    wanted = {(n, start, end, key(speaker)): kind for n, start, end, speaker, kind in rows}
    named = {
        (s.paragraph, s.start, s.end, key(s.speaker.name)): s for s in found if s.speaker.basis is not SpeakerBasis.OPEN
    }
    right = wanted.keys() & named.keys()
    kinds = sum(named[one].voice.value == wanted[one] for one in right)
    places = {(n, start, end) for n, start, end, *_ in rows}
    sentences = sum((s.paragraph, s.start, s.end) in places for s in found)
    return [len(wanted), len(named), len(right), len(found) - len(named), kinds, sentences]


def key(name: str) -> str:
    """Return a name for comparison: folded, without article."""
    words = fold_text(name).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def line(name: str, counts: list[int]) -> str:
    """Format precision, recall and their counts."""
    marked, named, right, left_open, kinds, _ = counts
    precision, recall = right / named if named else 1.0, right / marked if marked else 1.0
    return (
        f"{name[:60]:<60} marked {marked:>3}  found {named:>3}  right {right:>3}  open {left_open:>2}  "
        f"precision {precision:.3f}  recall {recall:.3f}  kind {kinds / right if right else 1:.3f}"
    )


def explain(article: Article, found: list[Speech], rows: list[list[Any]]) -> None:
    """Print each error and each miss with its sentence."""
    wanted = {(n, start, end, key(speaker)) for n, start, end, speaker, _ in rows}
    have = {(s.paragraph, s.start, s.end, key(s.speaker.name)) for s in found}
    for s in found:
        if (s.paragraph, s.start, s.end, key(s.speaker.name)) not in wanted:
            print(f"   + {s.speaker.name or 'open: ' + s.speaker.printed!r} [{s.rule.value}] ", end="")
            print(article.paragraphs[s.paragraph][s.start : s.end][:150])
    for n, start, end, speaker in sorted(wanted - have):
        print(f"   - {speaker}: {article.paragraphs[n][start:end][:150]}")


if __name__ == "__main__":
    main()
