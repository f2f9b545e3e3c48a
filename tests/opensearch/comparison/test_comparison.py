"""The same command lines over the same articles print the same with Whoosh and on a cluster: bytes, errors, status.

What may differ is named in `without_differing_parts`: where the index is, when it was built, and what `status` and
`doctor` say of the parts that only one of the two kinds of index has.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from shanxi_cli.cli.main import main
from tests.opensearch.cluster.running import Cluster
from tests.opensearch.comparison.corpus import write_corpus
from tests.snapshots.recording import CommandLine, Output, normalize_output
from tests.support.paths import CORPUS

pytestmark = pytest.mark.cluster

LIST = Path(__file__).parent / "commands.txt"
LINES = [
    CommandLine(archive, rest)
    for archive, _, rest in (line.partition(" ") for line in LIST.read_text(encoding="utf-8").splitlines())
    if archive in ("made", "shipped")
]
NEED_FILES = ("index", "status", "doctor", "--complete")
"""Commands of which a reader without the files of the articles cannot say the same."""


class Archive(NamedTuple):
    """A home, and the folder or address of the index; an empty corpus is not given."""

    home: Path
    corpus: str
    location: str


@pytest.fixture(scope="module")
def archives(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], Archive]]:
    """An archive for each name and kind, its index built."""
    folder = tmp_path_factory.mktemp("comparison")
    corpora = {"made": str(write_corpus(folder / "corpus")), "shipped": str(CORPUS)}
    nodes = ",".join(cluster.urls)
    found, names = {}, []
    for name, corpus in corpora.items():
        names.append(f"compared-{os.getpid()}-{name}")
        remote = f"{nodes}/{names[-1]}"
        found[name, "whoosh"] = Archive(folder / f"{name}-whoosh", corpus, str(folder / f"{name}-index"))
        found[name, "cluster"] = Archive(folder / f"{name}-cluster", corpus, remote)
        found[name, "reader"] = Archive(folder / f"{name}-reader", "", remote)
    for archive in found.values():
        archive.home.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for (_, kind), archive in found.items():
            if kind != "reader":
                enter(archive, patch)
                assert main(["index"]) == 0
    yield found
    for name in names:
        cluster.remove_indices(name)


def enter(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make an archive that of the commands in this process."""
    for variable in [name for name in os.environ if name.startswith(("SHANXI_", "XDG_"))]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("HOME", str(archive.home))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("SHANXI_INDEX", archive.location)
    monkeypatch.setenv("SHANXI_TIMEOUT", "120")
    if archive.corpus:
        monkeypatch.setenv("SHANXI_CORPUS", archive.corpus)
    monkeypatch.chdir(archive.home)


class Runner:
    """Runs a command line over one archive."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, archive: Archive, arguments: list[str]) -> Output:
        enter(archive, self._monkeypatch)
        self._capsys.readouterr()
        status = main(arguments)
        out, err = self._capsys.readouterr()
        corpus = [(archive.corpus, "CORPUS")] if archive.corpus else []
        replaced = [(archive.location, "INDEX"), (str(archive.home), "HOME"), *corpus]
        return Output(status, normalize_output(out, replaced), normalize_output(err, replaced))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(monkeypatch, capsys)


@pytest.mark.parametrize("line", LINES, ids=[f"{line.archive}: {line.text}" for line in LINES])
def test_a_cluster_prints_what_whoosh_prints(
    line: CommandLine, archives: dict[tuple[str, str], Archive], run: Runner
) -> None:
    expected = run(archives[line.archive, "whoosh"], line.arguments)
    answer = run(archives[line.archive, "cluster"], line.arguments)
    assert without_differing_parts(line, answer) == without_differing_parts(line, expected)


READ = [line for line in LINES if line.arguments[0] not in NEED_FILES]


@pytest.mark.parametrize("line", READ, ids=[f"{line.archive}: {line.text}" for line in READ])
def test_a_reader_without_files_prints_the_same(
    line: CommandLine, archives: dict[tuple[str, str], Archive], run: Runner
) -> None:
    expected = run(archives[line.archive, "whoosh"], line.arguments)
    assert run(archives[line.archive, "reader"], line.arguments) == expected


def test_there_are_enough_lines_of_each_command() -> None:
    commands = {line.arguments[0] for line in LINES}
    assert len(LINES) >= 80
    assert commands >= set(
        "search list show cite figures quotes facets timeline kwic terms similar index status doctor completion".split()
    )


SUBJECTS_OF_ONE_KIND = ("cluster", "disk", "shards", "leftovers", "index", "counts", "files", "contents")
"""What `doctor` says of files of a local index, or of nodes, shards and generations of a cluster."""
LINES_OF_ONE_KIND = rf"(?m)^(?:cluster|ok +(?:{'|'.join(SUBJECTS_OF_ONE_KIND)})) .*\n"
"""Lines of `status` and `doctor` that only one kind of index has; a fault that `doctor` finds is always compared."""


def without_differing_parts(line: CommandLine, output: Output) -> Output:
    """Return an output without what only one of the two kinds of index has, and without the time of its build."""
    if line.arguments[0] not in ("status", "doctor"):
        return output
    if output.out.startswith("{"):
        value = json.loads(output.out)
        value.pop("cluster", None)
        lines = [finding for finding in value.pop("findings", []) if finding["subject"] not in SUBJECTS_OF_ONE_KIND]
        return output._replace(out=f"{value}{lines}")
    out = re.sub(r"built \S+Z", "built", output.out)
    return output._replace(out=re.sub(LINES_OF_ONE_KIND, "", out))
