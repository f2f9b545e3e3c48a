"""`saved`: searches under names, what they have reported, and real processes whose output does not arrive."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shanxi_cli.paths import saved_searches_file, state_folder
from shanxi_cli.state.files import archive_state_folder, lock_state
from tests.conftest import Shanxi
from tests.support.paths import PROJECT

SHANXI = [sys.executable, "-m", "shanxi_cli"]
COAL = ["coal-town-plants-trees", "mine-safety-rules", "taiyuan-paper-in-chinese"]


@pytest.fixture
def coal(shanxi: Shanxi) -> Shanxi:
    """The saved searches `coal` (three articles) and `solar` (two, one of which is about coal too)."""
    assert shanxi("saved", "add", "coal", "coal").status == 0
    assert shanxi("saved", "add", "solar", "solar", "--sort", "oldest").status == 0
    return shanxi


def ids(out: str) -> list[str]:
    return [line.split("\t")[0] for line in out.splitlines()]


# add, list, show, remove


def test_saved_add_writes_a_file_for_people(shanxi: Shanxi) -> None:
    run = shanxi("saved", "add", "coal-datong", "coal", "-city", "place:Datong", "--all", "--since", "2021")
    assert (run.status, run.out, run.err) == (0, "", "shanxi: saved; run it with: shanxi saved run coal-datong\n")
    assert saved_searches_file().read_text() == (
        "# Saved searches of shanxi: a table for each, with query, and if wanted words (any or all), sort, since and"
        " until.\n# In a query, query:NAME stands for one; shanxi saved run NAME runs it.\n\n"
        '[coal-datong]\nquery = "coal -city place:Datong"\nwords = "all"\nsince = "2021"\n'
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["coal", "wine"], "there is a saved search coal already; --force replaces it"),
        (["Coal", "wine"], "there is a saved search coal already; use another name"),
        (
            ["a b", "wine"],
            "a b is no name for a saved search; a name has letters, digits, hyphens, dots and underscores",
        ),
        (["wine"], "save which search as wine? give it a query: shanxi saved add wine coal place:Datong"),
        (["wine", "plcae:Datong"], "there is no field plcae"),
        (["wine", "wine", "--since", "soon"], "soon is not a date"),
        (["wine", "query:win"], "there is no saved search win"),
        (["coal", "mine", "query:mines", "--force"], "there is no saved search mines"),
        (["coal", "query:both", "--force"], "the saved search coal leads back to itself: coal → both → coal"),
    ],
)
def test_saved_add_refuses(arguments: list[str], message: str, coal: Shanxi) -> None:
    coal("saved", "add", "both", "query:coal", "query:solar")
    before = saved_searches_file().read_text()
    run = coal("saved", "add", *arguments)
    assert (run.status, run.err.startswith(f"shanxi: {message}")) == (2, True), run.err
    assert saved_searches_file().read_text() == before


def test_saved_add_force_replaces(coal: Shanxi) -> None:
    assert coal("saved", "add", "coal", "wine", "--force").status == 0
    assert coal("saved", "list").out == "coal\twine\tany\t\t\t\nsolar\tsolar\tany\toldest\t\t\n"


def test_saved_list_for_people_aligns_the_names(coal: Shanxi) -> None:
    coal("saved", "add", "煤", "coal", "--all", "--until", "2022")
    assert coal("saved", "list", "-f", "terminal").out == (
        "coal   coal\nsolar  solar  --sort oldest\n煤     coal  --all  --until 2022\n"
    )


def test_saved_list_without_searches(shanxi: Shanxi) -> None:
    run = shanxi("saved", "list")
    message = "shanxi: there are no saved searches; save one: shanxi saved add NAME QUERY\n"
    assert (run.status, run.out, run.err) == (1, "", message)


def test_saved_show_explains_the_query(coal: Shanxi) -> None:
    coal("saved", "add", "both", "mine", "query:solar", "--all")
    assert coal("saved", "show", "both").out == (
        "name        both\nquery       mine query:solar\nwords       all\n"
        "understood  must match: mine\n            must match: query:solar\n                  must match: solar\n"
    )


def test_saved_remove_refuses_what_another_search_needs(coal: Shanxi) -> None:
    coal("saved", "add", "both", "query:coal", "query:solar")
    run = coal("saved", "remove", "solar")
    assert (run.status, run.err) == (2, "shanxi: both has query:solar in it; change or remove both first\n")
    assert coal("saved", "remove", "solar", "both").status == 0
    assert ids(coal("saved", "list").out) == ["coal"]


def test_saved_remove_forgets_what_was_reported(coal: Shanxi) -> None:
    assert coal("saved", "run", "coal", "--new").status == 0
    coal("saved", "remove", "coal")
    coal("saved", "add", "coal", "coal")
    assert ids(coal("saved", "run", "coal", "--new").out) == COAL


def test_saved_names_are_suggested(coal: Shanxi) -> None:
    for command in ("run", "show", "remove"):
        run = coal("saved", command, "cole")
        assert (run.status, run.err) == (2, "shanxi: there is no saved search cole; did you mean coal?\n")
    assert coal("saved", "frob").err == "shanxi: there is no command saved frob; see shanxi saved --help\n"
    assert coal("saved").err.startswith("Usage: shanxi saved")


# run


def test_saved_run_is_the_search(coal: Shanxi) -> None:
    for form in ("lines", "csv", "jsonl", "ids"):
        saved, typed = coal("saved", "run", "coal", "-f", form), coal("search", "coal", "-f", form)
        assert (saved.status, saved.out, saved.err) == (typed.status, typed.out, typed.err)


def test_query_name_works_in_every_command(coal: Shanxi) -> None:
    assert ids(coal("list", "query:coal", "-query:solar").out) == [COAL[2], COAL[0]]
    assert coal("facets", "year", "query:coal").out.splitlines()[0].split("\t")[:2] == ["2021", "3"]
    assert coal("show", "mine-safety-rules", "--match", "query:solar", "--json").out.count('"marks"') == 1


def test_saved_run_names_the_search_where_several_are_run(coal: Shanxi) -> None:
    lines = coal("saved", "run").out.splitlines()
    assert [(line.split("\t")[0], line.split("\t")[-1]) for line in lines] == [
        *((article, "coal") for article in COAL),
        ("mine-safety-rules", "solar"),
        ("solar-cells-for-export", "solar"),
    ]
    objects = [json.loads(line) for line in coal("saved", "run", "--json").out.splitlines()]
    assert [each["search"] for each in objects] == ["coal"] * 3 + ["solar"] * 2
    header, *rows = coal("saved", "run", "coal", "solar", "-f", "csv").out.splitlines()
    assert header.endswith(",date_to,search")
    assert [row.rpartition(",")[2] for row in rows] == ["coal"] * 3 + ["solar"] * 2
    assert coal("saved", "run", "--fields", "search,id", "-n", "1").out == (
        "coal\tcoal-town-plants-trees\nsolar\tmine-safety-rules\n"
    )
    assert coal("saved", "run", "-c").out == "3\tcoal\n2\tsolar\n"


def test_saved_run_ids_are_printed_once(coal: Shanxi) -> None:
    assert coal("saved", "run", "-l").out.split() == [*COAL, "solar-cells-for-export"]


def test_saved_run_for_people_has_a_heading_for_each(coal: Shanxi) -> None:
    coal("saved", "add", "none", "zeppelin")
    out = coal("saved", "run", "-f", "terminal", "-n", "1").out
    assert [line for line in out.splitlines() if " · " in line and not line.startswith(" ")] == [
        "coal · coal · showing 1 of 3 articles",
        "solar · solar · showing 1 of 2 articles",
        "none · zeppelin · no articles",
    ]
    assert [line.split()[0] for line in out.splitlines() if line[:1].isdigit()] == ["1", "2"]


def test_saved_run_new_reports_once_and_is_silent(coal: Shanxi, archive: Path) -> None:
    first = coal("saved", "run", "coal", "--new")
    assert (first.status, ids(first.out), first.err) == (0, COAL, "")
    second = coal("saved", "run", "coal", "--new")
    assert (second.status, second.out, second.err) == (1, "", "")
    (archive / "coal-again.md").write_text("---\ntitle: Coal again\n---\n\nCoal.\n")
    third = coal("saved", "run", "--new", "-f", "csv")
    assert (third.status, third.err) == (0, "")
    assert [row.split(",")[0] for row in third.out.splitlines()[1:]] == [
        "coal-again",
        "mine-safety-rules",
        "solar-cells-for-export",
    ]
    assert coal("saved", "run", "--new").status == 1


def test_saved_run_new_survives_a_new_index_another_index_and_a_renamed_file(
    coal: Shanxi, archive: Path, tmp_path: Path
) -> None:
    coal("saved", "run", "--new")
    assert coal("index", "--rebuild").status == 0
    assert coal("saved", "run", "--new").status == 1
    assert coal("--index", str(tmp_path / "second"), "saved", "run", "--new").status == 1
    (archive / "mine-safety-rules.md").rename(archive / "rules-of-mines.md")
    assert coal("saved", "run", "--new").status == 1
    (archive / "rules-of-mines.md").rename(archive / "rules.md")
    assert coal("saved", "run", "--new").status == 1


def test_saved_run_reports_a_changed_article_with_changed_only(coal: Shanxi, archive: Path) -> None:
    coal("saved", "run", "--new")
    with open(archive / "mine-safety-rules.md", "a") as file:
        file.write("\nThe rules were changed.\n")
    assert coal("saved", "run", "--new").status == 1
    run = coal("saved", "run", "coal", "--changed")
    assert (run.status, run.out) == (0, "mine-safety-rules\t2021-08-15\tMine safety rules\tchanged\n")
    assert json.loads(coal("saved", "run", "solar", "--changed", "--json").out)["change"] == "changed"
    assert coal("saved", "run", "--changed").status == 1


def test_saved_run_remembers_what_it_printed_and_no_more(coal: Shanxi) -> None:
    for arguments in (["--peek"], ["--new", "--peek"], ["--new", "-c"], ["--new", "-q"], ["--new", "-n", "0", "-c"]):
        assert coal("saved", "run", "coal", *arguments).status == 0
    assert ids(coal("saved", "run", "coal", "--new", "-n", "2").out) == COAL[:2]
    assert ids(coal("saved", "run", "coal", "--new").out) == COAL[2:]


def test_saved_run_goes_on_after_a_search_that_fails(coal: Shanxi) -> None:
    with open(saved_searches_file(), "a") as file:
        file.write('\n[old]\nquery = "plcae:x"\n')
    run = coal("saved", "run", "old", "solar", "-l")
    assert (run.status, run.out.split()) == (2, ["mine-safety-rules", "solar-cells-for-export"])
    assert run.err.splitlines()[0] == "shanxi: the saved search old has a mistake: there is no field plcae"


def test_saved_run_new_refuses_damaged_state(coal: Shanxi, archive: Path) -> None:
    coal("saved", "run", "--new")
    path = archive_state_folder([str(archive)]) / "reported" / "coal.json"
    path.write_bytes(path.read_bytes()[:-9])
    run = coal("saved", "run", "--new")
    assert (run.status, run.out) == (2, "")
    remedy = "restore it from a backup, or remove it: every match then counts as new once more"
    assert run.err == f"shanxi: {path} is damaged; {remedy}\n"


def test_saved_run_without_searches(shanxi: Shanxi) -> None:
    run = shanxi("saved", "run")
    message = "shanxi: there are no saved searches; save one: shanxi saved add NAME QUERY\n"
    assert (run.status, run.out, run.err) == (2, "", message)


# added


def test_added_finds_by_the_day_of_the_first_index(shanxi: Shanxi, archive: Path) -> None:
    assert shanxi("list", "added:today", "-c").out == "6\n"
    run = shanxi("list", "added:..yesterday", "-c")
    assert (run.status, run.out) == (1, "0\n")
    assert shanxi("search", "coal", "NOT", "added:today", "-c").out == "0\n"
    assert shanxi("search", "added:soon").err.splitlines()[0].startswith("shanxi: soon is not a date")


def test_sort_added_puts_the_last_added_first(
    shanxi: Shanxi, archive: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("shanxi_cli.state.first_seen.time.time", lambda: 4102444800.0)  # 2100
    (archive / "a-late-one.md").write_text("---\ntitle: A late one\ndate: 1999\n---\n\nCoal.\n")
    assert shanxi("search", "coal", "-l", "--sort", "added").out.split()[0] == "a-late-one"
    assert shanxi("list", "-l", "added:2099..").out.split() == ["a-late-one"]
    assert shanxi("index", "--rebuild").status == 0
    assert shanxi("--index", str(tmp_path / "second"), "list", "-l", "added:2099..").out.split() == ["a-late-one"]


# real processes


@pytest.fixture
def environment(coal: Shanxi) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONWARNINGS": "error"}


def run_new(environment: dict[str, str], tail: str = "") -> subprocess.CompletedProcess[str]:
    line = f"set -o pipefail; {' '.join(SHANXI)} saved run coal --new -l {tail}"
    return subprocess.run(["bash", "-c", line], env=environment, capture_output=True, text=True, timeout=60)


def test_output_into_a_closed_pipe_is_reported_again(environment: dict[str, str]) -> None:
    run_new(environment, "| true")
    assert run_new(environment).stdout.split() == COAL


def test_output_that_the_reader_leaves_in_the_pipe_is_reported_again(environment: dict[str, str]) -> None:
    run_new(environment, "| dd bs=1 count=5 of=/dev/null 2>/dev/null")
    assert run_new(environment).stdout.split() == COAL


def test_output_onto_a_full_disk_is_reported_again(environment: dict[str, str]) -> None:
    run = run_new(environment, "> /dev/full")
    assert (run.returncode, run.stderr) == (2, "shanxi: no space left on device\n")
    assert run_new(environment).stdout.split() == COAL


def test_output_that_was_read_is_not_reported_again(environment: dict[str, str]) -> None:
    assert run_new(environment, "| cat").stdout.split() == COAL
    assert run_new(environment).returncode == 1


def test_a_killed_run_reports_again(environment: dict[str, str], tmp_path: Path) -> None:
    """Kill a run that has written its output and waits for the reader to take it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with open(pipe, "wb") as out:
        process = subprocess.Popen([*SHANXI, "saved", "run", "coal", "--new", "-l"], env=environment, stdout=out)
    os.set_blocking(reader, True)
    assert os.read(reader, 1)  # the output is in the pipe, and the rest of it is not taken
    process.send_signal(signal.SIGKILL)
    process.wait()
    os.close(reader)
    assert run_new(environment).stdout.split() == COAL


