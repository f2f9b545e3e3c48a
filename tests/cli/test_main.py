"""The commands over the six articles: exact output, exact errors, the table of exit statuses."""

import json
from pathlib import Path

import pytest

from tests.conftest import Shanxi
from tests.support.articles import FILES

COAL, SOLAR, WALLS, CHINESE, SAFETY, UNDATED = FILES


# search and list in a pipe


def test_lines_are_id_date_title(shanxi: Shanxi) -> None:
    run = shanxi("search", "coal")
    assert run.out == (
        "coal-town-plants-trees\t2021-07-22/2021-08-31\tCoal town plants trees\n"
        "mine-safety-rules\t2021-08-15\tMine safety rules\n"
        "taiyuan-paper-in-chinese\t2021\tA page in two languages\n"
    )
    assert run.err == ""
    assert run.status == 0


def test_an_undated_article_has_an_empty_date(shanxi: Shanxi) -> None:
    assert shanxi("search", "shaanxi").out == "undated-note\t\tUndated note\n"


def test_ids_for_xargs(shanxi: Shanxi) -> None:
    assert shanxi("search", "coal", "-l").out == f"{COAL}\n{SAFETY}\n{CHINESE}\n"
    assert shanxi("search", "coal", "--ids").out == shanxi("search", "coal", "-f", "ids").out


def test_a_pipe_gets_everything(corpus: Path, shanxi: Shanxi) -> None:
    for n in range(20):
        (corpus / f"more-{n:02}.md").write_text(f"---\ntitle: More {n}\n---\n\nA zebra.\n")
    assert shanxi("search", "zebra", "-l").out.count("\n") == 20
    assert shanxi("search", "zebra", "-l", "-n", "3").out == "more-00\nmore-01\nmore-02\n"
    assert shanxi("search", "zebra", "-l", "-n", "2", "--offset", "18").out == "more-18\nmore-19\n"
    assert shanxi("search", "zebra", "-l", "-n", "0").out.count("\n") == 20
    assert shanxi("search", "zebra", "-l", "--offset", "20").out == ""


def test_counting(shanxi: Shanxi) -> None:
    run = shanxi("search", "coal", "-c")
    assert (run.status, run.out, run.err) == (0, "3\n", "")
    run = shanxi("search", "nowhere", "--count")
    assert (run.status, run.out, run.err) == (1, "0\n", "")


def test_only_the_status(shanxi: Shanxi) -> None:
    run = shanxi("search", "coal", "-q")
    assert (run.status, run.out, run.err) == (0, "", "")
    run = shanxi("search", "nowhere", "-q")
    assert (run.status, run.out, run.err) == (1, "", "")


def test_empty_result_has_status_1(shanxi: Shanxi) -> None:
    run = shanxi("search", "nowhere")
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("shanxi: no results for nowhere\n")


def test_any_and_all(shanxi: Shanxi) -> None:
    assert shanxi("search", "coal", "solar", "-c").out == "4\n"
    assert shanxi("search", "coal", "solar", "--all", "-c").out == "1\n"
    assert shanxi("list", "coal", "solar", "-c").out == "1\n"
    assert shanxi("list", "coal", "solar", "--any", "-c").out == "4\n"


def test_list_is_newest_first_without_limit(shanxi: Shanxi) -> None:
    assert shanxi("list", "-l").out.split() == [WALLS, SOLAR, CHINESE, COAL, SAFETY, UNDATED]
    assert shanxi("list", "-l", "--sort", "oldest").out.split() == [CHINESE, COAL, SAFETY, SOLAR, WALLS, UNDATED]
    assert shanxi("search", "coal", "-l", "--sort", "title").out.split() == [CHINESE, COAL, SAFETY]


def test_the_same_query_gives_the_same_bytes(shanxi: Shanxi) -> None:
    first = shanxi("search", "coal", "power", "mine", "--json").out
    assert shanxi("index", "--rebuild").status == 0
    assert shanxi("search", "coal", "power", "mine", "--json").out == first


