"""Lazy imports: modules run at the first access to an attribute."""

import subprocess
import sys
from pathlib import Path

import pytest


def run(*lines: str, path: Path | None = None) -> str:
    """Run a program of these lines in a new interpreter and return its output."""
    program = "\n".join(("import sys", "from shanxi_cli.util.lazy_import import lazy_import", *lines))
    environment = {"PYTHONPATH": str(path)} if path else None
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A folder with a package and a module that print when they run, and one that fails."""
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text("print('pack runs'); from pack.part import NUMBER; OTHER = 2\n")
    (tmp_path / "pack" / "part.py").write_text("print('part runs'); NUMBER = 1\n")
    (tmp_path / "failing.py").write_text("raise ImportError('not here')\n")
    return tmp_path


PROGRAMS = [
    (["lazy_import(['pack'])", "import pack"], ""),
    (["lazy_import(['pack'])", "import pack", "print(pack.OTHER, pack.NUMBER)"], "pack runs\npart runs\n2 1\n"),
    (["lazy_import(['pack'])", "from pack import OTHER", "print(OTHER)"], "pack runs\npart runs\n2\n"),
    (["lazy_import(['pack'])", "import pack.part", "print(pack.part.NUMBER)"], "part runs\n1\n"),
    (["lazy_import(['pack.part'])", "print('then')", "import pack"], "pack runs\npart runs\nthen\n"),
    (["lazy_import(['pack'])", "import pack", "print(hasattr(pack, 'none'), type(pack))"],
     "pack runs\npart runs\nFalse <class 'module'>\n"),
    (["import pack", "lazy_import(['pack', 'nowhere'])", "print('nowhere' in sys.modules)"],
     "pack runs\npart runs\nFalse\n"),
    (["lazy_import(['nowhere.part', 'pack.nowhere'])", "print('pack.nowhere' in sys.modules)"],
     "pack runs\npart runs\nFalse\n"),
    (["lazy_import(['failing'])", "import failing", "try: failing.name", "except ImportError as e: print(e)"],
     "not here\n"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "output"), PROGRAMS, ids=["; ".join(lines)[:60] for lines, _ in PROGRAMS])
def test_module_runs_at_first_attribute_access(modules: Path, lines: list[str], output: str) -> None:
    assert run(*lines, path=modules) == output


def test_second_thread_waits_for_the_module(modules: Path) -> None:
    (modules / "slow.py").write_text("import sys\nsys.begun.set(); sys.go.wait(); NAME = 1\n")
    output = run(
        "import threading",
        "sys.begun, sys.go = threading.Event(), threading.Event()",
        "lazy_import(['slow'])",
        "import slow",
        "seen = []",
        "threads = [threading.Thread(target=lambda: seen.append(slow.NAME)) for _ in range(2)]",
        "threads[0].start(); sys.begun.wait(); threads[1].start()",
        "sys.go.set()",
        "[thread.join() for thread in threads]",
        "print(seen)",
        path=modules,
    )
    assert output == "[1, 1]\n"


def test_whoosh_analyzers_are_imported_lazily() -> None:
    output = run(
        "from shanxi_cli.__main__ import main",
        "from shanxi_cli.engines import open_backend",
        "open_backend()",
        "waiting = [n for n in ('subprocess', 'tokenize', 'whoosh.analysis') if '_waiting' in sys.modules[n].__dict__]",
        "print(waiting, 'whoosh.analysis.filters' in sys.modules)",
        "from whoosh.fields import TEXT",
        "print([t.text for t in TEXT().analyzer('The coal mine')])",
    )
    assert output == "['subprocess', 'tokenize', 'whoosh.analysis'] False\n['coal', 'mine']\n"


def test_whoosh_matchers_are_imported_lazily() -> None:
    output = run(
        "from shanxi_cli.engines import open_backend",
        "open_backend()",
        "print('whoosh.matching.binary' in sys.modules)",
        "from whoosh.matching import UnionMatcher",
        "print(UnionMatcher.__module__)",
    )
    assert output == "False\nwhoosh.matching.binary\n"


@pytest.mark.parametrize(
    "needed",
    [{"whoosh.analysis.gone": ("entoken",)}, {"whoosh.analysis.acore": ("gone",)}],
    ids=["module gone", "name gone"],
)
def test_unknown_whoosh_layout_is_imported_eagerly(needed: dict[str, tuple[str, ...]]) -> None:
    output = run(
        "from shanxi_cli.engines import open_backend",
        "from shanxi_cli.engines.whoosh import patches",
        f"patches._NEEDED_NAMES = {needed!r}",
        "print(open_backend().identity().engine, 'whoosh.analysis.filters' in sys.modules)",
    )
    assert output == "whoosh True\n"
