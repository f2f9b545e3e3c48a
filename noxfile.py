"""Tasks for development: `nox -l` lists them, `nox -s lint` runs one.

Sessions run in the active environment (`pip install -e '.[dev]'`), so each starts at once.
Only `tests_all_pythons` makes environments of its own, one for each Python that is installed.
"""

import nox

nox.options.sessions = ["lint", "types", "quick"]
nox.options.default_venv_backend = "none"


@nox.session
def lint(session: nox.Session) -> None:
    """Run ruff, the formatter in check mode, and vulture."""
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("vulture")


@nox.session
def types(session: nox.Session) -> None:
    """Run mypy --strict over the package, the tests and the benches."""
    session.run("mypy")


@nox.session
def quick(session: nox.Session) -> None:
    """Run the tests of layers, language and parsing: seconds, not minutes."""
    folders = ("test_layers.py", "analysis", "extraction", "matching", "places", "query", "segmentation", "util")
    session.run("python", "-m", "pytest", "-n", "auto", *(f"tests/{name}" for name in folders), *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the whole test suite; arguments after -- go to pytest."""
    session.run("python", "-m", "pytest", "-n", "auto", *session.posargs)


@nox.session
def thorough(session: nox.Session) -> None:
    """Run the tests of faults and attacks and the slow ones: hours."""
    session.run("python", "-m", "pytest", "-n", "auto", "-m", "faults or attacks or slow", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the suite and report the lines it does not reach."""
    session.run("python", "-m", "pytest", "-n", "auto", "--cov", "--cov-report=term-missing", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Regenerate docs/commands.md, the pictures, the manual pages and the sessions of docs/explore.md."""
    session.run("python", "docs/generate.py", *session.posargs)


@nox.session
def snapshots(session: nox.Session) -> None:
    """Rewrite tests/snapshots after a deliberate change of wording; read the diff before committing it."""
    session.run("python", "-m", "pytest", "tests/snapshots", "--update-snapshots")


@nox.session
def build(session: nox.Session) -> None:
    """Build the source distribution and the wheel into dist/."""
    session.run("python", "-m", "build")


@nox.session(venv_backend="venv", python=["3.11", "3.12", "3.13", "3.14"])
def tests_all_pythons(session: nox.Session) -> None:
    """Run the suite on each Python that is installed."""
    session.install("-c", "constraints.txt", "-e", ".[test,pdf]")
    session.run("python", "-m", "pytest", "-n", "auto", *session.posargs)
