"""The user's configuration: archives by name, and one line for each mistake."""

from pathlib import Path

import pytest

from shanxi_cli.errors import LocationError
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.settings.config_reader import NO_SETTINGS, NamedArchive, load_settings


def remote(line: str) -> str:
    """The configuration of an archive in a cluster with one more line, or another `url`."""
    url = "" if line.startswith("url") else "url = 'https://a:9200'\n"
    return f"[archives.salt]\nengine = 'opensearch'\n{url}{line}\n"


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


def test_an_archive_in_a_cluster(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    file.write_text(
        "[archives.salt]\nengine = 'opensearch'\nurl = ['https://A.example.org:9200/', 'https://b']\n"
        "ca = 'ca.pem'\nauth = 'file:~/salt.auth'\ncorpus = 'salt'\n"
        "[archives.Wells]\nengine = 'opensearch'\nurl = 'http://localhost'\nname = 'wells-1930'\ninsecure = true\n"
        "auth = 'command:pass show wells'\n"
    )
    folder = str(file.parent)
    salt, wells = load_settings(file).archives.values()
    nodes = ("https://a.example.org:9200", "https://b:443")
    assert salt.corpus == (f"{folder}/salt",)
    assert salt.remote == RemoteIndex(nodes, "salt", f"{folder}/ca.pem", "file:/home/ann/salt.auth")
    assert wells.remote == RemoteIndex(("http://localhost:80",), "wells-1930", "", "command:pass show wells", True)


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
        ("[archives.salt]\nengine = 'lucene'", 'archives.salt: engine: "whoosh" or "opensearch"'),
        ("[archives.salt]\nengine = []", 'archives.salt: engine: "whoosh" or "opensearch"'),
        ("[archives.salt]\nurl = 'https://a'", 'archives.salt: url: only with engine = "opensearch"'),
        ("[archives.salt]\nengine = 'whoosh'\nca = 'a'", 'archives.salt: ca: only with engine = "opensearch"'),
        *(
            (
                f"[archives.salt]\nindex = '{address}'",
                'archives.salt: index: a folder; for a cluster write engine = "opensearch", url and name',
            )
            for address in ("https://a:9200/salt", "HTTPS://a:9200/salt", "a:9200/salt")
        ),
        (
            "[archives.salt]\nengine = 'opensearch'\nindex = 'a'\nurl = 'https://a'",
            'archives.salt: index: not with engine = "opensearch"; url and name tell where the index is',
        ),
        (
            "[archives.salt]\nengine = 'opensearch'",
            'archives.salt: url is missing: the nodes of the cluster, as url = ["https://a.example.org:9200"]',
        ),
        (remote("url = [7]"), "archives.salt: url: a text or a list of texts, none of them empty"),
        (
            remote("url = 'a.example.org:9200'"),
            "archives.salt: url: an address begins with https:// or http://: write https://a.example.org:9200",
        ),
        (
            remote("url = 'https://a:9200/salt'"),
            'archives.salt: url: https://a:9200 has a path; the name of the index is a key of its own: name = "salt"',
        ),
        (
            remote("url = 'https://a:9200, https://b:9200/salt'"),
            'archives.salt: url: each node is a text of its own: url = ["https://a:9200", "https://b:9200"];'
            " the name of the index is name",
        ),
        (
            remote("url = 'https://[::1'"),
            "archives.salt: url: not an address: https://HOST:9200",
        ),
        (
            remote("name = 'Salt'"),
            "archives.salt: name: Salt cannot be the name of an index: it has capital letters;"
            " it may have a-z, 0-9 and, behind the first letter or digit, - _ .",
        ),
        (remote("name = ''"), "archives.salt: name: a text, not empty"),
        (remote("ca = ['a']"), "archives.salt: ca: a text, not empty"),
        (remote("insecure = 'no'"), "archives.salt: insecure: true or false"),
        (
            remote("auth = 'ann:s3cret'"),
            "archives.salt: auth: env:NAME, file:PATH or command:LINE, never a password itself",
        ),
        (remote("auth = 'env:A B'"), "archives.salt: auth: env: is followed by the name of a variable"),
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
