"""Archives of tests in a cluster: corpora of Markdown, machines that build their index, and what an engine answers."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.opensearch.backend import OpenSearchBackend
from shanxi_cli.indexing import store
from shanxi_cli.indexing.builder import UpdateOptions, UpdateReport, update_index
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.search.searcher import compile_query
from tests.support.articles import FILES

QUERIES = ("coal", "coal OR solar OR wall", '"solar cells"', "place:Taiyuan", "money:1..", "plant -solar", "NOT coal")
FIELDS = ("", "title", "body", "keyword", "place", "author", "page")
TWICE = (
    "the river gate of the old town was closed for repairs by the county on the last day of a very dry summer "
    "and it rained"
)


def text_of(title: str, body: str) -> str:
    """A file of an article."""
    return f"---\ntitle: {title}\n---\n\n{body}\n"


def write_files(corpus: Path, files: Mapping[str, str | None]) -> None:
    """Write files of articles by their ids; None removes one."""
    corpus.mkdir(exist_ok=True)
    for name, text in files.items():
        path = corpus / f"{name}.md"
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")


class Machine:
    """A machine that builds the index `remote` from a corpus; `folder` keeps its local generations."""

    def __init__(self, remote: RemoteIndex, folder: Path, corpus: Path) -> None:
        self.backend = OpenSearchBackend(remote)
        self.folder = folder
        self.corpus = corpus

    def update(self, **options: Any) -> UpdateReport:
        return update_index(self.folder, (str(self.corpus),), self.backend, UpdateOptions(processes=1, **options))[1]

    def engine(self) -> Engine:
        generation = store.current_generation(self.folder)
        assert generation
        return self.backend.open(generation.directory)


def start_archive(remote: RemoteIndex, folder: Path) -> Machine:
    """A machine with a corpus of six articles, which it has not indexed."""
    write_files(folder / "corpus", FILES)
    return Machine(remote, folder / "index", folder / "corpus")


def answers(engine: Engine, queries: Iterable[str] = QUERIES) -> dict[str, Any]:
    """What an engine says about queries, words and articles, without numbers of articles."""
    found: dict[str, Any] = {"articles": engine.article_count(), "words": engine.word_count()}
    for text in queries:
        plan = compile_query(text, WordOperator.ALL)
        for order in (HitOrder.RELEVANCE, HitOrder.NEWEST, HitOrder.TITLE):
            matches = list(engine.search(plan, order))
            some = engine.articles([match.number for match in matches])
            found[f"{text} {order.value}"] = [(a.id, m.score) for a, m in zip(some, matches, strict=True)]
        found[f"{text} places"] = engine.search(plan, HitOrder.RELEVANCE).counts("place")
    for field in FIELDS:
        found[f"words of {field}"] = list(engine.terms_with_prefix(field))
    found["stems"] = engine.term_stats(["coal", "plant", "nowher"], TermForm.STEMS)
    found["code"] = sorted(engine.code_terms())
    ids = {number: article_id for article_id, number in engine.articles_with_id_prefix("")}
    found["ids"] = sorted(ids.values())
    found["near-duplicates"] = sorted(sorted(ids[n] for n in group) for group in engine.near_duplicate_groups())
    return found
