"""Whatever is done to a corpus, the index equals a dictionary of its articles, and answers as reading them all does."""

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from shanxi_cli.archive import ArchiveContext, open_archive
from shanxi_cli.cli.main import main
from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.engines.base import Engine
from shanxi_cli.extraction.names import add_derived_names
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.paths import Locations
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import MATCH_ALL, compile_query
from tests.faults.operations import Fault, Operations
from tests.support.scan_engine import ScanEngine

NAMES = st.sampled_from(["coal", "Coal", "wine", "rail", "solar", "café", "export"])
FOLDERS = st.sampled_from(["", "2021/", "2021/07/"])
WORDS = [
    "coal",
    "mine",
    "mining",
    "solar power",
    "1,200 households",
    "30 million yuan",
    "12.5 percent",
    "太原",
    "Xi'an",
]
TEXTS = st.builds(
    "---\ntitle: {}\ndate: {}\nplaces: [{}]\n---\n\n{}.\n".format,
    st.sampled_from(WORDS),
    st.sampled_from(["2021", "2021-07-22/2021-08-31", "2022-06", "2020/.."]),
    st.sampled_from(["Datong", "Taiyuan", "太原"]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join),
)
QUERIES = [
    *("coal", "coal mine", '"solar power"', "min*", "mining~", "=mine", "title:coal", "place:Datong", "date:2021"),
    *("money:1m..", "percent:10..20", "count:1000..households", "coal -mine", '"coal power"~5', "太原", "NOT coal"),
]


class Corpus(RuleBasedStateMachine):
    """A folder of articles that somebody works on, and the archive over it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.corpus, self.index = self.folder / "corpus", self.folder / "index"
        self.corpus.mkdir()
        self.texts: dict[str, str] = {}  # by path

    def teardown(self) -> None:
        self.list_everything()
        shutil.rmtree(self.folder)

    def _write(self, path: str, text: str) -> None:
        place = self.corpus / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        self.texts[path] = text

    def _free(self, name: str) -> bool:
        return all(Path(path).stem != name for path in self.texts)

    @rule(name=NAMES, folder=FOLDERS, text=TEXTS)
    def add(self, name: str, folder: str, text: str) -> None:
        if self._free(name):
            self._write(f"{folder}{name}.md", text)

    @rule(data=st.data(), text=TEXTS)
    def edit(self, data: st.DataObject, text: str) -> None:
        if self.texts:
            self._write(data.draw(st.sampled_from(sorted(self.texts))), text)

    @rule(data=st.data())
    def edit_and_restore_the_time(self, data: st.DataObject) -> None:
        """Another word of the same length, and the time of before: only the time of change tells."""
        if self.texts:
            path = data.draw(st.sampled_from(sorted(self.texts)))
            times = (self.corpus / path).stat()
            self._write(path, self.texts[path].translate(str.maketrans("mnc", "nmk")))
            self.texts[path] = (self.corpus / path).read_text()
            os.utime(self.corpus / path, ns=(times.st_atime_ns, times.st_mtime_ns))

    @rule(data=st.data(), name=NAMES, folder=FOLDERS)
    def rename(self, data: st.DataObject, name: str, folder: str) -> None:
        if self.texts and self._free(name):
            path = data.draw(st.sampled_from(sorted(self.texts)))
            self._write(f"{folder}{name}.md", self.texts.pop(path))
            (self.corpus / path).unlink()

    @rule(data=st.data(), folder=FOLDERS)
    def move(self, data: st.DataObject, folder: str) -> None:
        if self.texts:
            path = data.draw(st.sampled_from(sorted(self.texts)))
            target = f"{folder}{Path(path).name}"
            (self.corpus / folder).mkdir(parents=True, exist_ok=True)
            (self.corpus / path).rename(self.corpus / target)
            self.texts[target] = self.texts.pop(path)

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        if self.texts:
            path = data.draw(st.sampled_from(sorted(self.texts)))
            (self.corpus / path).unlink()
            del self.texts[path]

    @rule(data=st.data(), seconds=st.integers(-10_000, 10_000))
    def touch(self, data: st.DataObject, seconds: int) -> None:
        if self.texts:
            place = self.corpus / data.draw(st.sampled_from(sorted(self.texts)))
            found = place.stat().st_mtime_ns + seconds * 1_000_000_000
            os.utime(place, ns=(found, found))

    @rule(fault=st.sampled_from(Fault), at=st.integers(1, 250))
    def index_with_a_fault(self, fault: Fault, at: int) -> None:
        child = os.fork()
        if not child:
            sys.stdout = sys.stderr = io.StringIO()
            Operations(str(self.index), fault, at).install()
            os._exit(main(["index", "--corpus", str(self.corpus), "--index", str(self.index)]))
        os.waitpid(child, 0)

    @rule(text=st.sampled_from(QUERIES), want=st.sampled_from(WordOperator))
    def search(self, text: str, want: WordOperator) -> None:
        engine = self._opened()
        judge = ScanEngine(list(self._articles().values()))
        query = compile_query(text, want)
        ours, theirs = engine.search(query, HitOrder.RELEVANCE), judge.search(query, HitOrder.RELEVANCE)
        assert [engine.article(m.number).id for m in ours] == [judge.article(m.number).id for m in theirs]
        assert [m.score for m in ours] == pytest.approx([m.score for m in theirs])
        assert engine.count(query) == judge.count(query)
        engine.close()

    @rule()
    def list_everything(self) -> None:
        engine, articles = self._opened(), self._articles()
        found = [engine.article(match.number) for match in engine.search(MATCH_ALL, HitOrder.TITLE)]
        assert {article.id: article for article in found} == articles
        assert len(found) == len(articles) == engine.article_count()
        assert list(engine.terms_with_prefix()) == list(ScanEngine(list(articles.values())).terms_with_prefix())
        engine.close()

    def _opened(self) -> Engine:
        where = Locations((str(self.corpus),), self.index, None)
        return open_archive(ArchiveContext(where, lambda message: None, lambda done, total: None)).engine

    def _articles(self) -> dict[str, Article]:
        ids = {path: path.removesuffix(".md") for path in self.texts}
        parsed = {ids[path]: parse_article(text.encode(), ids[path], path) for path, text in self.texts.items()}
        return {name: add_derived_names(article) for name, article in parsed.items()}


def test_index_equals_corpus() -> None:
    run_state_machine_as_test(Corpus, settings=settings(max_examples=30, stateful_step_count=25, deadline=None))


@pytest.mark.faults
@pytest.mark.parametrize("shard", range(20))
def test_index_equals_corpus_long_run(shard: int) -> None:
    """Each shard draws histories of its own."""
    run_state_machine_as_test(Corpus, settings=settings(max_examples=10, stateful_step_count=40, deadline=None))
    print(f"model: shard {shard}: 10 histories of up to 40 steps")