# what belongs to the query


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-coal"], {SOLAR, WALLS, UNDATED}),
        (["coal", "-mine"], {CHINESE}),
        (["-mine coal"], {CHINESE}),
        (["+coal"], {COAL, CHINESE, SAFETY}),
        (["-nuclear"], set(FILES)),
        (["-n", "9", "coal", "-mine"], {CHINESE}),
        (["-lx"], set(FILES)),
        (["-nx5"], set(FILES)),
        (["--", "-l", "coal"], {COAL, CHINESE, SAFETY}),
        (["coal", "--", "-mine"], {CHINESE}),
        (["date:2021", "coal"], {COAL, CHINESE, SAFETY}),
    ],
)
def test_unknown_short_option_is_a_query_word(shanxi: Shanxi, arguments: list[str], expected: set[str]) -> None:
    assert set(shanxi("search", "-l", *arguments).out.split()) == expected


# show


def test_show_in_a_pipe_is_plain_text(shanxi: Shanxi) -> None:
    run = shanxi("show", "solar-cells-for-export")
    assert run.out == (
        "Solar cells for export\n"
        "By Li Min; a retelling, not the newspaper's own words\n"
        "2022-06\n"
        "Shanxi Daily News, page 2\n"
        "\n"
        "A factory in Taiyuan sells solar cells to Germany and Japan. Exports grew 12.5 percent.\n"
        "\n"
        "The solar power firm spends more on R&D than on steel, and tests 5G in its halls.\n"
    )
    assert (run.status, run.err) == (0, "")


def test_show_by_the_beginning_of_an_id(shanxi: Shanxi) -> None:
    assert shanxi("show", "undated").out.splitlines()[0] == "Undated note"


def test_show_several_each_once(shanxi: Shanxi) -> None:
    out = shanxi("show", "undated", "old-walls", "undated-note").out
    assert [block.split("\n")[0] for block in out.split("\n---\n\n")] == ["Undated note", "Old walls of Pingyao"]


