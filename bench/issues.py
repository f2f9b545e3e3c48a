"""Measure the import of digitised issues: articles, those with a text, and words beside a plain count.

    python bench/issues.py FOLDER...

Every METS file below the folders that records articles is imported. The plain count is of the `String` elements of
its ALTO files, a word cut by a line end once; ours is of the headlines, texts, captions and authors, and of what was
left out. The issues are no part of the repository: the samples of impresso-text-acquisition and alto2txt are public.
"""

import gzip
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers import read_parts
from shanxi_cli.model.article import Article


def find_issues(folders: Sequence[str]) -> Iterator[Path]:
    """Yield the METS files below folders that record articles."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.xml")):
            head = path.read_bytes()
            if re.search(rb"<(?:\w+:)?mets[\s>]", head[:5_000]) and re.search(rb'TYPE="ARTICLE"', head, re.IGNORECASE):
                yield path


def count_plainly(issue: Path) -> int:
    """Return the number of words in the ALTO files that an issue names."""
    hrefs = set(re.findall(rb'href="(?:file://)?([^"]+\.xml)"', issue.read_bytes()))
    words = 0
    for path in (issue.parent / href.decode() for href in hrefs):
        packed = Path(f"{path}.gz")
        if not path.is_file() and not packed.is_file():
            continue
        content = path.read_bytes() if path.is_file() else gzip.decompress(packed.read_bytes())
        for element in ElementTree.fromstring(content).iter():
            if element.tag.rpartition("}")[2] == "String" and element.get("SUBS_TYPE") != "HypPart2":
                words += len((element.get("CONTENT") or "").split())
    return words


def count_article(article: Article) -> int:
    """Return the number of words of an article, its headline, captions and authors."""
    texts = [article.body, article.deck, *article.author, *(caption.text for caption in article.captions)]
    texts += [] if article.title_note else [article.title]
    return sum(len(text.split()) for text in texts)


def measure_issue(issue: Path) -> str:
    """Return the line of an issue."""
    try:
        parts = list(read_parts(str(issue)))
    except PageError as error:
        return f"{issue.name}: {error.reason}"
    articles = [article for part in parts for article in part.page.articles]
    inside = sum(map(count_article, articles))
    lines = [line.partition(": ")[2] for part in parts for line in part.page.dropped]
    lines += [caption.text for part in parts for caption in part.page.captions]
    outside = sum(len(line.split()) for line in lines)
    plain = count_plainly(issue)
    difference = 100 * (inside + outside - plain) / max(1, plain)
    bodies = sum(bool(article.body.strip()) for article in articles)
    return (
        f"{issue.name[:44]:44} {len(articles):4} articles, {bodies:4} with a text, {inside:7,} words in them, "
        f"{outside:7,} left out, {plain:7,} plain: {difference:+.2f} %"
    )


def main(folders: Sequence[str]) -> int:
    """Print a line for each issue."""
    if not folders:
        print(__doc__)
        return 2
    for issue in find_issues(folders):
        print(measure_issue(issue), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
