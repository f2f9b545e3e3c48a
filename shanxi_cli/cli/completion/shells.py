"""Differences between shells: the completion script, the quoting of words, the format of candidates.

A script passes the line up to the cursor as it was typed, with its quotes, because every shell splits it differently:

    shanxi --complete bash LINE WORD     WORD: what readline is going to replace
    shanxi --complete zsh LINE
    shanxi --complete fish LINE

and reads one candidate per line, or `/folder` or `/file` where the shell completes paths itself (no id has a slash).
A candidate that continues ends with a colon or a hyphen; any other is followed by a space.
"""

from collections.abc import Iterable
from typing import NamedTuple

from shanxi_cli.cli.options.common import Shell
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.shell_words import is_printable_word

_SPECIAL_CHARACTERS = frozenset(" \t\n\"'\\$`!&|;<>()*?[]{}#~^")

_BASH_SCRIPT = r"""# bash completion for shanxi
_shanxi() {
    local shanxi=shanxi line
    [[ $1 == */* && -x $1 ]] && shanxi=$1
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            /folder) compopt +o nospace -o filenames -o dirnames 2>/dev/null ;;
            /file) compopt +o nospace -o filenames -o default 2>/dev/null ;;
            *) COMPREPLY+=("$line") ;;
        esac
    done < <("$shanxi" --complete bash "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null)
}
complete -o nospace -F _shanxi shanxi
"""

_ZSH_SCRIPT = r"""#compdef shanxi
_shanxi() {
    local shanxi=shanxi line
    local -a whole open
    [[ ${words[1]} == */* && -x ${words[1]} ]] && shanxi=${words[1]}
    line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX"
    for line in "${(@f)$($shanxi --complete zsh "$line" 2>/dev/null </dev/null)}"; do
        case $line in
            '') ;;
            /folder) compset -P '-*='; _files -/; return ;;
            /file) compset -P '-*='; _files; return ;;
            *'\:'|*'\::'*|*-) open+=("$line") ;;
            *) whole+=("$line") ;;
        esac
    done
    (( $#open )) && _describe -t beginnings 'beginning' open -S ''
    (( $#whole )) && _describe -t words 'word' whole
}
if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _shanxi "$@"
else
    compdef _shanxi shanxi
fi
"""

_FISH_SCRIPT = r"""# fish completion for shanxi
function __shanxi_complete
    set -l shanxi shanxi
    set -l first (commandline -op)[1]
    string match -q '*/*' -- "$first"; and test -x "$first"; and set shanxi $first
    set -l lines ($shanxi --complete fish (commandline -cp | string collect) 2>/dev/null </dev/null)
    set -l option (string match -r -- '^-[^=]*=' (commandline -ct))
    set -l begun (string replace -- "$option" '' (commandline -ct))
    switch "$lines[1]"
        case /folder
            printf '%s\n' "$option"(__fish_complete_directories "$begun" '')
        case /file
            printf '%s\n' "$option"(__fish_complete_path "$begun" '')
        case '*'
            printf '%s\n' $lines
    end
end
complete -c shanxi -f -a '(__shanxi_complete)'
"""


class CompletionCandidate(NamedTuple):
    """A word for the place of the cursor, and its description, which may be empty."""

    word: str
    about: str = ""


FOLDER, FILE = CompletionCandidate("/folder"), CompletionCandidate("/file")
"""The only candidate where the shell completes names of directories, or of files."""


class TypedLine(NamedTuple):
    """A line up to the cursor: its words without quotes, the last one incomplete; the open quote, or empty."""

    words: tuple[str, ...]
    quote: str


def completion_script(shell: Shell) -> str:
    """Return the script with which a shell completes command lines of `shanxi`."""
    match shell:
        case Shell.BASH:
            return _BASH_SCRIPT
        case Shell.ZSH:
            return _ZSH_SCRIPT
        case Shell.FISH:
            return _FISH_SCRIPT


def split_line(line: str, shell: Shell) -> TypedLine:
    """Return the words of a line as its shell splits them; variables, globs and substitutions are not expanded."""
    words: list[str] = []
    word: list[str] = []
    quote, begun, rest = "", False, iter(line)
    for char in rest:
        if char == "\\" and (quote != "'" or shell is Shell.FISH):
            following = next(rest, "")
            if quote and following not in (quote, "\\", "$", "`"):
                word.append(char)
            word.append(following)
            begun = True
        elif char == quote:
            quote = ""
        elif not quote and char in "\"'":
            quote, begun = char, True
        elif not quote and char.isspace():
            if begun:
                words.append("".join(word))
            word, begun = [], False
        else:
            word.append(char)
            begun = True
    return TypedLine((*words, "".join(word)), quote)


def format_candidates(
    candidates: Iterable[CompletionCandidate], shell: Shell, typed: TypedLine, replaced: str
) -> list[str]:
    """Return the candidates as lines for the script of a shell. `replaced` is the text that bash replaces, as typed.

    Bash gets only the rest of a word, quoted, with its space. The others take whole words and quote them themselves.
    A word with a line break or a control character is left out.
    """
    candidates = [
        CompletionCandidate(word, sanitize_line(about)) for word, about in candidates if is_printable_word(word)
    ]
    if candidates in ([FOLDER], [FILE]):
        return [candidates[0].word]
    match shell:
        case Shell.BASH:
            word = typed.words[-1]
            known = split_line(typed.quote + replaced, shell).words[-1]
            if not word.endswith(known):
                return []
            return [_quote_for_bash(c.word[len(word) - len(known) :], typed.quote) for c in candidates]
        case Shell.ZSH:
            return [":".join(part for part in (_escape_characters(c.word), c.about) if part) for c in candidates]
        case Shell.FISH:
            return ["\t".join(part for part in c if part) for c in candidates]


def _quote_for_bash(text: str, quote: str) -> str:
    """Return the rest of a word inside the open quote; between double quotes, only single quotes protect a `!`."""
    if quote == "'":
        return text.replace("'", r"'\''")
    if quote:
        return "".join("\\" + char if char in '"\\$`' else char for char in text).replace("!", """"'!'\"""")
    space = "" if text.endswith((":", "-")) else " "
    return "".join("\\" + char if char in _SPECIAL_CHARACTERS else char for char in text) + space


def _escape_characters(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:")
