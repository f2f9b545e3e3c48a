"""Files that are hostile or damaged: one error line each, and what is beside them is imported."""

import hashlib
import io
import json
import os
import sys
from pathlib import Path

import pytest

from shanxi_cli import importers
from shanxi_cli.cli.commands import import_ as command
from shanxi_cli.errors import LocationError
from shanxi_cli.importers import input_files
from shanxi_cli.util.files import replace_file
from tests.conftest import Run, Shanxi

PAGE = "# Bread is dearer\n\nBy LI XIAOYU\n\nA loaf costs 4 yuan. Bakers blame the price of flour and of coal.\n"
ROW = {"title": "Salt is cheap", "text": "A pound of salt costs 1 yuan. Nobody is blamed for that by anyone."}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shanxi:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(PAGE)
    return Shanxi(capsys)


def articles(folder: str = "own") -> list[str]:
    return sorted(path.name for path in Path(folder).glob("*.md"))


def imported(run: Shanxi, *files: str) -> Run:
    return run("import", *files, "--into", "own")


UNREADABLE = {
    "nul-in-a-file-name.csv": b"title,text\nSalt,b\0.txt\n",
    "deep.json": b"[" * 9_000 + b"]" * 9_000,
    "deep.md": b'+++\ntitle = "Salt"\na = ' + b"[" * 9_000 + b"]" * 9_000 + b"\n+++\n\nText.\n",
    "dotted.md": b'+++\ntitle = "Salt"\n' + b".".join([b"a"] * 9_000) + b" = 1\n+++\n\nText.\n",
    "digits.md": b'+++\ntitle = "Salt"\na = ' + b"7" * 9_000 + b"\n+++\n\nText.\n",
    "utf7.xml": b'<?xml version="1.0" encoding="utf-7"?><alto><Page/></alto>',
    "unknown.xml": b'<?xml version="1.0" encoding="klingon"?><alto><Page/></alto>',
    "deep.xml": b"<alto>" + b"<a>" * 9_000 + b"</a>" * 9_000 + b"</alto>",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_is_one_line_and_the_rest_goes_on(run: Shanxi, name: str) -> None:
    Path(name).write_bytes(UNREADABLE[name])
    done = imported(run, name, "page.txt")
    assert done.status == 2
    assert [line for line in done.err.splitlines() if name in line] == [done.err.splitlines()[0]]
    assert articles() == ["bread-is-dearer.md"]


READABLE = {
    "number-of-9000-digits.jsonl": json.dumps(ROW)[:-1] + ', "page": ' + "7" * 9_000 + "}",
    "lone-surrogate.json": json.dumps({**ROW, "author": "A\ud800B"}),
    "short-paragraphs.txt": PAGE + "A B C\n\n" * 7_000,
    "datelines.txt": PAGE + "SALT TOWN\n\n" * 3_000,
}


@pytest.mark.parametrize("name", READABLE)
def test_an_odd_file_is_imported(run: Shanxi, name: str) -> None:
    Path(name).write_text(READABLE[name])
    done = imported(run, name)
    assert done.status == 0, done.err
    assert articles()


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("deep"), AssertionError("a bug"), OSError(5, "I/O")])
def test_any_exception_is_the_error_of_its_file(run: Shanxi, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def read_parts(name: str, data: bytes, text_field: str | None) -> object:
        if name == "bad.txt":
            raise error
        return real(name, data, text_field)

    real = importers.read_parts
    monkeypatch.setattr(command, "read_parts", read_parts)
    Path("bad.txt").write_text(PAGE)
    done = imported(run, "bad.txt", "page.txt")
    assert (done.status, done.err.splitlines()[0][:17]) == (2, "shanxi: bad.txt: ")
    assert articles() == ["bread-is-dearer.md"]


def test_a_page_that_takes_too_long_names_the_limit(run: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(name: str, data: bytes, text_field: str | None) -> object:
        while True:
            pass

    monkeypatch.setattr(command, "read_parts", never)
    monkeypatch.setattr(command, "MAX_PAGE_SECONDS", 0.05)
    done = imported(run, "page.txt")
    assert done.status == 2
    assert "longer than 0.05 seconds, the limit of one page" in done.err


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: os.mkfifo("odd"), "a named pipe"),
        (lambda: os.mkdir("odd"), "a folder"),
        (lambda: os.symlink("/dev/zero", "odd"), "a device"),
    ],
    ids=["pipe", "folder", "device"],
)
def test_what_is_no_file_is_not_opened(run: Shanxi, make: object, what: str) -> None:
    make()  # type: ignore[operator]
    done = imported(run, "odd", "page.txt")
    assert (done.status, articles()) == (2, ["bread-is-dearer.md"])
    assert f"odd: {what}" in done.err


def test_a_pipe_that_an_issue_names_is_not_opened(run: Shanxi) -> None:
    os.mkfifo("alto.xml")
    Path("issue.xml").write_text(
        '<mets><file ID="f"><FLocat href="alto.xml"/></file>'
        '<div TYPE="ARTICLE"><area FILEID="f" BEGIN="b"/></div></mets>'
    )
    done = imported(run, "issue.xml")
    assert (done.status, "its ALTO file alto.xml: a named pipe" in done.err) == (2, True)


