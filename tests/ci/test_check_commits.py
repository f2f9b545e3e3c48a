"""The check of commit messages: subjects, the base it starts from, and its exit status."""

import runpy
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support.paths import PROJECT

SCRIPT = PROJECT / ".ci" / "check_commits.py"
if not SCRIPT.exists():
    pytest.skip("the source distribution has no .ci", allow_module_level=True)
check = SimpleNamespace(**runpy.run_path(str(SCRIPT)))

FORM = "not of the form `area: subject`"
SUBJECTS = [
    ("util: add a loader of word lists", []),
    ("model, query: split nouns and syntax tree", []),
    ("engines/whoosh: pass postings without copying", []),
    ("ci: need two cores", []),
    ("tests: process pages in one run", []),
    ("Rename the module", [FORM]),
    ("util:add a loader", [FORM]),
    ("Util: add a loader", [FORM]),
    ("util: ", [FORM]),
    ("util: added a loader", ["not imperative: added"]),
    ("util: adding a loader", ["not imperative: adding"]),
    ("util: adds a loader", ["not imperative: adds"]),
    ("util: what is not used goes", ["not imperative: what"]),
    ("util: add a loader.", ["ends with a full stop"]),
    ("util: add " + "x" * 62, []),
    ("util: add " + "x" * 63, ["longer than 72 characters: 73"]),
]


@pytest.mark.parametrize(("line", "faults"), SUBJECTS, ids=[line[:30] for line, _ in SUBJECTS])
def test_subject_faults(line: str, faults: list[str]) -> None:
    assert check.subject_faults(line) == faults


class Repository:
    """A new repository without any settings of the user's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=Li Min", "-c", "user.email=li@example.org", "-c", "commit.gpgsign=false"]
        command = ["git", *identity, "-C", str(self.folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def commit(self, subject: str) -> str:
        """Commit nothing but a subject and return the hash."""
        self.git("commit", "-q", "--allow-empty", "-m", subject)
        return self.git("rev-parse", "HEAD").strip()

    def add_check(self) -> str:
        """Commit a file at the path of the check and return the hash."""
        (self.folder / ".ci").mkdir()
        (self.folder / ".ci" / "check_commits.py").write_text("")
        self.git("add", ".")
        return self.commit("ci: check commit subjects")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_default_base_is_the_origin_of_the_check(repository: Repository) -> None:
    repository.commit("All of it")
    added = repository.add_check()
    repository.commit("util: add a loader")
    assert check.default_base(repository.folder) == added


def test_default_base_is_a_later_tag(repository: Repository) -> None:
    repository.commit("All of it")
    repository.git("tag", "v0")
    added = repository.add_check()
    assert check.default_base(repository.folder) == added
    tagged = repository.commit("Bad subject")
    repository.git("tag", "v1")
    repository.commit("util: add a loader")
    assert check.default_base(repository.folder) == tagged


def test_default_base_is_empty_without_tag_and_check(repository: Repository) -> None:
    repository.commit("All of it")
    assert check.default_base(repository.folder) == ""


def test_subjects_are_those_after_the_base_without_merges(repository: Repository) -> None:
    base = repository.commit("util: add a loader")
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("model: add a noun")
    repository.git("checkout", "-q", "main")
    repository.commit("query: add a node")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge side", "side")
    subjects = [subject for _, subject in check.commit_subjects(repository.folder, base)]
    assert sorted(subjects) == ["model: add a noun", "query: add a node"]
    assert len(check.commit_subjects(repository.folder, "")) == 3


def test_main_reports_faults(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    base = repository.commit("All of it")
    bad = repository.commit("util: added a loader.")
    assert check.main([base, "--repository", str(repository.folder)]) == 1
    shown = capsys.readouterr().out
    assert shown.splitlines() == [
        f"{bad[:7]} util: added a loader.",
        "    not imperative: added",
        f"{bad[:7]} util: added a loader.",
        "    ends with a full stop",
    ]


def test_main_is_silent_about_good_subjects(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    base = repository.commit("All of it")
    repository.commit("util: add a loader")
    assert check.main([base, "--repository", str(repository.folder)]) == 0
    assert capsys.readouterr().out == ""
