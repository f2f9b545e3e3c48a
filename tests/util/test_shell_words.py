"""Words to paste, as real shells read them: what arrives is what was meant, and nothing else runs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.shell_words import append_query, is_printable_word, quote_command, quote_word

SHELLS = [name for name in ("sh", "dash", "bash", "zsh") if shutil.which(name)]
SPECIAL = "'\"\\`$!;&|<>()*?[]{}#~^=%@:,-+ \n\t\r\x1b]\x07\x00\u200d\u202e￼煤é"
PIECES = [
    "$(touch ran)",
    "`touch ran`",
    "';touch ran;'",
    '";touch ran;"',
    "!touch",
    "!!",
    "!-1",
    "\x1b]8;;",
    "\n touch ran\n",
]
WORD = st.lists(st.sampled_from([*SPECIAL, *PIECES]) | st.characters(codec="utf-8"), min_size=1, max_size=8).map(
    "".join
)


def argv_of(shell: str, line: str, folder: Path) -> list[str]:
    """Return the arguments that a program gets from a command line; `ran` must not have been made."""
    script = f"show() {{ for word do printf '%s\\0' \"$word\"; done; }}\nshow {line}\n"
    run = subprocess.run(
        [shell, "-c", script], cwd=folder, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert not (folder / "ran").exists()
    return run.stdout.decode().split("\0")[:-1]


def argv_at_prompt(line: str, folder: Path) -> list[str]:
    """Return the same for a bash that expands `!` as at a prompt."""
    script = f"set -o history; set -H\ntrue\nshow() {{ for word do printf '%s\\0' \"$word\"; done; }}\nshow {line}\n"
    run = subprocess.run(
        ["bash", "--norc", "--noprofile"],
        input=script.encode(),
        cwd=folder,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", "HISTFILE": "/dev/null"},
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert not (folder / "ran").exists()
    return run.stdout.decode().split("\0")[:-1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder to run in."""
    return tmp_path_factory.mktemp("shell")


@pytest.mark.parametrize("shell", SHELLS)
@given(words=st.lists(WORD, min_size=1, max_size=4))
@example(words=["a'b!c", "\\", "'", "!", "=ls", "~", "-n", "*", "a\\\\'"])
def test_shell_reads_the_words_that_were_quoted(folder: Path, shell: str, words: list[str]) -> None:
    line = quote_command(words)
    if all(map(is_printable_word, words)):
        assert argv_of(shell, line, folder) == words
        assert sanitize_line(line) == line
    else:
        assert line == ""


@given(word=WORD)
@example(word="it's the 'end'!touch ran")
@example(word='"!touch ran"')
@example(word="!!'!!'!!")
def test_prompt_reads_the_word_that_was_quoted(folder: Path, word: str) -> None:
    if line := quote_word(word):
        assert argv_at_prompt(line, folder) == [word]


def test_prompt_of_the_test_expands_history(folder: Path) -> None:
    with pytest.raises(AssertionError):
        argv_at_prompt('"!true"', folder)


@pytest.mark.parametrize("word", ["", "a\nb", "a\tb", "\x1b[1m", "\x1b]unfinished", "\u202e", "\udcff", "a\u200db"])
def test_word_that_cannot_be_printed_is_not_offered(word: str) -> None:
    assert quote_word(word) == ""
    assert quote_command(["shanxi", word]) == ""
    assert append_query("shanxi list", word) == ""


def test_query_is_no_option() -> None:
    assert append_query("shanxi list", "-coal town") == "shanxi list -- '-coal town'"
    assert append_query("shanxi list", "coal") == "shanxi list coal"
    assert append_query("", "coal") == ""