def test_reading_ends_at_the_limit(run: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            return len(buffer)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "read_limited", lambda file, shown: input_files.read_limited(file, shown, 5_000_000))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    done = imported(run, "-", "page.txt")
    assert (done.status, "more than 5,000,000 bytes" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"title": "Salt " * 300}, "the title has 1,499 characters"),
        ({"keywords": ["salt"] * 1_500}, "keywords has more than 1,000 values"),
        ({"text": "Salt is cheap. " * 700_000}, "at most 8,000,000 are allowed"),
    ],
    ids=["title", "values", "size"],
)
def test_what_the_archive_would_refuse_is_not_written(run: Shanxi, row: dict[str, object], reason: str) -> None:
    Path("rows.jsonl").write_text(json.dumps(ROW | {"title": "Oil is dear"}) + "\n" + json.dumps(ROW | row) + "\n")
    done = imported(run, "rows.jsonl")
    assert (done.status, articles()) == (2, ["oil-is-dear.md"])
    assert reason in done.err
    assert "rows.jsonl row 2" in done.err


def test_an_import_that_fails_at_any_write_is_repeated_without_harm(
    run: Shanxi, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [json.dumps(ROW | {"title": "Salt is cheap", "section": str(n)}) for n in range(4)]
    Path("rows.jsonl").write_text("\n".join(rows))
    real = replace_file
    for limit in range(9):
        writes = iter(range(limit))

        def full(path: Path, data: bytes, writes: object = writes) -> None:
            if next(writes, None) is None:  # type: ignore[call-overload]
                raise LocationError(f"cannot write {path}: No space left on device")
            real(path, data)

        for module in ("page_store", "writer"):
            monkeypatch.setattr(f"shanxi_cli.importers.{module}.replace_file", full)
        into = f"own{limit}"
        run("import", "rows.jsonl", "--into", into)
        for module in ("page_store", "writer"):
            monkeypatch.setattr(f"shanxi_cli.importers.{module}.replace_file", real)
        assert run("import", "rows.jsonl", "--into", into).status == 0
        assert articles(into) == [f"salt-is-cheap{end}.md" for end in ("-2", "-3", "-4", "")]
        assert run("import", "rows.jsonl", "--into", into).out.count("unchanged") == 4


def test_an_update_that_fails_is_no_edit_of_a_person(run: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(run, "page.txt")
    Path("page.txt").write_text(PAGE.replace("4 yuan", "5 yuan"))

    def full(path: Path, data: bytes) -> None:
        raise LocationError("cannot write: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("shanxi_cli.importers.writer.replace_file", full)
        assert imported(run, "page.txt").status == 2
    assert "changed" in imported(run, "page.txt").out
    assert "5 yuan" in Path("own/bread-is-dearer.md").read_text()


def test_temporary_files_are_swept(run: Shanxi) -> None:
    imported(run, "page.txt")
    for leftover in ("own/.shanxi-abcdefgh.new", "own/.pages/raw/.abcdefgh.new"):
        Path(leftover).write_text("half")
    Path("own/.mine.new").write_text("a person's")
    imported(run, "page.txt")
    assert [path.name for path in Path("own").rglob("*.new")] == [".mine.new"]


def test_a_page_cannot_replace_the_record_of_another(run: Shanxi) -> None:
    Path("page.txt.json").write_text(json.dumps(ROW))
    for _ in range(2):
        for name in ("page.txt", "page.txt.json"):
            assert imported(run, name).status == 0
    assert articles() == ["bread-is-dearer.md", "salt-is-cheap.md"]


@pytest.mark.parametrize("text", [PAGE, PAGE.replace("\n", "\r\n"), "\ufeff" + PAGE, PAGE + "\n\n"])
def test_the_same_page_under_another_name_is_not_filed_again(run: Shanxi, text: str) -> None:
    imported(run, "page.txt")
    Path("copy.txt").write_bytes(text.encode())
    assert "unchanged bread-is-dearer" in imported(run, "copy.txt").out
    assert articles() == ["bread-is-dearer.md"]


def test_the_earlier_layout_is_read(run: Shanxi) -> None:
    imported(run, "page.txt")
    record = json.loads(Path("own/.pages/records/page.txt.json").read_text())
    for path in [*Path("own/.pages").glob("*/*"), *(path for path in Path("own/.pages").iterdir() if path.is_dir())]:
        path.unlink() if path.is_file() else path.rmdir()
    Path("own/.pages/page.txt").write_text(PAGE)
    Path("own/.pages/page.txt.json").write_text(
        json.dumps({"format": 1, "articles": record["articles"], "left": record["left"]})
    )
    digest = hashlib.sha256(Path("own/bread-is-dearer.md").read_bytes()).hexdigest()
    assert record["articles"][0]["sha256"] == digest
    Path("copy.txt").write_text(PAGE)
    for name in ("copy.txt", "page.txt"):
        assert "unchanged bread-is-dearer" in imported(run, name).out
    assert articles() == ["bread-is-dearer.md"]


@pytest.mark.parametrize("date", ["soon", "14 July 2021", "2021-7-4"])
def test_a_date_that_is_none_is_refused_with_the_forms(run: Shanxi, date: str) -> None:
    done = run("import", "page.txt", "--into", "own", "--date", date)
    assert (done.status, done.out) == (2, "")
    assert "write 2021, 2021-07, 2021-07-14" in done.err