def test_show_ids_from_stdin(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    data = shanxi("search", "walls").out + "\nundated-note\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    out = shanxi("show", "-").out
    assert [block.split("\n")[0] for block in out.split("\n---\n\n")] == ["Old walls of Pingyao", "Undated note"]


def test_show_reports_unknown_id_with_status_1(shanxi: Shanxi) -> None:
    run = shanxi("show", "nowhere", "undated")
    assert run.status == 1
    assert run.err == "shanxi: there is no article nowhere; shanxi search -l WORDS gives ids\n"
    assert run.out.splitlines()[0] == "Undated note"


def test_an_id_that_may_have_been_meant(shanxi: Shanxi) -> None:
    assert (
        shanxi("show", "mine-saftey").err
        == "shanxi: there is no article mine-saftey; did you mean mine-safety-rules?\n"
    )


def test_show_lists_candidates_of_ambiguous_id(corpus: Path, shanxi: Shanxi) -> None:
    (corpus / "undated-two.md").write_text("---\ntitle: Two\n---\n")
    run = shanxi("show", "undated")
    assert run.status == 2
    assert run.err.splitlines()[-1] == "shanxi: undated matches 2 ids: undated-note, undated-two"


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", ".", "undated-note.md", "x" * 5000])
def test_an_id_is_never_a_path(corpus: Path, shanxi: Shanxi, name: str) -> None:
    (corpus.parent / "secret.md").write_text("---\ntitle: Secret\n---\n")
    run = shanxi("show", name)
    assert (run.status, run.out) == (1, "")


def test_markdown_is_the_file_again(corpus: Path, shanxi: Shanxi) -> None:
    text = shanxi("show", "coal-town", "-f", "markdown").out
    (corpus / "coal-town-plants-trees.md").write_text(text)
    run = shanxi("show", "coal-town", "-f", "markdown")
    assert run.out == text


# JSON


def test_json_lines_of_a_search(shanxi: Shanxi) -> None:
    [line] = shanxi("search", '"solar cells"', "--json").out.splitlines()
    found = json.loads(line)
    score = found.pop("score")
    assert score > 0
    assert found == {
        "schema": 1,
        "rank": 1,
        "id": "solar-cells-for-export",
        "title": "Solar cells for export",
        "date": "2022-06",
        "snippets": [
            {"field": "title", "text": "Solar cells for export", "marks": [[0, 11]]},
            {
                "field": "body",
                "text": "A factory in Taiyuan sells solar cells to Germany and Japan. Exports grew 12.5 percent.",
                "marks": [[27, 38]],
            },
        ],
    }


def test_json_of_an_article(shanxi: Shanxi) -> None:
    [line] = shanxi("show", "old-walls", "--json", "--match", "wall").out.splitlines()
    assert json.loads(line) == {
        "schema": 1,
        "id": "old-walls-of-pingyao",
        "title": "Old walls of Pingyao",
        "title_note": None,
        "deck": None,
        "author": ["Chen Jing"],
        "contributors": [],
        "author_note": None,
        "date": "2023-05-01",
        "date_note": None,
        "publication": "Travel Weekly",
        "section": None,
        "page": None,
        "language": None,
        "type": "image",
        "edition": None,
        "places": ["Pingyao", "Jinzhong"],
        "people": [],
        "organisations": [],
        "keywords": [],
        "captions": [{"text": "Visitors walk on the city wall of Pingyao."}],
        "source": None,
        "repairs": [],
        "unsure": [],
        "paragraphs": ["Visitors walk on the city wall at dusk. The town's café serves Xi'an noodles."],
        "derived": {"places": [], "people": [], "organisations": []},
        "links": [],
        "url": None,
        "marks": {"title": [[4, 9]], "paragraphs": [[[26, 30]]]},
    }


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["search", "titel:coal", "--json"],
            {
                "message": "there is no field titel",
                "query": "titel:coal",
                "start": 0,
                "end": 5,
                "hint": "did you mean title: ?",
            },
        ),
        (
            ["search", "coal", "--json", "--limit", "x"],
            {"message": "invalid value for '-n' / '--limit': 'x' is not a valid int range"},
        ),
        (
            ["status", "--json", "--corpus", "/nowhere"],
            {"message": "the corpus folder /nowhere (--corpus) does not exist"},
        ),
        (["show", "nope", "--json"], {"message": "there is no article nope; shanxi search -l WORDS gives ids"}),
    ],
)
def test_errors_are_objects_under_json(shanxi: Shanxi, arguments: list[str], expected: dict[str, object]) -> None:
    run = shanxi(*arguments)
    assert json.loads(run.err) == {"schema": 1, "error": expected}
    assert run.out == ""


# index and status


def test_index_rebuild_counts_changes(corpus: Path, shanxi: Shanxi) -> None:
    (corpus / "new.md").write_text("---\ntitle: New\n---\n")
    (corpus / "undated-note.md").unlink()
    assert shanxi("index", "--rebuild").out == (
        "added            1\nchanged          0\nremoved          1\nfailed           0\narticles         6\n"
    )


def test_touched_file_causes_no_notice(corpus: Path, shanxi: Shanxi) -> None:
    (corpus / "undated-note.md").touch()
    assert shanxi("search", "coal", "-c").err == ""


def test_quiet_is_quiet(corpus: Path, shanxi: Shanxi) -> None:
    (corpus / "bad.md").write_text("---\ntitle: not closed\n")
    run = shanxi("search", "coal", "-q")
    assert (run.status, run.out, run.err) == (0, "", "")


def test_index_tells_what_it_did(corpus: Path, shanxi: Shanxi) -> None:
    (corpus / "new.md").write_text("---\ntitle: New\n---\n")
    run = shanxi("index")
    assert run.out == (
        "added            1\nchanged          0\nremoved          0\nfailed           0\narticles         7\n"
    )
    assert (run.status, run.err) == (0, "")


def test_search_updates_index_with_one_notice(corpus: Path, shanxi: Shanxi) -> None:
    (corpus / "new.md").write_text("---\ntitle: New zebra\n---\n")
    (corpus / "undated-note.md").unlink()
    run = shanxi("search", "zebra", "-l")
    assert run.out == "new\n"
    assert run.err == "shanxi: brought the index up to date: 1 added, 1 removed (6 articles)\n"
    assert shanxi("search", "zebra", "-l").err == ""


