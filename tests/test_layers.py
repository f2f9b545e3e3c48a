"""The rooms and what each may know: imports go one way, and three libraries stay in theirs."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "shanxi_cli"
ROWS = [
    {"errors", "characters", "clean", "cells", "record", "dates", "model", "query", "views", "folder", "later"},
    {"language", "sources", "processes"},
    {"grammar", "frontmatter", "corpus", "pages", "locations", "generation", "store"},
    {"freshness", "remembered", "engines", "printers", "inputs", "filing"},
    {"deciding", "indexing", "searching", "explaining", "truth", "figures", "quotes", "exploring"},
    {"archive", "doctor"},
    {"cli", "__main__"},
]
"""Each imports from its own row or those before it; a package counts as one room."""

ROOMS = {
    "typer": {"cli"},
    "rich": {
        "printers.terminal",
        "printers.figure_table",
        "printers.quote_list",
        "printers.view_terminal",
        "printers.progress",
    },
    "whoosh": {
        "engines.whoosh",
        "engines.whoosh_blocks",
        "engines.whoosh_columns",
        "engines.whoosh_files",
        "engines.whoosh_joining",
        "engines.whoosh_schema",
        "engines.whoosh_segment",
        "engines.whoosh_storage",
        "engines.whoosh_writing",
    },
    "yaml": {"frontmatter"},
    "Stemmer": {"language.tokens", "engines.whoosh_schema"},
    "spellchecker": {"language.lexicon"},
    "ftfy": {"pages.scraps"},
    "pypdfium2": {"inputs.pdf"},
}
"""Library -> the rooms that may know it."""

DOORS = {
    "engines",
    "engines.whoosh",
    "printers",
    "archive",
    "locations",
    "cli.app",
    "cli.finding",
    "cli.recent",
    "cli.completing",
    "language.measuring",
    "language.analysis",
    "language.quantities",
    "inputs",
    "inputs.pdf",
}
"""Where an import may stand in a function: each loads the one thing that was asked for."""

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py"
}


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Each imported name in full (`shanxi_cli.model.Article`), with its node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide where they go"
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def row(name: str) -> int:
    top = name.split(".")[0]
    return next(number for number, rooms in enumerate(ROWS) if top in rooms)


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_one_way(name: str) -> None:
    for imported, _ in imports(ast.parse(MODULES[name].read_text())):
        if imported.startswith("shanxi_cli.") and imported != "shanxi_cli.__version__":
            assert row(imported.removeprefix("shanxi_cli.")) <= row(name), f"{name} imports {imported}"


@pytest.mark.parametrize("name", MODULES)
def test_libraries_stay_in_their_rooms(name: str) -> None:
    for imported, _ in imports(ast.parse(MODULES[name].read_text())):
        rooms = ROOMS.get(imported.split(".")[0])
        assert rooms is None or name in rooms or name.split(".")[0] in rooms, f"{name} imports {imported}"


@pytest.mark.parametrize("name", MODULES)
def test_imports_stand_at_the_top_but_for_the_doors(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text())
    functions = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    inside = [imported for function in functions for imported, _ in imports(function)]
    assert not inside or name in DOORS, f"{name} imports {inside} in a function"


def test_the_language_opens_no_files() -> None:
    for name in MODULES:
        if name.startswith("language"):
            calls = [n for n in ast.walk(ast.parse(MODULES[name].read_text())) if isinstance(n, ast.Call)]
            assert not any(isinstance(call.func, ast.Name) and call.func.id == "open" for call in calls), name
