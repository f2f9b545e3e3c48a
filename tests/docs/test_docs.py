"""The documentation: console sessions, links, field tables and generated pages are up to date."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shanxi_cli.corpus.field_aliases import FIELD_ALIASES
from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.query.fields import FIELDS
from tests.support.paths import PROJECT

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
TEXT = {page.relative_to(PROJECT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment whose `shanxi` is this program with the shipped articles."""
    command = tmp_path / "bin" / "shanxi"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m shanxi_cli "$@"\n')
    command.chmod(0o700)
    environment = {
        **os.environ,
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(PROJECT),
        "SHANXI_CORPUS": str(PROJECT / "corpus"),
        "SHANXI_INDEX": str(tmp_path / "index"),
    }
    subprocess.run(["shanxi", "index"], env=environment, check=True, capture_output=True)
    return environment


def sessions(text: str) -> list[tuple[str, str]]:
    """Return each `$ command` of the console blocks with the output below it."""
    blocks = re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [
        (command, output)
        for block in blocks
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


@pytest.mark.parametrize("name", [name for name, text in TEXT.items() if "```console" in text])
def test_console_sessions_print_what_is_shown(name: str, shell: dict[str, str], tmp_path: Path) -> None:
    for command, output in sessions(TEXT[name]):
        if command == "cat page.txt":  # the page that the next commands are about
            (tmp_path / "page.txt").write_text(output, encoding="utf-8")
        run = subprocess.run(
            ["bash", "-c", command],
            env=shell,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert run.stdout == output, command


def test_readme_commands_succeed(shell: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "clippings").mkdir()
    (tmp_path / "clippings" / "a.md").write_text("---\ntitle: The water price\n---\n")
    (tmp_path / "page-1.txt").write_text("# Wells run dry\n\nBy LI MIN\n\nThe wells of the village ran dry in June.\n")
    blocks = re.findall(r"^```sh\n(.*?)^```", TEXT["README.md"], re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith(("shanxi ", "printf "))]
    lines += re.findall(r"^\| `(shanxi [^`]+)` \|", TEXT["README.md"], re.MULTILINE)
    lines = [line for line in lines if "@" not in line]  # refers to the last search in a terminal
    assert len(lines) > 10
    for line in lines:
        if "jq" in line:
            line = line.split("|")[0]
        run = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {line}"],
            env={**shell, "HOME": str(tmp_path)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, (line, run.stderr)
        assert run.stdout or re.search(r">| -o ", line), line


def test_links_have_targets() -> None:
    for name, text in TEXT.items():
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (PROJECT / name).parent.joinpath(target).exists(), f"{name}: {target}"


def test_query_fields_are_documented() -> None:
    for field in FIELDS:
        assert f"`{field}`" in TEXT["docs/query.md"], field


def test_front_matter_names_are_documented() -> None:
    names = {*FIELD_ALIASES.values(), "deck", "people", "captions", "places"}
    for name in names:
        assert f"`{name}`" in TEXT["docs/articles.md"], name
    for alias in FIELD_ALIASES:
        assert f"`{alias}`" in TEXT["docs/articles.md"].lower(), alias


@pytest.mark.parametrize("name", ["README.md", "docs/articles.md"])
def test_example_article_is_valid(name: str) -> None:
    [example] = re.findall(r"^```markdown\n(.*?)^```", TEXT[name], re.MULTILINE | re.DOTALL)
    assert parse_article(example.encode(), "example", "example.md").title == "Coal town plants trees"


def test_generated_pages_are_up_to_date() -> None:
    run = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=PROJECT, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")


def test_options_table_has_a_row_for_each_shared_option() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|", TEXT["docs/options.md"], re.MULTILINE)
    expected = (
        "--since --until --within -n, --offset --json -f, -c, -q, -l, -0, --fields --sort --explain --any".split()
    )
    assert {name for name in expected if not any(row.startswith(name) for row in rows)} == set()


@pytest.mark.parametrize("name", [name for name, text in TEXT.items() if "```pycon" in text])
def test_python_sessions_print_what_is_shown(
    name: str, shell: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("SHANXI_CORPUS", "SHANXI_INDEX"):
        monkeypatch.setenv(variable, shell[variable])
    blocks = re.findall(r"^```pycon\n(.*?)^```", TEXT[name], re.MULTILINE | re.DOTALL)
    session = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, name, name, 0)
    report: list[str] = []
    assert not doctest.DocTestRunner().run(session, out=report.append).failed, "".join(report)
    assert session.examples