def test_a_bad_file(corpus: Path, shanxi: Shanxi) -> None:
    (corpus / "bad.md").write_text("---\ntitle: Bad\ntitle: Worse\n---\n")
    line = f"shanxi: {corpus}/bad.md:3: title is given twice\n"
    assert (shanxi("index").status, shanxi("index").err) == (2, line)
    run = shanxi("search", "coal", "-c")
    assert (run.status, run.out) == (0, "3\n")
    assert run.err == "shanxi: 1 file could not be read as articles: see shanxi status\n"
    run = shanxi("status")
    assert run.status == 2
    assert f"failed    {corpus}/bad.md:3: title is given twice\n" in run.out


def test_status(corpus: Path, shanxi: Shanxi) -> None:
    run = shanxi("status", "--json")
    found = json.loads(run.out)
    assert found.pop("built").endswith("Z")
    assert found == {
        "schema": 1,
        "corpus": [str(corpus)],
        "index": str(corpus.parent / "index"),
        "unusable": None,
        "up_to_date": True,
        "articles": 6,
        "undated": 1,
        "first_day": "2021-01-01",
        "last_day": "2023-05-01",
        "stale": {"added": 0, "changed": 0, "removed": 0},
        "failed": [],
        "failed_by_reason": [],
        "not_articles": [],
        "left_out": [],
        "gone_indexes": 0,
        "warnings": [],
        "warnings_by_reason": [],
        "cluster": None,
    }
    assert (run.status, run.err) == (0, "")


def test_status_builds_nothing(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Shanxi(capsys)("status")
    assert run.out.splitlines()[2:] == ["          not built yet", "articles  0"]
    assert not (archive.parent / "index").exists()


# the table of exit statuses

STATUSES = [
    (["search", "coal"], 0),
    (["search", "nowhere"], 1),
    (["search", "nowhere", "-q"], 1),
    (["list"], 0),
    (["list", "title:nowhere"], 1),
    (["show", "undated"], 0),
    (["show", "nope"], 1),
    (["show", "o", "c"], 0),
    (["index"], 0),
    (["status"], 0),
    (["--version"], 0),
    (["--help"], 0),
    (["search", "-h"], 0),
    ([], 2),
    (["search"], 2),
    (["search", ""], 2),
    (["search", "(coal"], 2),
    (["search", "title:"], 2),
    (["search", "date:banana"], 2),
    (["search", "the", "of"], 2),
    (["search", "coal", "--limit"], 2),
    (["search", "coal", "-n", "-1"], 2),
    (["search", "coal", "--sort", "size"], 2),
    (["search", "coal", "--nonsense"], 2),
    (["search", "coal", "-l", "-c"], 2),
    (["search", "coal", "--json", "-f", "lines"], 2),
    (["search", "coal", "--corpus", "/nowhere"], 2),
    (["search", "coal", "--index", "/proc/nowhere"], 2),
    (["serch", "coal"], 2),
    (["show", "-f", "pdf", "undated"], 2),
]


@pytest.mark.parametrize(
    ("arguments", "status"), STATUSES, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_the_exit_status(shanxi: Shanxi, arguments: list[str], status: int) -> None:
    run = shanxi(*arguments)
    assert run.status == status
    if status == 2:
        assert run.out == ""
        assert run.err.startswith(("shanxi: ", "Usage: ", '{"schema": 1, "error": {'))


ERRORS = [
    (["serch", "coal"], "shanxi: no such command 'serch'. Did you mean 'search'?\n"),
    (["coal", "mine"], "shanxi: there is no command coal; to search, write: shanxi search coal mine\n"),
    (
        ["search", "--limt", "3", "coal"],
        "shanxi: no such option: --limt (Possible options: --limit, --quiet, --timeout)\n",
    ),
    (["search"], "shanxi: search for what? give it a word: shanxi search coal\n"),
    (["search", "coal", "-n"], "shanxi: option '-n' requires an argument\n"),
    (["search", "coal", "-l", "-q"], "shanxi: --ids and --quiet cannot be combined\n"),
    (
        ["show", "--json", "-f", "text", "x"],
        '{"schema": 1, "error": {"message": "--format and --json cannot be combined"}}\n',
    ),
]


@pytest.mark.parametrize(("arguments", "message"), ERRORS)
def test_the_wording_of_errors(shanxi: Shanxi, arguments: list[str], message: str) -> None:
    assert shanxi(*arguments).err == message


def test_query_error_has_a_caret(shanxi: Shanxi) -> None:
    assert shanxi("search", "coal", "AND", "(mine", "OR").err == (
        'shanxi: OR has nothing to join\n  coal AND (mine OR\n                 ^^\n  for the word write "OR"\n'
    )
    assert shanxi("search", "太原 titel:x").err == (
        "shanxi: there is no field titel\n  太原 titel:x\n       ^^^^^\n  did you mean title: ?\n"
    )


def test_query_error_shortens_long_query(shanxi: Shanxi) -> None:
    query = "coal " * 40 + '"mine ' + "coal " * 20
    err = shanxi("search", query).err.splitlines()
    assert err[0] == "shanxi: this quote is never closed"
    assert err[2].index("^") == err[1].index('"')
    assert err[1].startswith("  … ")
    assert err[1].endswith(" …")


# text from files and arguments


EVIL = "\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07 \u202egnp.exe \x9b1m [b]bold[/b] :fire: [/i]"


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["list", "--json"],
        ["list", "-f", "terminal"],
        ["list", "-l"],
        ["show", "evil"],
        ["show", "evil", "-f", "terminal"],
        ["show", "evil", "-f", "markdown"],
        ["show", "evil", "--json"],
        ["status"],
    ],
)
def test_output_has_no_control_characters_of_articles(corpus: Path, shanxi: Shanxi, arguments: list[str]) -> None:
    (corpus / "evil.md").write_text(
        f'---\ntitle: "A {EVIL.encode("unicode_escape").decode()}"\nauthor: x\n---\n\nText {EVIL}\n'
    )
    (corpus / "evil\x1b[31m.md").write_text("---\ntitle: x\n---\n")
    run = shanxi(*arguments)
    for text in (run.out, run.err):
        assert not [c for c in text if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c == "\u202e"]
    if "terminal" in arguments:
        assert "[b]bold[/b] :fire: [/i]" in run.out


