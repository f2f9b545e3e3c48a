"""Layers and modules: imports go one way, no two modules import each other, and each library stays in its place."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.support.paths import PROJECT

PACKAGE = PROJECT / "shanxi_cli"

LAYERS = """
    errors util model settings paths state
    query.ast query.visit query.fields query.date_values query.validate query.unparse query.lexer query.parser
    analysis places extraction query.plan matching engines
    corpus indexing search explore caches archive semantic doctor answers
    segmentation importers output api exporters browse mcp_server cli __main__
""".split()
"""From the bottom to the top. A module belongs to the longest name here that it begins with, and imports from its own
layer or those below it, whether at the top of the file, in a function or for the type checker alone."""

LIBRARIES = {
    "typer": r"cli\.",
    "rich": r"output\.(terminal\w*|progress)|browse\..*",
    "whoosh": r"engines\.whoosh\.",
    "pathspec": r"corpus\.exclusions",
    "textual": r"browse\..*",
    "tomlkit": r"search\.saved_edit",
    "yaml": r"corpus\.frontmatter",
    "markdown_it": r"corpus\.markdown\.",
    "Stemmer": r"analysis\.tokenizer|engines\.fingerprint",
    "spellchecker": r"analysis\.word_frequency",
    "ftfy": r"segmentation\.passes\.cleanup",
    "pypdfium2": r"importers\.pdf",
    "striprtf": r"importers\.documents",
    "feedparser": r"importers\.feeds",
    "trafilatura": r"importers\.html_extraction",
    "warcio": r"importers\.warc",
    "olefile": r"importers\.outlook",
    "python_calamine": r"importers\.sheets",
    "onnxruntime": r"semantic\.embedder",
    "tokenizers": r"semantic\.embedder",
    "numpy": r"semantic\.\w+",
    "resvg_py": r"output\.charts\.files",
    "jinja2": r"output\.report\.html",
    "markupsafe": r"output\.report\.html\w*",
    "docx": r"output\.report\.word_document",
}
"""Library -> the modules that may import it."""

LAZY = {
    "corpus.exclusions",
    "corpus.markdown",
    "engines",
    "engines.first_seen",
    "engines.opensearch.published",
    "engines.remote",
    "engines.opensearch.backend",
    "engines.opensearch.document",
    "engines.opensearch.engine",
    "engines.opensearch.http.client",
    "engines.opensearch.http.connections",
    "engines.opensearch.http.credentials",
    "engines.opensearch.http.pool",
    "engines.speech_rows",
    "engines.stored_quantities",
    "engines.whoosh.backend",
    "engines.whoosh.cached_reader",
    "engines.whoosh.found",
    "engines.whoosh.mmap_files",
    "engines.whoosh.near_duplicates",
    "engines.whoosh.patches",
    "engines.whoosh.restricted_reader",
    "engines.whoosh.schema",
    "engines.whoosh.searcher",
    "archive",
    "answers.hits",
    "answers.query_plans",
    "paths",
    "settings",
    "settings.config_reader",
    "cli.main",
    "cli.command_classes",
    "cli.messages",
    "cli.short_options",
    "cli.commands.index",
    "cli.commands.mcp",
    "cli.commands.search",
    "cli.commands.similar",
    "cli.commands._charts",
    "cli.commands._search",
    "cli.commands.browse",
    "cli.completion.complete",
    "explore.figures",
    "output.terminal",
    "query.plan.range",
    "query.validate",
    "search.known_words",
    "search.searcher",
    "search.unknown_parts",
    "matching.snippets",
    "util.closest_names",
    "util.dirfd",
    "util.user_folders",
    "query.plan.planner",
    "extraction.quantities",
    "extraction.quotes.pipeline",
    "importers",
    "importers.outlook",
    "importers.pdf",
    "importers.sheets",
    "importers.documents",
    "importers.feeds",
    "importers.html_extraction",
    "importers.warc",
    "__main__",
    "util.crash",
    "output.charts.files",
    "output.report.files",
}
"""Modules that import inside functions: each loads the one thing that was asked for, because start-up is a feature."""

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py" and path.read_text()
}


def imported_names(tree: ast.AST) -> Iterator[str]:
    """Each imported name in full: `shanxi_cli.model.article.Article`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide where they go"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_modules(name: str) -> set[str]:
    """The modules of this package that a module imports, wherever the import stands."""
    names = {n.removeprefix("shanxi_cli.") for n in imported_names(parsed(name)) if n.startswith("shanxi_cli.")}
    return {n if n in MODULES else n.rpartition(".")[0] for n in names} - {name, ""}


def parsed(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def layer(name: str) -> int:
    return LAYERS.index(max((one for one in LAYERS if f"{name}.".startswith(f"{one}.")), key=len))


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_down(name: str) -> None:
    above = [other for other in imported_modules(name) if layer(other) > layer(name)]
    assert not above, f"{name} imports {above}"


def test_no_modules_import_each_other() -> None:
    try:
        TopologicalSorter({name: imported_modules(name) for name in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


@pytest.mark.parametrize("name", MODULES)
def test_libraries_stay_in_their_modules(name: str) -> None:
    for imported in imported_names(parsed(name)):
        allowed = LIBRARIES.get(imported.split(".")[0])
        assert allowed is None or re.match(allowed, name), f"{name} imports {imported}"


@pytest.mark.parametrize("name", MODULES)
def test_imports_in_functions_are_for_the_lazy(name: str) -> None:
    functions = [node for node in ast.walk(parsed(name)) if isinstance(node, ast.FunctionDef)]
    inside = [imported for function in functions for imported in imported_names(function)]
    assert not inside or name in LAZY, f"{name} imports {inside} in a function"


def test_public_class_names_mean_one_thing() -> None:
    homes = defaultdict(list)
    for name in MODULES:
        for node in parsed(name).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(name)
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


def test_analysis_opens_no_files() -> None:
    for name in MODULES:
        if name.startswith(("analysis.", "extraction.", "matching.", "query.")):
            calls = [node for node in ast.walk(parsed(name)) if isinstance(node, ast.Call)]
            assert not any(isinstance(call.func, ast.Name) and call.func.id == "open" for call in calls), name


def test_the_top_of_the_package_is_small() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 8


def test_no_file_and_no_function_is_long() -> None:
    files = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    functions = {
        f"{name}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name in MODULES
        for node in ast.walk(parsed(name))
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: lines for name, lines in files.items() if lines > 300} == {}
    assert {name: lines for name, lines in functions.items() if lines > 40} == {}


def test_docstrings_begin_with_a_verb_or_a_noun() -> None:
    begins = re.compile(r"(What|Whether|Which|Who|Whose|Whom|Where|How)\b")
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    wrong = [
        f"{name}: {text.splitlines()[0]}"
        for name in MODULES
        for node in ast.walk(parsed(name))
        if isinstance(node, documented) and begins.match(text := ast.get_docstring(node) or "")
    ]
    assert wrong == []
