"""The user's configuration: archives by name, and one line for each mistake."""

import sys
from pathlib import Path

import pytest

from shanxi_cli.errors import LocationError
from shanxi_cli.settings import NO_SETTINGS, NamedArchive, _linux_config_file, config_file, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_no_file_is_no_settings(file: Path) -> None:
    assert load_settings(file) == NO_SETTINGS
    assert load_settings(file / "config.toml") == NO_SETTINGS


def test_archives_in_their_order(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    file.write_text(
        'default = "salt"\n'
        '[archives.salt]\ncorpus = ["~/salt", "more", "/srv/salt"]\nindex = "index"\nexclude = ["drafts/"]\n'
        '[archives."old wells"]\ncorpus = "wells"\n'
    )
    read = load_settings(file)
    folder = str(file.parent)
    salt = NamedArchive("salt", ("/home/ann/salt", f"{folder}/more", "/srv/salt"), f"{folder}/index", ("drafts/",))
    assert list(read.archives.values()) == [salt, NamedArchive("old wells", (f"{folder}/wells",))]
    assert read.default == "salt"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("archives = 3", "archives are tables, as [archives.press]"),
        ("[archives]\nsalt = 3", "archives are tables, as [archives.press]"),
        ("defualt = 'a'", "unknown key defualt; did you mean default?"),
        ("semantic = 1", "semantic: true or false"),
        ("[archives.salt]\ncorpse = 'a'", "archives.salt: unknown key corpse; did you mean corpus?"),
        ("[archives.salt]\ncorpus = [3]", "archives.salt: corpus: a text or a list of texts, none of them empty"),
        ("[archives.salt]\ncorpus = ['']", "archives.salt: corpus: a text or a list of texts, none of them empty"),
        ("[archives.salt]\nindex = ['a', 'b']", "archives.salt: index: one folder"),
        ("[archives.\"-x\"]\ncorpus = 'a'", "archives: '-x' cannot be a name"),
        ("default = 'salt'", "default: there is no [archives.salt]"),
        ("default = [", "broken TOML: Invalid value (at end of document)"),
    ],
)
def test_mistakes(file: Path, text: str, message: str) -> None:
    file.write_text(text)
    with pytest.raises(LocationError) as error:
        load_settings(file)
    assert str(error.value) == f"{file}: {message}"


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"\xff", "not UTF-8"), (b"#" * 1_000_001, "more than 1,000,000 bytes")],
    ids=["bytes", "size"],
)
def test_files_that_are_none(file: Path, data: bytes, message: str) -> None:
    file.write_bytes(data)
    with pytest.raises(LocationError, match=message):
        load_settings(file)


def test_a_folder_in_its_place(file: Path) -> None:
    file.mkdir()
    with pytest.raises(LocationError, match=r"cannot read .*config\.toml: Is a directory"):
        load_settings(file)


@pytest.mark.skipif(sys.platform != "linux", reason="the short way is of Linux")
@pytest.mark.parametrize("folder", ["", " ", "/srv/config"])
def test_the_short_way_to_the_file_leads_to_it(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    assert Path(_linux_config_file()) == config_file()
