"""How the attacks ask: a text of both engines and of everything that explains a query, a command line of `main`."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings

from shanxi_cli.cli.main import main
from shanxi_cli.engines import open_backend
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.engines.explain import explain_plan
from shanxi_cli.errors import ShanxiError
from shanxi_cli.explore.figures import find_figures
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.ast import Near
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.unparse import to_text
from shanxi_cli.query.visit import iterate_leaves
from shanxi_cli.search.explain import format_analysis, format_query_tree
from shanxi_cli.search.searcher import compile_query, make_hits, search_matches
from shanxi_cli.search.suggest import explain_no_results
from shanxi_cli.util.dirfd import DirectoryHandle
from tests.support.articles import ARTICLES, MEASURED, put
from tests.support.scan_engine import ScanBackend

F = TypeVar("F", bound=Callable[..., None])


def sample(count: int) -> Callable[[F], F]:
    """A property is tried with the same `count` inputs in every run."""
    return settings(
        max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=[*HealthCheck]
    )


def many(count: int) -> Callable[[F], F]:
    """A property is tried with `count` inputs that nobody has seen."""
    return settings(max_examples=count, deadline=None, suppress_health_check=[*HealthCheck])


class Engines:
    """The same articles behind both engines."""

    def __init__(self, folder: Path) -> None:
        self.whoosh = _written(open_backend(), folder / "whoosh")
        self.scan = _written(ScanBackend(), folder / "scan")

    def ask(self, text: str, want: WordOperator) -> str:
        """Answers a query in every way; the error it was refused by, or empty. Whatever else is raised is a bug."""
        try:
            query = compile_query(text, want)
        except ShanxiError as error:
            assert "\n" not in str(error)
            return str(error)
        found = _answer(self.whoosh, query)
        if not any(isinstance(leaf, Near) and _is_costly(leaf) for leaf in iterate_leaves(query.query, excluded=True)):
            assert found == _answer(self.scan, query)
        list(format_query_tree(query))
        list(format_analysis(query))
        list(explain_plan(query))
        find_figures(self.whoosh, query)
        to_text(query.query)
        return ""


def _is_costly(leaf: Near) -> bool:
    """True for what the engine that tries every window in every order cannot answer."""
    return len(leaf.text.split()) > 2 or leaf.distance > 8


def _written(backend: Backend, folder: Path) -> Engine:
    folder.mkdir(parents=True)
    held = DirectoryHandle(folder)
    put(backend, held, [*ARTICLES.values(), *MEASURED.values()])
    return backend.open(held)


def _answer(engine: Engine, query: QueryPlan) -> list[str]:
    matches = search_matches(engine, query, HitOrder.TITLE)
    assert engine.count(query) == len(matches)
    hits = make_hits(engine, query, matches, slice(3), with_passages=True).hits
    assert all(0 <= m.start < m.end <= len(s.text) for hit in hits for s in hit.snippets for m in s.marks)
    if not matches:
        explain_no_results(engine, query)
    return [engine.article(match.number).id for match in matches]


@contextmanager
def standard_input(data: bytes) -> Iterator[None]:
    """`data` on stdin."""
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = before


def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
    """What `main` gives for a command line: its status, stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    with standard_input(stdin), redirect_stdout(out), redirect_stderr(err):
        status = main(arguments)
    assert status in (0, 1, 2), (arguments, err.getvalue())
    return status, out.getvalue(), err.getvalue()
