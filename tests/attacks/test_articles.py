"""Articles as attacks: whatever stands in a file, no output of any command obeys it."""

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shanxi_cli.cli.main import main
from tests.attacks import hostile
from tests.attacks.asking import run
from tests.attacks.conftest import where
from tests.attacks.filter import obeyed
from tests.attacks.lines import command_lines
from tests.cli.test_process import on_a_terminal, piped

WORDS = ["hostile", "coal"]


class Hostile:
    """The hostile corpus, its index, the ids of the articles that can be read, and a file of ids and queries."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.corpus = folder / "corpus"
        (folder / "outside").mkdir()
        secret = hostile.article({"title": "Secret canarybird"}, "The canarybird sings outside.")
        (folder / "outside" / "secret.md").write_text(secret)
        self.ids = hostile.readable(self.corpus)
        hostile.files_that_are_none(self.corpus, folder / "outside")
        self.list = folder / "list"
        poisons = "\n".join(f"coal {poison}" for poison in hostile.POISONS.values())
        self.list.write_text("\n".join(self.ids) + f"\n{poisons}\n\xff", encoding="utf-8")
        self.where = where(folder)
        self.environment = {"SHANXI_CORPUS": str(self.corpus), "SHANXI_INDEX": str(folder / "index")}

    def lines(self) -> Iterator[list[str]]:
        """Every command line."""
        yield from command_lines(WORDS, self.ids, self.list)
        yield from MISTAKES
        yield from ([verb, f"{w}:{hostile.BLINK}x"] for verb in ("search", "list", "figures") for w in ("title", "id"))
        for poison in hostile.POISONS.values():
            yield ["search", f"nothing {poison}"]
            yield ["search", f'"{poison}', poison]
            yield ["figures", "coal", "--unit", poison]
            yield ["show", poison]
            yield ["help", poison]
            yield [poison]
        for shell in ("bash", "zsh", "fish"):
            for verb in ("show ", "show ho", "cite hostile-", "search id:h", "show \x1b[5;41m"):
                yield ["--complete", shell, f"shanxi {verb}", verb.partition(" ")[2]]


MISTAKES = [
    ["show", "hostile"],  # the beginning of many
    ["search", "canarybird"],
    ["search", "canarybirds", "--json"],
    ["figures", "canarybird"],
    ["search", "coal", "--sort", hostile.BLINK],
    ["search", "coal", "--fields", f"id,{hostile.BLINK}"],
    ["search", f"--{hostile.BLINK}"],
    ["search", "coal", "--within", f"/none/{hostile.BLINK}"],
    ["search", "--batch", f"/none/{hostile.BLINK}"],
    ["search", "coal", "--json", f"titel:{hostile.BLINK}"],
    ["search", "coal", "--corpus", f"/none/{hostile.BLINK}"],
]


@pytest.fixture(scope="session")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """The hostile corpus, with its index built."""
    found = Hostile(tmp_path_factory.mktemp("hostile"))
    status, out, _ = run("index", *found.where)
    assert (status, out.count("\n")) == (2, 5)
    return found


@pytest.fixture
def at(attack: Hostile, monkeypatch: pytest.MonkeyPatch) -> Hostile:
    """The same, as the archive of every command of this test."""
    for name, value in attack.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SHANXI_PAGER", "cat")
    return attack


class Screen(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_every_readable_article_is_found(at: Hostile) -> None:
    status, out, _ = run("search", "hostile", "-l", "-n", "0")
    assert status == 0
    assert set(at.ids) <= set(out.split())


def test_piped_output_has_no_control_sequences(at: Hostile) -> None:
    seen = 0
    for line in at.lines():
        status, out, err = run(*line)
        also = "\n\t\0" if {"-0", "--null"} & set(line) else "\n\t\r" if "csv" in line else "\n\t"
        assert not obeyed(out, also=also), (line, out)
        assert not obeyed(err), (line, err)
        assert "canarybird sings" not in out + err
        if "--json" in line or "jsonl" in line:
            for each in [out] if line[0] == "cite" else out.splitlines():  # CSL-JSON is one array
                json.loads(each, parse_constant=pytest.fail)
        seen += status == 0
    assert seen > 60


def test_screen_output_has_no_control_sequences(at: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for line in at.lines():
        out, err = Screen(), Screen()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            main(line)
        also = "\n\t\0" if {"-0", "--null"} & set(line) else "\n\t"
        assert not obeyed(out.getvalue(), terminal=True, also=also), (line, out.getvalue())
        assert not obeyed(err.getvalue(), terminal=True), (line, err.getvalue())


REAL = [
    ["search", "hostile", "coal"],
    ["show", "hostile-osc", "hostile-bidi", "hostile-bare", "--match", "coal"],
    ["figures", "coal"],
    ["status"],
    ["search", "canarybirds"],
    ["show", "\x1b[5;41m"],
    ["index"],
]


@pytest.mark.parametrize("line", REAL, ids=" ".join)
def test_real_terminal_and_pipe(at: Hostile, line: list[str]) -> None:
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    _, shown = on_a_terminal(environment, *line)
    assert shown
    assert not obeyed(shown, terminal=True), shown
    done = piped(environment, *line)
    assert not obeyed(done.stdout + done.stderr)


IRREGULAR = "not a regular file; remove it from the corpus"


def test_refused_files_have_reasons(at: Hostile) -> None:
    status, out, _ = run("status", "--json")
    failed = {Path(each["path"]).name: each["reason"] for each in json.loads(out)["failed"]}
    assert status == 2
    leaves = "a link to a file outside the corpus; copy the file instead"
    for name in ("to-file", "relative", "to-folder", "to-link", "through-folder", "zero", "passwd", "proc", "random"):
        assert failed[f"link-{name}.md"] == leaves
    assert failed["link-loop-a.md"].startswith("cannot be read: ")
    for name in ("fifo.md", "socket.md", "device.md"):
        assert failed.get(name, IRREGULAR if os.geteuid() else None) == IRREGULAR
    assert failed["-x.md"] == "an id cannot begin with -; rename the file"
    assert failed["@1.md"] == "an id cannot begin with @; rename the file"
    harmless = "bomb tag tag-by-uri merge deep-block keys half no-title two".split()  # expanded by none
    harmless += ["date"]  # told as a warning
    for name in hostile.BAD_FRONTS:
        assert name in harmless or f"bad-{name}.md" in failed, name
    assert "hostile-case" not in failed
    assert len([reason for reason in failed.values() if "the same id as" in reason]) == 1


IDS = [
    "../corpus/hostile-osc",
    "/etc/passwd",
    "a/../../b",
    "../outside/secret",
    "secret",
    "link-to-file",
    "..",
    ".",
    "~",
]


@pytest.mark.parametrize("name", IDS)
def test_id_is_not_a_path(at: Hostile, name: str) -> None:
    for verb in ("show", "cite"):
        status, out, err = run(verb, name)
        assert (status, out) == (1, "")
        assert err.splitlines()[-1].startswith(f"shanxi: there is no article {name}")


def test_ids_are_case_sensitive(at: Hostile) -> None:
    assert "name 14" in run("show", "Hostile-Case")[1]
    assert "name 15" in run("show", "hostile-case")[1]


def test_bibtex_braces_are_balanced(at: Hostile) -> None:
    for name in at.ids:
        _, out, _ = run("cite", name, "--style", "bibtex")
        inside = out.replace(r"\{", "").replace(r"\}", "")
        assert inside.count("{") == inside.count("}"), out
        assert out.endswith("}\n")


def test_open_sequence_swallows_no_line(at: Hostile) -> None:
    for form in ("text", "markdown", "terminal"):
        _, out, _ = run("show", "hostile-unended", "-f", form)
        for words in ("a deck of mines", "Li Min", "a note", "Daily", "Hostile coal open", "There are 40", "A mine"):
            assert words in out, (form, words)
