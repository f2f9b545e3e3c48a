"""What `index` and `status` print about files that are no articles: refused, without text, or left out."""

import json
from pathlib import Path

from tests.conftest import Shanxi


def write(corpus: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text(text)


def test_refused_files_are_summed_up_by_reason(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus, {f"n{n}.md": f"---\ntitle: N\ntitle: {n}\n---\n" for n in range(3)} | {"open.md": "---\ntitle: O\n"})
    run = shanxi("index")
    lines = [
        f"3 files: title is given twice; the first: {corpus}/n0.md:3: title is given twice",
        f"{corpus}/open.md:1: the front matter is not closed by a line of ---",
    ]
    assert (run.status, run.err.splitlines()) == (2, [f"shanxi: {line}" for line in lines])
    run = shanxi("status")
    assert [line[10:] for line in run.out.splitlines() if line.startswith("failed")] == lines
    found = json.loads(shanxi("status", "--json").out)
    assert len(found["failed"]) == 4
    assert found["failed_by_reason"][0] == {
        "reason": "title is given twice",
        "files": 3,
        "first": [f"{corpus}/n{n}.md" for n in range(3)],
    }


def test_dates_that_cannot_be_read_are_summed_up_and_cost_no_article(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus, {f"n{n}.md": f"---\ntitle: Zebra\ndate: soon {n}\n---\n" for n in range(3)})
    reason = "bad date: soon 0 is not a date: write 2021, 2021-07, 2021-07-14 or two of them with / between"
    line = f"3 files: bad date; the first: {corpus}/n0.md:3: {reason}; it is searched without a date"
    run = shanxi("index")
    assert (run.status, run.err) == (0, f"shanxi: {line}\n")
    assert shanxi("index").err == run.err
    assert shanxi("search", "zebra", "-l").out == "n0\nn1\nn2\n"
    run = shanxi("status")
    assert run.status == 0
    assert [row[10:] for row in run.out.splitlines() if row.startswith("warning")] == [line]
    found = json.loads(shanxi("status", "--json").out)
    assert [warning["line"] for warning in found["warnings"]] == [3, 3, 3]
    assert found["warnings_by_reason"] == [
        {"reason": "bad date", "files": 3, "first": [f"{corpus}/n{n}.md" for n in range(3)]}
    ]


def test_status_names_what_is_no_article_and_what_is_left_out(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus, {"a/_index.md": "", "b.md": "", ".git/c.md": "x", "public/d.md": "x", "robots.txt": "x"})
    assert (shanxi("index").status, shanxi("index").err) == (0, "")
    run = shanxi("status")
    assert run.status == 0
    assert run.out.splitlines()[-5:] == [
        f"no text   1 file: a section page without text ({corpus}/a/_index.md)",
        f"no text   1 file: no text ({corpus}/b.md)",
        f"left out  1 folder: hidden ({corpus}/.git/)",
        f"left out  1 folder: made or installed by other programs ({corpus}/public/)",
        f"left out  1 file: text files that are no prose ({corpus}/robots.txt)",
    ]


def test_empty_section_page_takes_no_id(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus, {"mills/_index.md": "", "mills.md": "The last mill grinds zebra flour.", "mills/index.md": ""})
    assert shanxi("index").status == 0
    assert shanxi("search", "zebra", "-l").out == "mills\n"


def test_exclude_option(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus, {"drafts/a.md": "A zebra.", "b.md": "A zebra.", "c.txt": "A zebra."})
    assert shanxi("search", "zebra", "-c").out == "3\n"
    assert shanxi("search", "zebra", "-c", "--exclude", "drafts", "--exclude", "*.txt").out == "1\n"
    assert "2 files" not in shanxi("status").out
    assert (
        f"1 folder and 1 file: excluded by .shanxiignore or --exclude ({corpus}/c.txt, {corpus}/drafts/)"
        in shanxi("status", "--exclude", "drafts", "--exclude", "*.txt").out
    )
    assert shanxi("search", "zebra", "-c").out == "3\n"


def test_edited_ignore_file_is_noticed(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus, {"drafts/a.md": "A zebra.", "b.md": "A zebra."})
    assert shanxi("search", "zebra", "-c").out == "2\n"
    write(corpus, {".shanxiignore": "drafts/\n"})
    assert shanxi("search", "zebra", "-c").out == "1\n"
    assert shanxi("show", "b").status == 0


def test_suggested_commands_keep_exclude(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus, {"a.md": "A zebra.", "draft one.md": "A lion."})
    assert " --exclude 'draft *' --all zebra " in shanxi("search", "zebra", "lion", "--all", "--exclude", "draft *").err


def test_last_part_of_an_id_will_do(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus, {"guide/install.md": "A", "guide/use.md": "A", "api/use.md": "A", "user.md": "A"})
    for name, found in (("install", "guide/install"), ("guide/i", "guide/install"), ("use", "user")):
        assert json.loads(shanxi("show", name, "--format", "jsonl").out)["id"] == found
    write(corpus, {"user.md": ""})
    assert shanxi("show", "use").err.endswith("shanxi: use matches 2 ids: api/use, guide/use\n")
    assert shanxi("show", "stall").status == 1


def test_ignore_file_of_a_subfolder_counts_at_once(corpus: Path, shanxi: Shanxi) -> None:
    (corpus / "mills").mkdir()
    write(corpus, {"mills/a.md": "Zebra.", "mills/b.md": "Zebra."})
    assert shanxi("search", "zebra", "-l").out == "mills/a\nmills/b\n"
    write(corpus, {"mills/.shanxiignore": "b.md\n"})
    assert shanxi("search", "zebra", "-l").out == "mills/a\n"
    assert f"left out  1 file: excluded by .shanxiignore or --exclude ({corpus}/mills/b.md)\n" in shanxi("status").out
    write(corpus, {"mills/.shanxiignore": "a.md\n"})
    assert shanxi("search", "zebra", "-l").out == "mills/b\n"
