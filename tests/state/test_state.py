"""State files: what is reported and first seen survives rebuilds, and damage is never taken for nothing."""

import json
from pathlib import Path

import pytest

from shanxi_cli.errors import StateError
from shanxi_cli.paths import shipped_folder, state_folder, user_folder
from shanxi_cli.state.files import FIRST_SEEN, REPORTED, archive_state_folder, load_table, lock_state, save_table
from shanxi_cli.state.first_seen import load_first_seen, record_first_seen
from shanxi_cli.state.reported import News, forget_reported, load_reported, save_reported, select_news

ROOTS = ("/press/2021", "/press/2022")


def test_save_table_is_read_back(tmp_path: Path) -> None:
    save_table(tmp_path / "a" / "t.json", REPORTED, {"coal-town": "12ab", "太原\udc80": ""})
    assert load_table(tmp_path / "a" / "t.json", REPORTED) == {"coal-town": "12ab", "太原\udc80": ""}
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["t.json"]


def test_load_table_without_a_file_is_empty(tmp_path: Path) -> None:
    assert load_table(tmp_path / "t.json", REPORTED) == {}


@pytest.mark.parametrize("damage", ["empty", "cut", "bit", "garbage", "list", "kind", "folder"])
def test_load_table_refuses_damage(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    save_table(path, FIRST_SEEN if damage == "kind" else REPORTED, {"coal-town": "12ab"})
    content = path.read_bytes()
    path.unlink()
    match damage:
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(content[:-3])
        case "bit":
            path.write_bytes(content.replace(b"12ab", b"13ab"))
        case "garbage":
            path.write_bytes(b"\x00\xff" * 500)
        case "list":
            path.write_bytes(b"[]\n[]\n")
        case "kind":
            path.write_bytes(content)
        case "folder":
            path.mkdir()
    with pytest.raises(StateError) as caught:
        load_table(path, REPORTED)
    reason = (
        "cannot be read: Is a directory"
        if damage == "folder"
        else "is damaged; restore it from a backup, or remove it: every match then counts as new once more"
    )
    assert str(caught.value) == f"{path} {reason}"


def test_load_table_refuses_a_newer_format(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    save_table(path, REPORTED, {})
    head, body = path.read_text().split("\n", 1)
    path.write_text(json.dumps({**json.loads(head), "format": 2}) + "\n" + body)
    with pytest.raises(StateError, match="was written by a newer version of shanxi"):
        load_table(path, REPORTED)


def test_lock_state_is_exclusive(tmp_path: Path) -> None:
    refused = pytest.raises(StateError, match=r"another shanxi holds .*/a/LOCK; try again when it has ended")
    with lock_state(tmp_path / "a", 0), refused, lock_state(tmp_path / "a", 0):
        pass
    with lock_state(tmp_path / "a", 0):
        pass


def test_archive_state_folder_depends_on_the_corpus_alone() -> None:
    assert archive_state_folder(ROOTS) == archive_state_folder(list(ROOTS))
    assert archive_state_folder(ROOTS) != archive_state_folder(ROOTS[:1])


def test_archive_state_folder_of_the_default_archive_stays_with_the_first_own_article() -> None:
    shipped = str(shipped_folder())
    own = str(user_folder().resolve())
    assert archive_state_folder((shipped,)) == archive_state_folder((own, shipped))
    assert archive_state_folder((shipped,)) != archive_state_folder((shipped, "/press"))


def test_first_seen_keeps_the_first_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1000.5)
    record_first_seen(ROOTS, ["coal-town"])
    monkeypatch.setattr("time.time", lambda: 2000.5)
    assert load_first_seen(ROOTS, ["coal-town", "old-walls"]) == {"coal-town": 1000, "old-walls": 2000}
    assert load_first_seen(ROOTS, []) == {"coal-town": 1000, "old-walls": 2000}
    assert load_first_seen(ROOTS[:1], []) == {}


def test_record_first_seen_leaves_damage_to_whoever_asks() -> None:
    path = archive_state_folder(ROOTS) / "first-seen.json"
    path.parent.mkdir(parents=True)
    path.write_text("?")
    record_first_seen(ROOTS, ["coal-town"])
    assert path.read_text() == "?"
    with pytest.raises(StateError, match="every article then counts as added when it is seen next"):
        load_first_seen(ROOTS, ["coal-town"])


def test_record_first_seen_without_a_place_for_state_is_silent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    record_first_seen(ROOTS, ["coal-town"])
    assert (tmp_path / "file").read_text() == ""


REPORTED_BEFORE = {"coal-town": "aa", "mine": "bb", "note": ""}


@pytest.mark.parametrize(
    ("ids", "changed", "news"),
    [
        pytest.param({"coal-town": "aa"}, False, {}, id="known"),
        pytest.param({"walls": "cc"}, False, {"walls": News.NEW}, id="new"),
        pytest.param({"coal-city": "aa"}, True, {}, id="renamed"),
        pytest.param({"mine": "zz"}, False, {}, id="changed, not asked for"),
        pytest.param({"mine": "zz"}, True, {"mine": News.CHANGED}, id="changed"),
        pytest.param({"note": "dd", "mine": ""}, True, {}, id="one checksum unknown"),
        pytest.param({"walls": "cc", "mine": "zz"}, True, {"walls": News.NEW, "mine": News.CHANGED}, id="in order"),
        pytest.param({"x": "", "y": ""}, True, {"x": News.NEW, "y": News.NEW}, id="without checksums"),
    ],
)
def test_select_news(ids: dict[str, str], changed: bool, news: dict[str, News]) -> None:
    found = select_news(REPORTED_BEFORE, ids, ids, changed=changed)
    assert list(found.items()) == list(news.items())


def test_forget_reported_removes_the_search_of_every_archive() -> None:
    for roots in (ROOTS, ROOTS[:1]):
        save_reported(roots, "coal", {"coal-town": "aa"})
    save_reported(ROOTS, "wine", {"coal-town": "aa"})
    forget_reported("coal")
    assert load_reported(ROOTS, "coal") == load_reported(ROOTS[:1], "coal") == {}
    assert load_reported(ROOTS, "wine") == {"coal-town": "aa"}
    forget_reported("never ran")
    assert state_folder().is_dir()
