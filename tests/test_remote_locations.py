"""Archives whose index a cluster keeps: which index holds, of which corpus, and what this machine stores of it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from shanxi_cli.caches import find_gone_archives
from shanxi_cli.errors import LocationError
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.paths import ArchiveChoice, Locations, cache_folder, locate_choice

URL = "https://a.example.org:9200,https://b.example.org:9200/press"
REMOTE = RemoteIndex(("https://a.example.org:9200", "https://b.example.org:9200"), "press")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration of three archives: `library` with a corpus in a cluster, `shelf` without one, `desk` local."""
    for name in ("books", "letters"):
        (tmp_path / name).mkdir()
    config = tmp_path / "config" / "shanxi" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(
        f'[archives.library]\ncorpus = "{tmp_path}/books"\nengine = "opensearch"\nurl = "https://c:9200"\n'
        f'exclude = ["drafts/"]\n'
        f'[archives.shelf]\nengine = "opensearch"\nurl = "http://c.example.org:9200"\nname = "shelf-1"\n'
        f'auth = "env:SHELF"\n'
        f'[archives.desk]\ncorpus = "{tmp_path}/letters"\n'
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def locate(options: Mapping[str, object], environ: Mapping[str, str], *, builds: bool = False) -> Locations:
    return locate_choice(ArchiveChoice(**options), environ, builds=builds)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "environ", "corpus"),
    [
        ({"index": URL}, {}, ""),
        ({"index": URL, "corpus": ["{}/letters"]}, {}, "letters"),
        ({"index": URL, "archive": "desk"}, {}, "letters"),
        ({"index": URL}, {"SHANXI_CORPUS": "{}/letters"}, ""),
        ({"index": URL}, {"SHANXI_ARCHIVE": "desk"}, ""),
        ({}, {"SHANXI_INDEX": URL}, ""),
        ({}, {"SHANXI_INDEX": URL, "SHANXI_CORPUS": "{}/letters"}, "letters"),
        ({}, {"SHANXI_INDEX": URL, "SHANXI_ARCHIVE": "desk"}, "letters"),
        ({"corpus": ["{}/books"]}, {"SHANXI_INDEX": URL, "SHANXI_CORPUS": "{}/letters"}, "books"),
    ],
    ids=[
        *("option", "option-and-corpus", "option-and-archive", "option-over-corpus-of-environment"),
        *("option-over-archive-of-environment", "environment", "environment-and-corpus", "environment-and-archive"),
        "environment-and-corpus-of-option",
    ],
)
def test_a_corpus_counts_if_what_names_the_index_names_it_too(
    folder: Path, options: dict[str, object], environ: dict[str, str], corpus: str
) -> None:
    if "corpus" in options:
        options = {**options, "corpus": [str(name).format(folder) for name in options["corpus"]]}  # type: ignore[attr-defined]
    found = locate(options, {name: value.format(folder) for name, value in environ.items()})
    assert found.remote == REMOTE
    assert found.corpus == ((f"{folder}/{corpus}",) if corpus else ())


def test_a_build_takes_the_corpus_of_the_environment(folder: Path) -> None:
    found = locate({"index": URL}, {"SHANXI_CORPUS": f"{folder}/letters"}, builds=True)
    assert (found.remote, found.corpus) == (REMOTE, (f"{folder}/letters",))


def test_a_default_archive_is_no_corpus_of_an_index_of_the_environment(folder: Path) -> None:
    config = folder / "config" / "shanxi" / "config.toml"
    config.write_text(f'default = "desk"\n{config.read_text()}')
    assert locate({}, {"SHANXI_INDEX": URL}).corpus == ()
    assert locate({}, {"SHANXI_INDEX": URL}, builds=True).corpus == (f"{folder}/letters",)


def test_archives_of_the_configuration(folder: Path) -> None:
    library = locate({"archive": "library"}, {"SHANXI_AUTH": "env:OTHER"})
    assert library.remote == RemoteIndex(("https://c:9200",), "library")
    assert (library.corpus, library.excluded, library.fallback) == ((f"{folder}/books",), ("drafts/",), None)
    shelf = locate({"insecure": True}, {"SHANXI_ARCHIVE": "shelf"})
    assert shelf.remote == RemoteIndex(("http://c.example.org:9200",), "shelf-1", auth="env:SHELF", insecure=True)
    assert shelf.corpus == ()
    assert shelf.notice == (
        "the connection to http://c.example.org:9200 is not encrypted: others on the network can read it"
    )
    assert library.notice == ""