def test_output_has_no_control_characters_of_arguments(shanxi: Shanxi) -> None:
    for arguments in (
        ["search", "\x1b[31m(x"],
        ["search", "zz\x1b[31mzz"],
        ["show", "\x1b]0;x\x07"],
        ["\x1b[31m"],
        ["search", "x", "--corpus", "\x1b[2J"],
    ):
        run = shanxi(*arguments)
        assert "\x1b" not in run.err + run.out
        assert run.err


# where things are


def test_options_before_the_verb_and_after_it(shanxi: Shanxi, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "zebra.md").write_text("---\ntitle: Zebra\n---\n")
    index = str(tmp_path / "other-index")
    assert shanxi("--corpus", str(other), "--index", index, "list", "-l").out == "zebra\n"
    assert shanxi("list", "-l", "--corpus", str(other), "--index", index).out == "zebra\n"
    assert shanxi("--corpus", "/nowhere", "list", "-l", "--corpus", str(other), "--index", index).out == "zebra\n"


def test_shipped_archive_finds_photovoltaic(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_INDEX", str(tmp_path / "index"))
    shanxi = Shanxi(capsys)
    assert shanxi("list", "-c").out == "22\n"
    found = shanxi("search", "photovoltaic", "-l").out
    assert found.count("\n") == 4
    assert shanxi("search", "photovoltaics", "-l").out == found
    assert shanxi("status").status == 0


@pytest.mark.parametrize("line", ["timeline coal -l", "facets place -l"])
def test_missing_common_short_option_is_an_error(shanxi: Shanxi, line: str) -> None:
    run = shanxi(*line.split())
    verb, option = line.split()[0], line.split()[-1]
    message = f"{verb} has no option {option}: its rows are no articles; to exclude a word, put it after --"
    assert (run.status, run.out, run.err) == (2, "", f"shanxi: {message}\n")