def test_runs_at_the_same_time_report_once(environment: dict[str, str]) -> None:
    command = [*SHANXI, "saved", "run", "coal", "--new", "-l"]
    processes = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    outputs = [process.communicate()[0].split() for process in processes]
    assert sorted(outputs) == [[], [], [], COAL]
    assert sorted(process.returncode for process in processes) == [0, 1, 1, 1]


def test_a_run_that_cannot_write_its_state_says_so(environment: dict[str, str], archive: Path) -> None:
    folder = archive_state_folder([str(archive)])
    (folder / "reported").write_text("")
    run = run_new(environment)
    path = folder / "reported" / "coal.json"
    assert (run.returncode, run.stderr) == (2, f"shanxi: {path} cannot be read: Not a directory\n")


def test_a_run_waits_for_another_one_and_gives_up(coal: Shanxi, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shanxi_cli.cli.commands.saved_run.LOCK_WAIT", 0)
    folder = archive_state_folder([str(archive)])
    with lock_state(folder, 0):
        run = coal("saved", "run", "--new")
        assert coal("saved", "run", "--peek").status == 0
    message = f"shanxi: another shanxi holds {folder / 'LOCK'}; try again when it has ended\n"
    assert (run.status, run.out, run.err) == (2, "", message)
    assert state_folder() in folder.parents
