"""`shanxi doctor`: what is looked at, what is found wrong, and what is put right."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli.engines import fingerprint, open_backend
from shanxi_cli.engines.packed_article import pack_article
from shanxi_cli.engines.whoosh import schema
from shanxi_cli.indexing import store
from shanxi_cli.indexing.lock import lock_index
from shanxi_cli.model.article import Article
from tests.conftest import Shanxi

SOUND = """\
ok     corpus     6 articles in {corpus}
ok     files      {files} files, {size} bytes, checksums match
ok     contents   6 articles, no duplicates
ok     articles   all 6 match their files
ok     terms      all 6 have the right terms
ok     leftovers  none
"""


@pytest.fixture
def index(archive: Path) -> Path:
    return archive.parent / "index"


def sound(archive: Path, index: Path) -> str:
    generation = store.current_generation(index)
    assert generation is not None
    size = sum(file.size for file in generation.files)
    return SOUND.format(corpus=archive, files=len(generation.files), size=f"{size:,}")


@pytest.mark.parametrize("options", [[], ["--full"], ["--repair"]])
def test_doctor_sound_archive(shanxi: Shanxi, archive: Path, index: Path, options: list[str]) -> None:
    run = shanxi("doctor", *options)
    assert (run.status, run.out, run.err) == (0, sound(archive, index), "")


def test_doctor_without_index(shanxi: Shanxi, archive: Path, tmp_path: Path) -> None:
    run = shanxi("doctor", "--index", str(tmp_path / "none"))
    assert run.status == 0
    assert run.out == (
        f"ok     corpus     6 articles in {archive}\n"
        f"note   index      no index in {tmp_path}/none yet; the first search builds it\n"
    )
    assert not (tmp_path / "none").exists()


def first(index: Path, pattern: str) -> Path:
    return next(index.glob(pattern))


def append(path: Path) -> None:
    with open(path, "ab") as file:
        file.write(b"x")


def write_terms_of_another_article(index: Path) -> None:
    """An index that is whole, but does not find an article by its words."""
    document = schema.build_document

    def other(article: object) -> dict[str, object]:
        made = document(article)  # type: ignore[arg-type]
        if made["id"] == "undated-note":
            made["stems"] = {"banana": [0]}
        return made

    rebuild(index, "build_document", other)


def write_another_article(index: Path) -> None:
    """An index that is whole, but holds something else than the file says."""

    def pack(article: Article) -> tuple[object, ...]:
        packed = pack_article(article)
        return *packed[:1], "Other title", *packed[2:]

    rebuild(index, "pack_article", pack)


def rebuild(index: Path, name: str, function: object) -> None:
    from shanxi_cli.engines.whoosh import segment_writer
    from shanxi_cli.indexing.builder import UpdateOptions, update_index

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, name, function)
        if name == "build_document":
            patch.setattr(segment_writer, name, function)
        update_index(index, (os.environ["SHANXI_CORPUS"],), open_backend(), UpdateOptions(rebuild=True))


def of_another_version(index: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint, "SCHEMA_VERSION", 999)
        rebuild(index, "index_fingerprint", schema.index_fingerprint)


AGAIN = "shanxi doctor --repair rebuilds it"
WRONG: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a damaged file": (
        lambda index: append(first(index, "gen-*/*.toc")),
        ["wrong  index      _MAIN_1.toc of the index is damaged", f"{AGAIN} from the articles"],
    ),
    "a file that others may write": (
        lambda index: first(index, "gen-*/*.toc").chmod(0o666),
        ["wrong  index      _MAIN_1.toc in the index is writable by other users", f"{AGAIN} from the articles"],
    ),
    "no CURRENT that can be read": (
        lambda index: (index / "CURRENT").write_text("{"),
        ["wrong  index      the index is damaged", f"{AGAIN} from the articles"],
    ),
    "another version": (
        of_another_version,
        ["wrong  version    the index was made by another version of shanxi", AGAIN],
    ),
    "terms of another article": (
        write_terms_of_another_article,
        ["wrong  terms      1 have missing or wrong terms: undated-note", AGAIN],
    ),
    "another article": (
        write_another_article,
        [
            "wrong  articles   6 differ from their files: coal-town-plants-trees, mine-safety-rules, "
            "old-walls-of-pingyao, ...",
            AGAIN,
        ],
    ),
    "leftovers": (
        lambda index: (index / "new-0123456789abcdef").mkdir(),
        ["wrong  leftovers  an interrupted build left new-0123456789abcdef", "shanxi doctor --repair removes them"],
    ),
}


@pytest.mark.parametrize("options", [[], ["--full"]])
@pytest.mark.parametrize("wrong", WRONG)
def test_doctor_reports_and_repairs(shanxi: Shanxi, archive: Path, index: Path, wrong: str, options: list[str]) -> None:
    harm, (line, advice) = WRONG[wrong]
    harm(index)
    run = shanxi("doctor", *options)
    assert run.status == 2
    found = sorted(run.out.splitlines()) if wrong == "another article" else run.out.splitlines()
    if wrong != "another article" or not options:
        assert line.split(":")[0] in {shown.split(":")[0] for shown in found}
    if wrong != "another article":
        assert line in found
        assert found[found.index(line) + 1].strip() == advice
    run = shanxi("doctor", "--repair")
    done = "removed the leftovers" if wrong == "leftovers" else "rebuilt the index from the articles (6 articles)"
    assert (run.status, run.err) == (0, f"shanxi: {done}\n")
    assert run.out == sound(archive, index)


def test_doctor_full_finds_extra_terms(shanxi: Shanxi, index: Path) -> None:
    document = schema.build_document

    def more(article: object) -> dict[str, object]:
        made = document(article)  # type: ignore[arg-type]
        if made["id"] == "undated-note":
            made["stems"] = {**made["stems"], "banana": [7]}  # type: ignore[dict-item]
        return made

    rebuild(index, "build_document", more)
    assert shanxi("search", "banana", "-l").out == "undated-note\n"
    assert shanxi("doctor").status == 0
    run = shanxi("doctor", "--full")
    assert run.status == 2
    assert "wrong  terms      1 have missing or wrong terms: undated-note\n" in run.out


def test_doctor_reports_invalid_files(shanxi: Shanxi, archive: Path) -> None:
    (archive / "bad.md").write_text("---\ntitle: A\ntitle: B\n---\n")
    run = shanxi("doctor", "--repair")
    assert run.status == 2
    assert run.out.startswith(
        f"wrong  corpus     {archive}/bad.md:3: title is given twice\n"
        "                  fix the file, or move it out of the corpus\n"
        f"ok     corpus     6 articles in {archive}\n"
    )
    assert (
        "note   index      the corpus has changed since the last update; the next search updates the index\n" in run.out
    )


def test_doctor_notes_unreadable_date(shanxi: Shanxi, archive: Path) -> None:
    (archive / "bad.md").write_text("---\ntitle: A\ndate: 2021-13\n---\n")
    run = shanxi("doctor")
    assert run.status == 0
    assert run.out.startswith(
        f"note   corpus     {archive}/bad.md:3: bad date: 2021-13 has no month 13; it is searched without a date\n"
        f"ok     corpus     7 articles in {archive}\n"
    )


def test_doctor_notes_hidden_article(shanxi: Shanxi, archive: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "undated-note.md").write_text("---\ntitle: Mine\n---\n")
    run = shanxi("doctor", "--corpus", str(own), "--corpus", str(archive), "--index", str(tmp_path / "other"))
    assert run.status == 0
    note = f"{archive}/undated-note.md is hidden by {own}/undated-note.md, which has the same id"
    assert f"note   corpus     {note}\n" in run.out


def test_doctor_while_another_process_builds(shanxi: Shanxi, index: Path) -> None:
    (index / "new-0123456789abcdef").mkdir()
    with lock_index(index, 0):
        run = shanxi("doctor")
    assert run.status == 0
    assert run.out.endswith("note   leftovers  another shanxi is building this index now\n")


def test_doctor_notes_writable_index_folder(shanxi: Shanxi, index: Path) -> None:
    index.chmod(0o770)
    run = shanxi("doctor")
    assert run.status == 0
    assert f"note   rights     {index} is writable by other users: they can force a rebuild" in run.out
    assert f"chmod go-w {index}\n" in run.out


def test_doctor_json(shanxi: Shanxi, index: Path) -> None:
    shown = json.loads(shanxi("doctor", "--json").out)
    assert (shown["schema"], shown["sound"], shown["index"]) == (1, True, str(index))
    assert [(each["subject"], each["state"]) for each in shown["findings"]] == [
        (subject, "ok") for subject in ("corpus", "files", "contents", "articles", "terms", "leftovers")
    ]
    assert set(shown["findings"][0]) == {"subject", "state", "message", "advice"}
