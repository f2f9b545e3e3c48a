"""Tasks for development: `nox -l` lists them, `nox -s lint` runs one.

Sessions run in the environment that nox is installed in (`pip install -e '.[dev]'`), so each starts at once. Only
`tests_all_pythons` makes environments of its own, one for each Python that is installed.
"""

import sys

import nox

nox.options.sessions = ["lint", "types", "quick"]
nox.options.default_venv_backend = "none"


def run_module(session: nox.Session, module: str, *arguments: str) -> None:
    """Run a module of the environment that nox is installed in."""
    session.run(sys.executable, "-m", module, *arguments)


@nox.session
def lint(session: nox.Session) -> None:
    """Run ruff, the formatter in check mode, and vulture."""
    run_module(session, "ruff", "check", ".")
    run_module(session, "ruff", "format", "--check", ".")
    run_module(session, "vulture")


@nox.session
def types(session: nox.Session) -> None:
    """Run mypy --strict over the package, the tests and the benches."""
    run_module(session, "mypy")


@nox.session
def quick(session: nox.Session) -> None:
    """Run the tests of layers, language and parsing, without those of whole commands."""
    folders = ("test_layers.py", "analysis", "extraction", "matching", "places", "query", "segmentation", "util")
    run_module(session, "pytest", "-n", "auto", *(f"tests/{name}" for name in folders), *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the whole test suite; arguments after -- go to pytest."""
    run_module(session, "pytest", "-n", "auto", *session.posargs)


@nox.session
def thorough(session: nox.Session) -> None:
    """Run the tests of faults and attacks and the slow ones, which take hours."""
    run_module(session, "pytest", "-n", "auto", "-m", "faults or attacks or slow", *session.posargs)


@nox.session
def cluster(session: nox.Session) -> None:
    """Run the tests that need a cluster of OpenSearch, which Java and Maven start."""
    run_module(session, "pytest", "-m", "cluster and not slow", "tests/contract", "tests/opensearch", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the suite and report the lines it does not reach."""
    run_module(session, "pytest", "-n", "auto", "--cov", "--cov-report=term-missing", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Regenerate docs/commands.md, the pictures, the manual pages and the sessions of docs/explore.md."""
    session.run(sys.executable, "docs/generate.py", *session.posargs)


@nox.session
def snapshots(session: nox.Session) -> None:
    """Rewrite tests/snapshots after a deliberate change of wording; read the diff before committing it."""
    run_module(session, "pytest", "tests/snapshots", "--update-snapshots")


@nox.session
def build(session: nox.Session) -> None:
    """Build the source distribution and the wheel into dist/."""
    run_module(session, "build")


@nox.session(venv_backend="venv", python=["3.11", "3.12", "3.13", "3.14"])
def tests_all_pythons(session: nox.Session) -> None:
    """Run the suite on each Python that is installed."""
    session.install("-c", "constraints.txt", "-e", ".[test]")
    session.run("python", "-m", "pytest", "-n", "auto", *session.posargs)
