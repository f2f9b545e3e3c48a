"""Command lines that are printed to be pasted: run in a real shell, they pass what was meant, and run nothing else."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shanxi_cli.cli.completion.shells import CompletionCandidate, format_candidates, split_line
from shanxi_cli.cli.options.common import Shell
from tests.conftest import Shanxi

HOSTILE = [
    "';touch ran;'",
    '";touch ran;"',
    "$(touch ran)",
    "`touch ran`",
    "&& touch ran",
    "a!touch b",
    "x | touch ran #",
]


def paste(line: str, folder: Path) -> list[str]:
    """Run a printed line in a shell in which `shanxi` prints its arguments; return them. Nothing else may run."""
    script = f"shanxi() {{ for word do printf '%s\\0' \"$word\"; done; }}\n{line}\n"
    run = subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert not (folder / "ran").exists()
    return run.stdout.split("\0")[:-1]


def suggested(err: str) -> str:
    """Return the command line of a report or a footer."""
    found = re.search(
        r"(?:try +|; |: |^)(shanxi (?:list|search|facets|figures|quotes|kwic|timeline) .*?)(?:   \(|$)", err, re.M
    )
    return found[1] if found else ""


def write_article(folder: Path, name: str, author: str, text: str = "Coal here.") -> None:
    (folder / f"{name}.md").write_text(
        f"---\ntitle: T {name}\nauthor: [{json.dumps(author)}]\ndate: 2021-07-01\n---\n\n{text}\n", encoding="utf-8"
    )


@pytest.mark.parametrize("value", HOSTILE)
def test_facets_suggest_a_command_that_can_be_pasted(shanxi: Shanxi, archive: Path, tmp_path: Path, value: str) -> None:
    for name in ("one", "two"):
        write_article(archive, name, value)
    run = shanxi("facets", "author", "-f", "terminal")
    [command] = {line for line in run.err.split("; ") if line.startswith("shanxi list")} or {suggested(run.err)}
    assert paste(command.strip(), tmp_path)[0] == "list"
    [row] = [line for line in run.out.splitlines() if "author:" in line and "touch" in line]
    part = row[row.index("author:") - 1 :] if "'author:" in row else row[row.index("author:") :]
    [query] = paste(f"shanxi {part}", tmp_path)
    assert query.startswith("author:")
    assert shanxi("list", query, "-c").out == "2\n"


@pytest.mark.parametrize("hidden", ["\x1b]" + "p" * 20, "\x1b[1m", "\x1b]" + "p" * 4093])
def test_nothing_is_suggested_for_text_that_cannot_be_printed(shanxi: Shanxi, archive: Path, hidden: str) -> None:
    for file in archive.iterdir():
        file.unlink()
    for name in ("one", "two"):
        write_article(archive, name, hidden + "';touch ran;#")
    run = shanxi("facets", "author", "-f", "terminal")
    assert run.status == 0
    assert "shanxi list" not in run.err
    assert "author:" not in run.out


def test_name_with_a_mark_that_is_invisible_is_suggested_without_it(
    shanxi: Shanxi, archive: Path, tmp_path: Path
) -> None:
    for file in archive.iterdir():
        file.unlink()
    for name in ("one", "two"):
        write_article(archive, name, "\u202e';touch ran;#")
    err = shanxi("facets", "author", "-f", "terminal").err
    assert "\u202e" not in err
    assert paste(err[err.index("shanxi list") :].strip(), tmp_path) == ["list", 'author:"\';touch ran;#"']
    assert shanxi("list", 'author:"\';touch ran;#"', "-c").out == "2\n"


COMMANDS = ["search", "list", "facets author", "figures", "quotes", "kwic", "timeline"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("place", ["before", "behind"])
def test_suggestion_keeps_the_archive(shanxi: Shanxi, archive: Path, tmp_path: Path, command: str, place: str) -> None:
    folder = tmp_path / 'o\'brien $(touch ran) "!x"'
    folder.mkdir()
    write_article(folder, "one", "Li Min", 'Miners dig 5 tons of coal. "Coal," said Li Min.')
    options = ["--corpus", str(folder), "--index", str(tmp_path / "in dex;touch ran")]
    words = [*command.split(), "coallz"]
    run = shanxi(*options, *words) if place == "before" else shanxi(*words, *options)
    arguments = paste(suggested(run.err), tmp_path)
    assert arguments[:-1] == [*command.split(), *options]
    assert shanxi(*arguments).status == 0


def test_folder_that_cannot_be_printed_is_not_suggested(shanxi: Shanxi, tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b[1mb"
    folder.mkdir()
    write_article(folder, "one", "Li Min")
    for command in COMMANDS:
        err = shanxi(*command.split(), "coallz", "--corpus", str(folder), "--index", str(tmp_path / "i")).err
        assert "coal" in err and suggested(err) == "" and "--within" not in err
        err = shanxi(*command.split(), "coallz", "--corpus", str(folder), "--index", str(tmp_path / "i"), "--json").err
        if '"nothing"' in err:
            assert json.loads(err.splitlines()[-1])["nothing"]["try"] is None


def test_phrase_of_the_footer_keeps_the_archive(shanxi: Shanxi, corpus: Path, tmp_path: Path) -> None:
    run = shanxi("search", "coal town", "-f", "terminal", "--corpus", str(corpus))
    assert f"as a phrase: shanxi search --corpus {corpus} '\"coal town\"'" in run.err


@pytest.mark.parametrize("word", [*HOSTILE, "ends with a dot."])
def test_unknown_command_is_quoted(shanxi: Shanxi, tmp_path: Path, word: str) -> None:
    err = shanxi("nonsense", word).err
    assert paste(err.partition("write: ")[2], tmp_path) == ["search", "nonsense", word]
    assert "to search" not in shanxi("nonsense", "\x1b[1m").err


def test_doctor_names_the_archive_it_examined(shanxi: Shanxi, corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "an index';touch ran;'"
    shanxi("index", "--index", str(index))
    [manifest] = index.glob("*/MANIFEST.json")
    manifest.write_bytes(b"{}")
    report = json.loads(shanxi("doctor", "--index", str(index), "--json").out)
    [advice, *_] = [finding["advice"] for finding in report["findings"] if finding["advice"]]
    command = advice[: advice.index(" rebuilds it")]
    assert paste(command, tmp_path) == ["doctor", "--repair", "--index", str(index)]
    assert shanxi(*paste(command, tmp_path)).status == 0


def test_doctor_quotes_the_folder_of_chmod(shanxi: Shanxi, tmp_path: Path) -> None:
    index = tmp_path / "shared $(touch ran)"
    shanxi("index", "--index", str(index))
    index.chmod(0o777)
    report = json.loads(shanxi("doctor", "--index", str(index), "--json").out)
    [advice] = [finding["advice"] for finding in report["findings"] if finding["subject"] == "rights"]
    command = advice[advice.index("chmod") :].replace("chmod", "shanxi", 1)
    assert paste(command, tmp_path) == ["go-w", str(index)]


# completion


CANDIDATE = st.lists(
    st.sampled_from([*"'\"\\`$!;&|<>()*?[]{}#~^=%@:, ab煤", "$(touch ran)", "`touch ran`", "!touch", "!!"]),
    min_size=1,
    max_size=8,
).map("".join)


@pytest.mark.parametrize("quote", ["", "'", '"'], ids=["bare", "single", "double"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=CANDIDATE)
@example(word="town!touch ran")
@example(word='it\'s "5" $HOME `x` !y\\z')
def test_completed_word_at_a_prompt(tmp_path: Path, quote: str, word: str) -> None:
    """Bash with history expansion reads the completed word, and runs nothing in it."""
    word = "a" + word  # the letter is typed, and Tab pressed
    if word != word.strip():
        return
    [rest] = format_candidates(
        [CompletionCandidate(word)], Shell.BASH, split_line(f"shanxi show {quote}a", Shell.BASH), "a"
    )
    line = f"{quote}{rest if quote else rest.removesuffix(' ')}{quote}"
    script = f"set -o history; set -H\ntouch() {{ echo ran; }}\nshow() {{ printf '%s' \"$1\"; }}\nshow {line}\n"
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HISTFILE": "/dev/null"}
    run = subprocess.run(
        ["bash", "--norc", "--noprofile"], input=script, cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert (run.stdout, run.stderr) == (word, "")


@pytest.mark.parametrize("shell", Shell)
@pytest.mark.parametrize("word", ["a\nb", "a\x1b[1m", "a\tb", "a\u202e"])
def test_candidate_that_cannot_be_printed_is_left_out(shell: Shell, word: str) -> None:
    candidates = [CompletionCandidate(word), CompletionCandidate("ab", "about\nit")]
    lines = format_candidates(candidates, shell, split_line("shanxi show a", shell), "a")
    assert len(lines) == 1
    assert "\n" not in lines[0]
