"""An archive that changes, and its `shanxi index` in a child process that something happens to."""

import os
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from shanxi_cli.archive import ArchiveContext, open_archive
from shanxi_cli.cli.main import main
from shanxi_cli.engines import open_backend
from shanxi_cli.engines.base import Engine
from shanxi_cli.indexing import store
from shanxi_cli.model.results import HitOrder
from shanxi_cli.paths import Locations
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import MATCH_ALL, compile_query
from tests.support import articles

Answer = tuple[tuple[str, ...], ...]
"""Ids of an archive by several queries: what has to be exactly the old or exactly the new."""

QUERIES = ("coal", '"solar cells"', "photo*", "place:Datong", "date:2021", "percent:10..", "added", "mine -coal")


def answer(engine: Engine) -> Answer:
    """What an engine says to each query, and the title of every article."""
    everything = [engine.article(match.number) for match in engine.search(MATCH_ALL, HitOrder.TITLE)]
    found = [engine.search(compile_query(text, WordOperator.ANY), HitOrder.RELEVANCE) for text in QUERIES]
    ids = [tuple(engine.article(match.number).id for match in matches) for matches in found]
    return (tuple(f"{article.id}: {article.title}" for article in everything), *ids)


def add_and_edit(corpus: Path) -> None:
    (corpus / "added.md").write_text("---\ntitle: Added coal\ndate: 2021\n---\n\nAdded.\n")
    (corpus / "mine-safety-rules.md").write_text("---\ntitle: No rules\nplaces: [Datong]\n---\n\nNothing.\n")


def remove(corpus: Path) -> None:
    (corpus / "solar-cells-for-export.md").unlink()
    (corpus / "undated-note.md").unlink()


def nothing(corpus: Path) -> None:
    pass


CASES: dict[str, tuple[bool, Callable[[Path], None], list[str]]] = {
    "first build": (False, nothing, ["index"]),
    "update": (True, add_and_edit, ["index"]),
    "removal": (True, remove, ["index"]),
    "rebuild": (True, add_and_edit, ["index", "--rebuild"]),
}
"""Case -> (is there an index before, what changes in the corpus, the command line)."""


class Archive:
    """A corpus that has changed since its index was built; every run begins at the same state."""

    def __init__(self, folder: Path, case: str) -> None:
        has_index, change, self.arguments = CASES[case]
        self.corpus = articles.write(folder / "corpus")
        self.root = folder / "root"
        self.index = self.root / "index"
        self.root.mkdir()
        self.old = self.searched() if has_index else None
        self._start = folder / "start"
        shutil.copytree(self.root, self._start)
        change(self.corpus)
        self.new = self.searched()
        self.reset()

    def reset(self) -> None:
        """The index as it was before the change."""
        shutil.rmtree(self.root)
        shutil.copytree(self._start, self.root)

    def run(self, prepare: Callable[[], object], finish: Callable[[], object] = lambda: None) -> int:
        """`shanxi index` in a child process between `prepare` and `finish`; its status, or minus the signal that
        ended it."""
        sys.stdout.flush()
        child = os.fork()
        if child:
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        status = 99
        try:
            quiet = os.open(os.devnull, os.O_RDWR)
            os.dup2(quiet, 1)
            error = os.open(self.root.parent / "stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(error, 2)
            sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
            prepare()
            status = main([*self.arguments, "--corpus", str(self.corpus), "--index", str(self.index)])
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            finish()
            os._exit(status)

    def said(self) -> str:
        """What the last run said on stderr."""
        return (self.root.parent / "stderr").read_text()

    def as_it_stands(self) -> Answer | None:
        """What the index answers without being brought up to date; None when there is none. Damage raises."""
        generation = store.current_generation(self.index)
        return answer(open_backend().open(generation.directory)) if generation else None

    def searched(self) -> Answer:
        """What the next search answers."""
        where = Locations((str(self.corpus),), self.index, None)
        return answer(open_archive(ArchiveContext(where, lambda message: None, lambda done, total: None)).engine)