def test_http_of_the_configuration_has_to_be_allowed(folder: Path) -> None:
    with pytest.raises(LocationError) as error:
        locate({"archive": "shelf"}, {})
    source = f"archives.shelf of {folder}/config/shanxi/config.toml"
    assert str(error.value).startswith(f"http://c.example.org:9200 ({source}) is not encrypted")


def test_a_folder_overrides_an_index_of_a_cluster(folder: Path) -> None:
    found = locate({"archive": "library", "index": f"{folder}/mine"}, {})
    assert (found.remote, found.index, found.corpus) == (None, folder / "mine", (f"{folder}/books",))


def test_an_address_overrides_that_of_an_archive_and_gets_none_of_its_credentials(folder: Path) -> None:
    assert locate({"archive": "shelf", "index": URL}, {}).remote == REMOTE


@pytest.mark.parametrize("corpus", [[], ["books"]], ids=["only read", "with a corpus"])
def test_patterns_are_for_the_command_that_builds(folder: Path, corpus: list[str]) -> None:
    choice = {"index": URL, "excluded": ["drafts"], "corpus": [f"{folder}/{name}" for name in corpus]}
    with pytest.raises(LocationError) as error:
        locate(choice, {})
    assert str(error.value) == "others read this index, so only shanxi index leaves files out of it (--exclude)"


def test_each_corpus_in_each_cluster_has_a_folder_of_its_own_in_the_cache(folder: Path) -> None:
    books, letters = ([f"{folder}/{name}"] for name in ("books", "letters"))
    choices: list[dict[str, object]] = [
        {"index": URL, "corpus": books},
        {"index": URL, "corpus": letters},
        {"index": "https://a.example.org:9200/other", "corpus": books},
        {"corpus": books},
    ]
    folders = [locate(choice, {}).index for choice in choices]
    assert len(set(folders)) == len(folders)
    assert {each.parent for each in folders} == {cache_folder()}
    again = "https://b.example.org:9200,https://a.example.org:9200/press"  # the same nodes
    assert locate({"index": again, "corpus": books}, {}).index == folders[0]


def test_a_cached_folder_of_a_cluster_is_found_when_its_corpus_is_gone(folder: Path) -> None:
    index = locate({"index": URL, "corpus": [f"{folder}/books"]}, {}).index
    (index / "gen-1").mkdir(parents=True)
    (index / "gen-1" / "OUTLINE.json").write_text(f'{{"roots": ["{folder}/books"]}}')
    assert find_gone_archives(cache_folder()) == []
    (folder / "books").rmdir()
    assert find_gone_archives(cache_folder()) == [index]


@pytest.mark.parametrize(
    ("index", "written"),
    [
        ("ftp://a:9200/press", "https://a:9200/press"),
        ("s3://bucket/press", "https://bucket/press"),
        ("a.example.org:9200/press", "https://a.example.org:9200/press"),
        ("127.0.0.1:9200/press", "http://127.0.0.1:9200/press"),
        ("[::1]:9200/press", "http://[::1]:9200/press"),
    ],
)
@pytest.mark.parametrize("source", ["--index", "SHANXI_INDEX"])
def test_what_looks_like_an_address_is_no_folder(folder: Path, source: str, index: str, written: str) -> None:
    with pytest.raises(LocationError) as error:
        locate({"index": index} if source == "--index" else {}, {"SHANXI_INDEX": index})
    assert str(error.value) == f"{source}: an address begins with https:// or http://: write {written}"


def test_a_scheme_may_have_capitals(folder: Path) -> None:
    assert locate({"index": "HTTPS://a.example.org:9200,Https://b.example.org:9200/press"}, {}).remote == REMOTE


def test_folders_with_a_colon(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "year:1930").mkdir()
    corpus = [f"{folder}/letters"]
    for name in ("year:1930/index", "./year:1931/index", "year:1931", "a:b/c"):
        found = locate({"index": name, "corpus": corpus}, {})
        assert (found.remote, found.index) == (None, folder / name)
