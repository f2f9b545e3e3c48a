"""Named archives on the command line: options, then environment, then the default of the configuration."""

import json
import os
from pathlib import Path

import pytest

from shanxi_cli.api.archive import Archive
from shanxi_cli.cli.app import build_command_group
from shanxi_cli.cli.completion.complete import find_candidates
from tests.conftest import Shanxi


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration of two archives, `salt` and `wells`, with one article each."""
    for name in ("salt", "wells"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.md").write_text(f"# News of {name}\n\nThe press wrote about {name}.\n")
    config = tmp_path / "config" / "shanxi" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(
        f'default = "wells"\n[archives.salt]\ncorpus = "{tmp_path}/salt"\nindex = "{tmp_path}/salt-index"\n'
        f'[archives.wells]\ncorpus = "{tmp_path}/wells"\n'
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def named(folders: Path, capsys: pytest.CaptureFixture[str]) -> Shanxi:
    return Shanxi(capsys)


def found(run: Shanxi, *arguments: str) -> list[str]:
    return run(*arguments, "search", "press", "-l").out.split()


def test_the_default_archive(named: Shanxi) -> None:
    assert found(named) == ["wells"]


def test_an_option_names_an_archive_before_or_behind_the_command(named: Shanxi, folders: Path) -> None:
    assert found(named, "--archive", "salt") == ["salt"]
    assert named("search", "press", "-l", "--archive", "salt").out == "salt\n"
    assert (folders / "salt-index").is_dir()


def test_the_environment_overrides_the_default_and_an_option_the_environment(
    named: Shanxi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_ARCHIVE", "salt")
    assert found(named) == ["salt"]
    assert found(named, "--archive", "wells") == ["wells"]


def test_folders_of_the_environment_override_its_archive_but_no_option(
    named: Shanxi, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_ARCHIVE", "wells")
    monkeypatch.setenv("SHANXI_CORPUS", str(folders / "salt"))
    monkeypatch.setenv("SHANXI_INDEX", str(folders / "other-index"))
    assert found(named) == ["salt"]
    assert found(named, "--archive", "wells") == ["wells"]
    assert found(named, "--corpus", str(folders / "wells")) == ["wells"]


def test_a_corpus_beside_an_archive_overrides_its_folders(named: Shanxi, folders: Path) -> None:
    assert found(named, "--archive", "salt", "--corpus", str(folders / "wells")) == ["wells"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("slat", "there is no archive slat (--archive); did you mean salt?"),
        ("zeppelin", "there is no archive zeppelin (--archive); {file} names salt, wells"),
    ],
)
def test_unknown_names(named: Shanxi, folders: Path, name: str, message: str) -> None:
    run = named("search", "press", "--archive", name)
    file = folders / "config/shanxi/config.toml"
    assert (run.status, run.out, run.err) == (2, "", f"shanxi: {message.format(file=file)}\n")


def test_a_folder_that_is_gone(named: Shanxi, folders: Path) -> None:
    (folders / "wells" / "wells.md").unlink()
    (folders / "wells").rmdir()
    run = named("search", "press")
    source = f"archives.wells of {folders}/config/shanxi/config.toml"
    assert (run.status, run.err) == (2, f"shanxi: the corpus folder {folders}/wells ({source}) does not exist\n")


def test_config_shows_what_holds_and_where_it_comes_from(named: Shanxi, folders: Path) -> None:
    run = named("config", "--index", f"{folders}/mine")
    file = folders / "config/shanxi/config.toml"
    assert (run.status, run.err) == (0, "")
    assert run.out == (
        f"file     {file}\n"
        f"archive  salt: {folders}/salt\n"
        f"archive  wells (default): {folders}/wells\n"
        f"corpus   {folders}/wells  (archives.wells of {file})\n"
        f"index    {folders}/mine  (--index)\n"
        f"engine   whoosh  (--index)\n"
    )


def test_config_as_json(named: Shanxi, folders: Path) -> None:
    shown = json.loads(named("config", "--json", "--archive", "salt").out)
    file = folders / "config/shanxi/config.toml"
    assert (shown["file"], shown["exists"], shown["default"]) == (str(file), True, "wells")
    assert [archive["name"] for archive in shown["archives"]] == ["salt", "wells"]
    source = f"archives.salt of {file}"
    assert shown["holds"] == [
        {"name": "corpus", "value": f"{folders}/salt", "source": source},
        {"name": "index", "value": f"{folders}/salt-index", "source": source},
        {"name": "engine", "value": "whoosh", "source": source},
    ]


def test_config_without_a_file(named: Shanxi, folders: Path) -> None:
    file = folders / "config/shanxi/config.toml"
    file.unlink()
    assert named("config").out.splitlines()[0] == f"file     {file} (does not exist)"


def test_suggested_commands_name_the_archive(named: Shanxi) -> None:
    assert "shanxi search --archive salt " in named("search", "wrotte", "--archive", "salt", "--no-correct").err


def test_names_are_completed(folders: Path) -> None:
    candidates = find_candidates(["shanxi", "search", "--archive", "s"], build_command_group)
    assert [(each.word, each.about) for each in candidates] == [("salt", f"{folders}/salt")]


def test_python_opens_an_archive_by_name(folders: Path) -> None:
    with Archive.open(archive="salt") as archive:
        assert [hit.id for hit in archive.search("press")] == ["salt"]
    assert os.path.isdir(folders / "salt-index")


def test_config_of_an_archive_in_a_cluster(named: Shanxi, folders: Path) -> None:
    file = folders / "config/shanxi/config.toml"
    (folders / "ca.pem").write_text("")
    file.write_text(
        f'default = "salt"\n[archives.salt]\ncorpus = "{folders}/salt"\nengine = "opensearch"\n'
        f'url = ["https://a:9200", "https://b:9200"]\nca = "{folders}/ca.pem"\nauth = "command:pass show -p s3cret"\n'
    )
    source = f"archives.salt of {file}"
    run = named("config")
    *lines, folder = run.out.splitlines()
    assert (run.status, run.err) == (0, "")
    assert lines == [
        f"file     {file}",
        f"archive  salt (default): {folders}/salt in https://a:9200,https://b:9200/salt",
        f"corpus   {folders}/salt  ({source})",
        f"index    https://a:9200,https://b:9200/salt  ({source})",
        f"engine   opensearch  ({source})",
        f"url      https://a:9200  ({source})",
        f"url      https://b:9200  ({source})",
        f"name     salt  ({source})",
        f"ca       {folders}/ca.pem  ({source})",
        f"auth     command:pass  ({source})",
    ]
    assert folder.startswith("folder   ")
    assert folder.endswith("  (the default)")
    archive = json.loads(named("config", "--json").out)["archives"][0]
    assert archive == {
        "name": "salt",
        "corpus": [f"{folders}/salt"],
        "index": "https://a:9200,https://b:9200/salt",
        "exclude": [],
        "engine": "opensearch",
        "ca": f"{folders}/ca.pem",
        "auth": "command:pass",
        "insecure": False,
    }


def test_config_of_an_address(named: Shanxi, folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANXI_AUTH", "env:PRESS_AUTH")
    run = named("config", "--index", "http://a.example.org:9200/press", "--insecure")
    assert run.out.splitlines()[3:] == [
        "corpus   none: the index is only read",
        "index    http://a.example.org:9200/press  (--index)",
        "engine   opensearch  (--index)",
        "url      http://a.example.org:9200  (--index)",
        "name     press  (--index)",
        "auth     env:PRESS_AUTH  (SHANXI_AUTH)",
        "insecure true  (--insecure)",
    ]
    holds = json.loads(named("config", "--json", "--index", "https://a:9200/press").out)["holds"]
    assert [(each["name"], each["value"]) for each in holds[:1]] == [("index", "https://a:9200/press")]


@pytest.mark.parametrize("command", ["config", "status", "search"])
def test_a_password_on_the_command_line_is_refused(named: Shanxi, command: str) -> None:
    run = named(command, *(["press"] if command == "search" else []), "--index", "https://ann:s3cret@a:9200/press")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "shanxi: --index: no user name or password in an address, where others can read them; name their source"
        " instead: SHANXI_AUTH, or auth in config.toml, as env:NAME, file:PATH or command:LINE\n"
    )
