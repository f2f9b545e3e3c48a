"""Completion: what is offered, what it costs, and what the real shells make of it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shanxi_cli.cli.completion.complete import MAX_CANDIDATES, shorten_to_prefixes
from shanxi_cli.cli.completion.shells import CompletionCandidate, format_candidates, split_line
from shanxi_cli.cli.options.common import Shell
from shanxi_cli.query.fields import FIELDS
from shanxi_cli.query.parser import WordOperator, parse_query
from shanxi_cli.query.validate import check_query
from tests.conftest import Shanxi
from tests.support.paths import PROJECT
from tests.support.terminals import terminal

IDS = [
    "coal-town-plants-trees\t2021-07-22/2021-08-31",
    "mine-safety-rules\t2021-08-15",
    "old-walls-of-pingyao\t2023-05-01",
    "solar-cells-for-export\t2022-06",
    "taiyuan-paper-in-chinese\t2021",
    "undated-note",
]


def offered(shanxi: Shanxi, line: str) -> list[str]:
    """The lines that a fish is answered: candidates, each with what it is after a tab."""
    run = shanxi("--complete", "fish", line)
    assert (run.status, run.err) == (0, "")
    return run.out.splitlines()


def words(shanxi: Shanxi, line: str) -> list[str]:
    """The candidates alone."""
    return [shown.split("\t")[0] for shown in offered(shanxi, line)]


# what is offered


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("shanxi sea", ["search"]),
        ("shanxi st", ["status"]),
        ("shanxi --ve", ["--version"]),
        ("shanxi --color ", ["auto", "always", "never"]),
        ("shanxi --color=n", ["--color=never"]),
        ("shanxi --color never --color", []),
        ("shanxi --corpus x --co", ["--corpus", "--color"]),
        ("shanxi --index x sea", ["search"]),
        ("SHANXI_INDEX=x shanxi sea", ["search"]),
        ("shanxi search --so", ["--sort"]),
        ("shanxi search --sort ", ["relevance", "newest", "oldest", "title", "added"]),
        ("shanxi search coal --sort=o", ["--sort=oldest"]),
        ("shanxi search --any --al", []),
        ("shanxi search -- --so", []),
        ("shanxi search -n ", []),
        ("shanxi show -f ", ["terminal", "text", "markdown", "jsonl"]),
        ("shanxi search --corpus ", ["/folder"]),
        ("shanxi search --corpus=", ["/folder"]),
        ("shanxi completion ", ["bash", "zsh", "fish"]),
        ("shanxi completion bash ", []),
        ("shanxi status ", []),
        ("shanxi nonsense ", []),
        ("shanxi nonsense --", []),
        ("shanxi search pla", ["place:"]),
        ("shanxi search coal +pla", ["+place:"]),
        ("shanxi search -pla", ["-place:"]),
        ("shanxi list -- -pla", ["-place:"]),
        ("shanxi search '(coal OR pla", ["(coal OR place:"]),
        ("shanxi search '(pla", ["(place:"]),
        ("shanxi search 'coal \"solar pla", []),
        ('shanxi search \'coal "solar" pla', ['coal "solar" place:']),
        ("shanxi search coal\\ pla", ["coal place:"]),
        ("shanxi search place:pla", []),
        ("shanxi search =pla", []),
        ("shanxi search Pla", []),
        ("shanxi search pre", ["prefix:"]),
        ("shanxi search exact:pla", ["exact:place:"]),
        ("shanxi search exact:fu", []),
        ("shanxi search exact:dat", []),
        ("shanxi search fuzzy:p", ["fuzzy:place:", "fuzzy:person:", "fuzzy:publication:"]),
        ("shanxi show coal --match pla", ["place:"]),
        ("shanxi search id:s", ["id:solar-cells-for-export"]),
        ("shanxi search 'coal prefix:id:s", ["coal prefix:id:solar-cells-for-export"]),
        ("shanxi show coal-", ["coal-town-plants-trees"]),
        ("shanxi show x", []),
        ("shanxi show --index /nowhere ", []),
        ("shanxi show --corpus /nowhere ", []),
        ("shanxi show mine-safety-rules u", ["undated-note"]),
        ("shanxi show undated-note u", []),
        ("", []),
        ("shanxi", []),
    ],
)
def test_candidates(shanxi: Shanxi, line: str, expected: list[str]) -> None:
    assert words(shanxi, line) == expected


def test_every_verb_is_offered_with_its_help(shanxi: Shanxi) -> None:
    for group in ([], ["saved"]):
        listed = re.findall(r"^  ([a-z]+)  +(\S.*)$", shanxi(*group, "--help").out, re.MULTILINE)
        found = [line.split("\t") for line in offered(shanxi, f"shanxi {''.join(f'{name} ' for name in group)}")]
        assert [name for name, _ in found] == [name for name, _ in listed]
        assert [about for _, about in found] == [about for _, about in listed]


def test_names_of_saved_searches_are_offered_with_their_queries(shanxi: Shanxi) -> None:
    shanxi("saved", "add", "coal-datong", "coal place:Datong")
    shanxi("saved", "add", "wine", "wine")
    searches = ["coal-datong\tcoal place:Datong", "wine\twine"]
    assert offered(shanxi, "shanxi saved run ") == searches
    assert offered(shanxi, "shanxi saved run wine ") == searches[:1]
    assert offered(shanxi, "shanxi saved show ") == searches
    assert offered(shanxi, "shanxi search query:") == [f"query:{line}" for line in searches]
    assert words(shanxi, "shanxi list -query:coal-d") == ["-query:coal-datong"]
    assert words(shanxi, "shanxi list query:x") == []


@pytest.mark.parametrize("verb", ["search", "list", "show", "index", "status"])
def test_every_option_is_offered(shanxi: Shanxi, verb: str) -> None:
    found = words(shanxi, f"shanxi {verb} -")
    shown = shanxi(verb, "--help").out.split("Options:\n")[1]
    names = re.findall(r"^  (-.*?)(?:  |$)", shown, re.MULTILINE)
    assert {word.strip(",") for name in names for word in name.split() if word[0] == "-"} == set(found)


def test_every_field_is_offered(shanxi: Shanxi) -> None:
    fields = [f"{field.name}:\t{field.about}" for field in FIELDS.values()]
    shown = offered(shanxi, "shanxi search ")
    assert shown[: len(fields)] == fields
    assert [line.split("\t")[0] for line in shown[len(fields) :]] == ["query:", "added:", "exact:", "prefix:", "fuzzy:"]


@pytest.mark.parametrize("spelling", ["", "exact:", "prefix:", "fuzzy:"])
def test_offered_fields_are_valid_queries(shanxi: Shanxi, spelling: str) -> None:
    for beginning in words(shanxi, f"shanxi search {spelling}"):
        value = "2021" if beginning in ("date:", "added:") else "mining"
        check_query(parse_query(beginning + value, WordOperator.ANY), beginning + value)


def test_ids_come_with_their_dates(shanxi: Shanxi) -> None:
    assert offered(shanxi, "shanxi show ") == IDS
    assert offered(shanxi, "shanxi search id:") == [f"id:{line}" for line in IDS]


def test_ids_come_from_the_archive_of_the_line(shanxi: Shanxi, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "another.md").write_text("---\ntitle: Another\n---\n")
    index = tmp_path / "index-of-another"
    shanxi("index", "--corpus", str(other), "--index", str(index))
    assert words(shanxi, f"shanxi --corpus {other} --index {index} show ") == ["another"]
    assert words(shanxi, f"shanxi show --corpus={other} --index={index} ") == ["another"]
    assert (
        words(shanxi, f"shanxi --index {index} show ") == []
    )  # the index of other articles than those that show reads


def test_ids_come_from_the_fallback_index(
    shanxi: Shanxi, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shanxi_cli import paths

    def locate(*_: object, **__: object) -> paths.Locations:
        return paths.Locations((str(archive),), tmp_path / "nothing", tmp_path / "index")

    monkeypatch.setattr(paths, "locate_choice", locate)
    assert offered(shanxi, "shanxi show ") == IDS


def test_zsh_gets_a_colon_before_what_a_word_is(shanxi: Shanxi) -> None:
    assert shanxi("--complete", "zsh", "shanxi search pla").out == "place\\::places the article mentions\n"
    assert shanxi("--complete", "zsh", "shanxi show m").out == "mine-safety-rules:2021-08-15\n"


@pytest.mark.parametrize(
    ("line", "replaced", "expected"),
    [
        ("shanxi sea", "sea", "search "),
        ("shanxi search exact:pla", "pla", "place:"),
        ("shanxi search exact:pla", "exact:pla", "exact:place:"),
        ("shanxi search --sort=o", "o", "oldest "),
        ("shanxi search 'coal pla", "coal pla", "coal place:"),
        ("shanxi search coal\\ pla", "coal\\ pla", "coal\\ place:"),
        ("shanxi search sea", "something else", ""),
    ],
)
def test_bash_gets_the_rest_of_a_word(shanxi: Shanxi, line: str, replaced: str, expected: str) -> None:
    assert shanxi("--complete", "bash", line, replaced).out.rstrip("\n") == expected


@pytest.mark.parametrize("arguments", [[], ["bash"], ["tcsh", "shanxi s"], ["bash", "shanxi s"], ["fish", "\udcff"]])
def test_malformed_call_prints_nothing(shanxi: Shanxi, arguments: list[str]) -> None:
    run = shanxi("--complete", *arguments)
    assert (run.status, run.err) == (0, "")


# many ids


NAMES = st.lists(st.text("ab-é", min_size=1, max_size=8), min_size=1, max_size=60, unique=True).map(sorted)


def in_common(names: list[str]) -> str:
    """What a shell types when these are the candidates."""
    shortest = min(names, key=len)
    lengths = (n for n in range(len(shortest), -1, -1) if all(name.startswith(shortest[:n]) for name in names))
    return shortest[: next(lengths)]


@given(NAMES, st.integers(2, 20))
def test_beginnings(names: list[str], most: int) -> None:
    found = shorten_to_prefixes(names, most)
    assert len(found) <= most
    assert in_common(found) == in_common(names)
    assert all(any(name.startswith(begun) for name in names) for begun in found)
    assert found == names if len(names) <= most else len(found) > 1


def test_of_many_ids_the_first_words_are_offered() -> None:
    names = sorted(f"page-{page}-of-{day:02}-july" for page in ("one", "two") for day in range(1, 32))
    assert shorten_to_prefixes(names, 50) == ["page-one-of-", "page-two-of-"]
    assert shorten_to_prefixes(names, 70) == names
    assert shorten_to_prefixes([name for name in names if "one" in name], 20) == [
        "page-one-of-0",
        "page-one-of-1",
        "page-one-of-2",
        "page-one-of-3",
    ]
    assert len(shorten_to_prefixes([chr(number) for number in range(0x4E00, 0x5000)])) == MAX_CANDIDATES


# words and quotes


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1, max_size=12)


@given(PRINTABLE, st.integers(0, 12), st.sampled_from(["", "'", '"']))
def test_bash_parses_the_quoted_candidate(word: str, length: int, quote: str) -> None:
    """Wherever the tab is pressed in a word that is not quoted yet, the line then says the whole word."""
    begun = word[:length]
    assume(not set(begun) & set("\\ '\"$`") and not word.endswith(" "))
    line = f"shanxi show {quote}{begun}"
    [rest] = format_candidates([CompletionCandidate(word)], Shell.BASH, split_line(line, Shell.BASH), begun)
    completed = line.removesuffix(begun) + rest.removesuffix("" if quote else " ")
    assert split_line(completed, Shell.BASH) == (("shanxi", "show", word), quote)


@pytest.mark.parametrize(
    ("line", "shell", "expected"),
    [
        ("a b", Shell.BASH, ("a", "b")),
        ("a b ", Shell.BASH, ("a", "b", "")),
        ('a  \'b c\' "d \\" e" f\\ g', Shell.BASH, ("a", "b c", 'd " e', "f g")),
        ("a '' ", Shell.ZSH, ("a", "", "")),
        ("a 'it\\'s' ", Shell.FISH, ("a", "it's", "")),
        ("a 'b\\c' ", Shell.BASH, ("a", "b\\c", "")),
        ('a "b\\c" ', Shell.BASH, ("a", "b\\c", "")),
        ("a 'b c", Shell.ZSH, ("a", "b c")),
        ("a b\\", Shell.ZSH, ("a", "b")),
    ],
)
def test_a_line_is_split_as_its_shell_does(line: str, shell: Shell, expected: tuple[str, ...]) -> None:
    assert split_line(line, shell).words == expected


# what it costs, and what it leaves alone


@pytest.mark.parametrize("line", ["shanxi ", "shanxi search -", "shanxi search pla", "shanxi show ", "shanxi show -f "])
def test_completion_loads_nothing_heavy(shanxi: Shanxi, line: str) -> None:
    program = (
        "import sys; from shanxi_cli.cli.main import main; main(['--complete', 'fish', sys.argv[1]]);"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", program, line], check=True, capture_output=True, text=True)
    assert run.stdout.count("\n") > 1
    loaded = set(run.stdout.splitlines()[-1].split())
    assert not loaded & {"whoosh", "rich", "yaml", "Stemmer", "pydantic", "platformdirs", "socket"}


def test_completion_builds_no_index(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert offered(Shanxi(capsys), "shanxi show ") == []
    assert not (tmp_path / "index").exists()


def test_a_new_article_is_offered_after_the_next_search(shanxi: Shanxi, archive: Path) -> None:
    (archive / "new-one.md").write_text("---\ntitle: New\n---\n")
    assert words(shanxi, "shanxi show new") == []
    shanxi("search", "new")
    assert words(shanxi, "shanxi show new") == ["new-one"]


@pytest.mark.parametrize("name", ["CURRENT", "*/MANIFEST.json", "*/CORPUS.json"])
@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b"\xff"])
def test_broken_index_prints_nothing_and_is_kept(shanxi: Shanxi, tmp_path: Path, name: str, damage: bytes) -> None:
    [path] = (tmp_path / "index").glob(name)
    path.write_bytes(damage)
    before = sorted((tmp_path / "index").rglob("*"))
    assert offered(shanxi, "shanxi show ") == []
    assert offered(shanxi, "shanxi sea") != []
    assert sorted((tmp_path / "index").rglob("*")) == before
    assert path.read_bytes() == damage


def test_an_archive_that_is_gone_is_silent(shanxi: Shanxi, archive: Path) -> None:
    shutil.rmtree(archive)
    assert offered(shanxi, "shanxi show ") == []


# the shells themselves


ODD = 'it\'s 5: $HOME (a "b") & c'


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest) -> str:
    """A shell that is installed here."""
    name: str = request.param
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    return name


@pytest.fixture
def environment(archive: Path, tmp_path: Path) -> dict[str, str]:
    """An environment in which `shanxi` is this program, and one of the articles has an id that every shell quotes."""
    (archive / f"{ODD}.md").write_text("---\ntitle: Odd\n---\n")
    (tmp_path / "some folder").mkdir()
    (tmp_path / "some file").touch()
    command = tmp_path / "bin" / "shanxi"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m shanxi_cli "$@"\n')
    command.chmod(0o700)
    project = str(PROJECT)
    environment = {
        **os.environ,
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": project,
        "HOME": str(tmp_path),
    }
    subprocess.run(["shanxi", "index"], env=environment, check=True, capture_output=True)
    return environment


def printed_script(shell: str, environment: dict[str, str]) -> str:
    command = ["shanxi", "completion", shell]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


TYPED = {
    "shanxi sea\t": "shanxi search ",
    "shanxi search --so\told\t": "shanxi search --sort oldest ",
    "shanxi search --sort=ol\t": "shanxi search --sort=oldest ",
    "shanxi search pla\tx": "shanxi search place:x",
    "shanxi search exact:pla\t": "shanxi search exact:place:",
    "shanxi search -pla\t": "shanxi search -place:",
    "shanxi search coal\\ pla\t": "shanxi search coal\\ place:",
    "shanxi search id:mi\t": "shanxi search id:mine-safety-rules ",
    "shanxi search prefix:id:mi\t": "shanxi search prefix:id:mine-safety-rules ",
    "shanxi show co\t": "shanxi show coal-town-plants-trees ",
    "shanxi show mine-safety-rules un\t": "shanxi show mine-safety-rules undated-note ",
    "shanxi show nothing\t": "shanxi show nothing",
    "shanxi --corpus ~/so\t": "shanxi --corpus ~/some\\ folder/",
    "shanxi --corpus=~/so\t": "shanxi --corpus=~/some\\ folder/",
    "true | shanxi sho\t": "true | shanxi show ",
    "A=1 shanxi sho\t": "A=1 shanxi show ",
}
QUOTED = {
    "shanxi search 'coal pla\t": "shanxi search 'coal place:",
    'shanxi search \'"solar power" pla\t': 'shanxi search \'"solar power" place:',
    "shanxi search '(pla\t": "shanxi search '(place:",
    "shanxi search \"Xi'an pla\t": "shanxi search \"Xi'an place:",
}


def test_keys_at_a_real_shell(shell: str, environment: dict[str, str], tmp_path: Path) -> None:
    script = printed_script(shell, environment)
    with terminal(shell, script, environment, tmp_path / shell) as keyboard:
        for keys, line in TYPED.items():
            assert keyboard.type(keys) == line, keys
        for keys, line in QUOTED.items():
            # Readline closes a quote behind the only candidate; what is typed next still belongs to the word.
            closed = line + line[14] if shell == "bash" else line
            assert keyboard.type(keys) == closed, keys


def test_an_odd_id_at_a_real_shell(shell: str, environment: dict[str, str], tmp_path: Path) -> None:
    script = printed_script(shell, environment)
    with terminal(shell, script, environment, tmp_path / shell) as keyboard:
        for begun in ("it", '"it', "'it" if shell != "bash" else "it"):
            line = keyboard.type(f"shanxi show {begun}\t")
            if begun[0] in "\"'" and not line.rstrip().endswith(begun[0]):
                line += begun[0]
            run = subprocess.run([shell, "-c", line], env=environment, capture_output=True, text=True)
            assert (run.returncode, run.stdout.splitlines()[:1], run.stderr) == (0, ["Odd"], ""), line


def test_all_candidates_are_shown_by_a_real_shell(shell: str, environment: dict[str, str], tmp_path: Path) -> None:
    script = printed_script(shell, environment)
    with terminal(shell, script, environment, tmp_path / shell) as keyboard:
        keyboard.type("shanxi show \t\t")
        for line in IDS:
            assert line.split("\t")[0] in keyboard.shown
        keyboard.type("shanxi search p\t\t")
        assert "place:" in keyboard.shown
        assert ("places the article mentions" in keyboard.shown) == (shell != "bash")


def test_bash_with_other_word_breaks(environment: dict[str, str], tmp_path: Path) -> None:
    script = printed_script("bash", environment)
    with terminal("bash", "COMP_WORDBREAKS=$' \\t\\n'\n" + script, environment, tmp_path / "bash") as keyboard:
        assert keyboard.type("shanxi search exact:pla\t") == "shanxi search exact:place:"
        assert keyboard.type("shanxi search --sort=ol\t") == "shanxi search --sort=oldest "


def test_a_program_that_fails_leaves_the_line_alone(shell: str, environment: dict[str, str], tmp_path: Path) -> None:
    script = printed_script(shell, environment)
    (tmp_path / "bin" / "shanxi").write_text("#!/bin/sh\necho a traceback >&2\nexit 1\n")
    with terminal(shell, script, environment, tmp_path / shell) as keyboard:
        assert keyboard.type("shanxi sho\t") == "shanxi sho"
        assert "traceback" not in keyboard.shown
