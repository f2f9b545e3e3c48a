"""Snapshots of 160 command lines over a made-up and the shipped archive, and of every name that scripts depend on.

Run `pytest tests/snapshots --update-snapshots` after a deliberate change of wording, and read the diff.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.cli.app import build_command_group
from shanxi_cli.cli.main import main
from tests.snapshots import recording
from tests.snapshots.recording import CommandLine, Output
from tests.support import articles
from tests.support.paths import PROJECT

ENTRIES = [line for archive in recording.ARCHIVES for line in recording.command_lines(archive)]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Path, Path]]]:
    """Corpus and index of each archive."""
    folder = tmp_path_factory.mktemp("snapshots")
    made = articles.write(folder / "made", [*articles.FILES, *articles.MEASURED_FILES, *articles.TWIN_FILES])
    yield {"made": (made, folder / "made-index"), "shipped": (PROJECT / "corpus", folder / "shipped-index")}
    shutil.rmtree(folder)


Recorder = Callable[[CommandLine], Output]


@pytest.fixture
def run(
    places: dict[str, tuple[Path, Path]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Recorder:
    """Run a command line over its archive, already indexed."""

    def recorded(line: CommandLine) -> Output:
        corpus, index = places[line.archive]
        monkeypatch.setenv("SHANXI_CORPUS", str(corpus))
        monkeypatch.setenv("SHANXI_INDEX", str(index))
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.chdir(index.parent)  # paths below the current folder are printed without it
        assert main(["index"]) == 0
        capsys.readouterr()
        status = main(line.arguments)
        out, err = capsys.readouterr()
        replaced = [(str(corpus), "CORPUS"), (str(index), "INDEX")]
        return Output(status, recording.normalize_output(out, replaced), recording.normalize_output(err, replaced))

    return recorded


def snapshot_of(archive: str) -> dict[str, str]:
    """Return the entries of a text snapshot by command line."""
    entries = (recording.FOLDER / f"{archive}.txt").read_text(encoding="utf-8").split("\n\n$ ")
    return {
        entry.removeprefix("$ ").split("\n", 1)[0]: "$ " + entry.removeprefix("$ ").rstrip("\n") for entry in entries
    }


def test_update_snapshots(request: pytest.FixtureRequest, run: Recorder, tmp_path: Path) -> None:
    """Rewrite all snapshots; skipped without --update-snapshots."""
    if not request.config.getoption("--update-snapshots"):
        pytest.skip("only with --update-snapshots")
    interface: dict[str, Any] = {"commands": {}, "options": options(), "files": file_formats(run, tmp_path)}
    for archive in recording.ARCHIVES:
        texts = []
        for line in recording.command_lines(archive):
            output = run(line)
            texts.append(recording.format_entry(line, output))
            interface["commands"][f"{archive}: {line.text}"] = recording.interface_of(line, output)
        (recording.FOLDER / f"{archive}.txt").write_text("\n".join(texts), encoding="utf-8")
    recording.INTERFACE.write_text(json.dumps(interface, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.mark.parametrize("line", ENTRIES, ids=[f"{line.archive}: {line.text}" for line in ENTRIES])
def test_output_equals_snapshot(line: CommandLine, run: Recorder, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-snapshots"):
        pytest.skip("being rewritten")
    output = run(line)
    recorded = json.loads(recording.INTERFACE.read_text(encoding="utf-8"))["commands"]
    assert recording.interface_of(line, output) == recorded[f"{line.archive}: {line.text}"]
    assert recording.format_entry(line, output).rstrip("\n") == snapshot_of(line.archive)[f"shanxi {line.text}"]


def options() -> dict[str, list[str]]:
    """Return every command with its options, without metavars, and its arguments."""
    group: Any = build_command_group(())
    commands = {"shanxi": group}
    for name, command in group.commands.items():
        within = getattr(command, "commands", None)
        commands.update({f"{name} {inner}": each for inner, each in within.items()} if within else {name: command})
    return {
        name: [" ".join([*param.opts, *param.secondary_opts]) for param in command.params]
        for name, command in commands.items()
    }


def test_options_equal_snapshot() -> None:
    assert options() == json.loads(recording.INTERFACE.read_text(encoding="utf-8"))["options"]


def file_formats(run: Recorder, folder: Path) -> dict[str, list[str]]:
    """Return the JSON files of an index with their keys, and the keys of an imported article and page."""
    run(CommandLine("made", "search coal -c"))
    index = folder / "index"
    corpus = articles.write(folder / "corpus")
    assert main(["--corpus", str(corpus), "--index", str(index), "index"]) == 0
    page = folder / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert main(["import", str(page), "--into", str(folder / "imported"), "--date", "2021-07-22"]) == 0
    files = {"CURRENT": index / "CURRENT"}
    generation = next(index.glob("gen-*"))
    files.update({path.name: path for path in generation.glob("*.json")})
    formats = {name: sorted(set(recording.key_paths(json.loads(path.read_text())))) for name, path in files.items()}
    imported = next((folder / "imported").rglob("*.md"))
    formats["imported article"] = [
        line.split(":")[0] for line in imported.read_text().split("---")[1].strip().splitlines()
    ]
    record = next(path for path in (folder / "imported").rglob("*.json"))
    formats["imported page"] = sorted(set(recording.key_paths(json.loads(record.read_text()))))
    return {name: [key for key in keys if "gen-" not in key and ".seg" not in key] for name, keys in formats.items()}


PAGE = """\
Tanner town turns to tiles

By Mei Lan in Linfen

Workshops along the river have given up leather and now fire roof tiles for temples in four provinces.

"We sold our last hide in 2019," said Mei Lin, who runs the largest of the workshops with her brother.

The county counted 48 workshops last year, twice as many as in 2015, and 320 people work in them.
"""


def test_file_formats_equal_snapshot(run: Recorder, tmp_path: Path) -> None:
    assert file_formats(run, tmp_path) == json.loads(recording.INTERFACE.read_text(encoding="utf-8"))["files"]
