"""The public names: what `__all__` has, that nothing is loaded before it is used, and that type checkers see it."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import shanxi_cli
from shanxi_cli import Archive
from tests.support.paths import PROJECT

METHODS = {
    "article": "id",
    "articles": "ids",
    "cite": "ids style",
    "close": "",
    "collocates": "query window least **arguments",
    "conflicts": "query **arguments",
    "corpus": None,
    "facets": "field query level least sort **arguments",
    "figures": "query sort scope **arguments",
    "index": None,
    "kwic": "query width sort **arguments",
    "mentioned_years": "query scope **arguments",
    "notices": None,
    "open": "archive corpus index exclude progress insecure",
    "quotes": "query sort scope **arguments",
    "refresh": "",
    "search": "query sort passages collapse expand semantic **arguments",
    "similar": "id sort collapse **arguments",
    "summarize_figures": "query group_by scope **arguments",
    "summarize_quotes": "query group_by scope **arguments",
    "terms": "prefix field least sort **arguments",
    "timeline": "query by hits share **arguments",
}
"""Method -> its arguments; None for a property. To add is a feature, to change breaks programs (docs/python.md)."""

ROWS = {
    "SearchHit": (
        "rank score id title date date_from date_to date_note deck author contributors publication section page "
        "language type edition url places people organisations keywords derived_places derived_people "
        "derived_organisations alike passage passages by words_score meaning_score"
    ),
    "FigureRow": (
        "article title date date_from date_to value high unit dimension relation rate change counted period text "
        "same_as sentence paragraph start end place speaker"
    ),
    "QuoteRow": (
        "article title date date_from date_to edition speaker role organisation printed basis kind rule said sentence "
        "paragraph start end"
    ),
    "ConflictRow": "article paragraph kind reason quantities",
    "FacetRow": "value articles query derived",
    "PeriodRow": "period articles uncertain first_day last_day hits among share",
    "ContextRow": "id date date_from date_to left match right field paragraph start end",
    "SimilarRow": "rank score id title date date_from date_to words copy alike",
    "Collocate": "word near occurrences expected score",
    "TermEntry": "word articles occurrences per_million",
    "YearMention": "year sentences articles",
    "FigureSummary": "group unit figures least median greatest",
    "QuoteSummary": "group quotes direct indirect",
    "RowSequence": "rows total query corrections notes proposal",
    "HitSequence": "rows total query corrections notes proposal collapsed added_words",
    "FacetSequence": "rows total query corrections notes proposal field articles without spread derived",
    "TimelineSequence": (
        "rows total query corrections notes proposal articles spread undated unbounded earliest latest silence"
    ),
    "YearSequence": "rows total query corrections notes proposal sentences silent",
    "Correction": "typed searched",
    "QuerySuggestion": "query articles",
    "Snippet": "field text marks",
    "ArticleReference": "date article",
    "TimelineGap": "first last",
}

ARGUMENTS = {
    "QueryArguments": "limit offset since until within match correct derived",
    "FigureArguments": "limit offset since until within match correct derived unit at_least at_most by",
    "QuoteArguments": "limit offset since until within match correct derived by org kind",
}

OTHERS = """
    __version__ Archive Article Caption DerivedNames Mark Person
    AmbiguousArticle EngineError IndexBusy IndexNotWritable IndexOutdated IndexUnusable LocationError NoSuchArticle
    QueryError ShanxiError UsageError WorkerDied
""".split()


def test_public_names_are_these() -> None:
    assert set(shanxi_cli.__all__) == {*ROWS, *ARGUMENTS, *OTHERS}
    assert all(hasattr(shanxi_cli, name) for name in shanxi_cli.__all__)
    assert set(shanxi_cli.__all__) <= set(dir(shanxi_cli))


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="module 'shanxi_cli' has no attribute 'Archiv'"):
        shanxi_cli.Archiv  # noqa: B018


def test_methods_have_these_arguments() -> None:
    members = {name: inspect.getattr_static(Archive, name) for name in dir(Archive) if not name.startswith("_")}
    found: dict[str, str | None] = {}
    for name, member in members.items():
        if isinstance(member, property):
            found[name] = None
            continue
        parameters = inspect.signature(getattr(Archive, name)).parameters.values()
        names = [f"**{each.name}" if each.kind is each.VAR_KEYWORD else each.name for each in parameters]
        found[name] = " ".join(each for each in names if each != "self")
    assert found == METHODS


@pytest.mark.parametrize("name", ROWS)
def test_rows_have_these_fields(name: str) -> None:
    assert " ".join(getattr(shanxi_cli, name)._fields) == ROWS[name]


@pytest.mark.parametrize("name", ARGUMENTS)
def test_arguments_have_these_names(name: str) -> None:
    assert " ".join(getattr(shanxi_cli, name).__annotations__) == ARGUMENTS[name]


def loaded_modules(code: str) -> set[str]:
    """Return the modules that a new process has loaded after `code`, which prints nothing but them at its end."""
    environment = {"PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


def test_import_loads_less_than_version_does() -> None:
    imported = loaded_modules("import shanxi_cli")
    version = loaded_modules("from shanxi_cli.cli.main import main; main(['--version'])")
    assert imported < version
    assert {name for name in imported if name.startswith("shanxi_cli")} == {"shanxi_cli"}


def test_a_name_loads_its_own_module() -> None:
    loaded = loaded_modules("import shanxi_cli; shanxi_cli.ShanxiError")
    assert {name for name in loaded if name.startswith("shanxi_cli")} == {"shanxi_cli", "shanxi_cli.errors"}


def test_type_checkers_see_every_name() -> None:
    """The imports for type checkers are those that `__getattr__` makes, and the package is marked as typed."""
    source = Path(shanxi_cli.__file__).read_text(encoding="utf-8")
    block = next(node for node in ast.parse(source).body if isinstance(node, ast.If))
    seen = {
        (node.module, alias.name) for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    made = {(f"shanxi_cli.{module}", name) for module, names in shanxi_cli._MODULES.items() for name in names}
    assert seen == made
    assert {name for _, name in made} | {"__version__"} == set(shanxi_cli.__all__)
    assert (Path(shanxi_cli.__file__).parent / "py.typed").exists()
