"""What could stand where the cursor is: a verb, an option, a value, a field of the query, the id of an article.

Commands and options are those of Typer's objects, fields those of the table that queries are checked by, ids those that
the index remembers. Nothing is built, opened or changed, and nothing is said of what goes wrong: a shell waits, and
whatever is printed lands in the middle of somebody's line.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import typer

from shanxi_cli.cli.app import build_command_group
from shanxi_cli.cli.completion.shells import FILE, FOLDER, CompletionCandidate, format_candidates, split_line
from shanxi_cli.cli.options import explore as look
from shanxi_cli.cli.options.common import Shell
from shanxi_cli.cli.query_args import decode_argument
from shanxi_cli.util.frozen_record import Record

MAX_CANDIDATES = 200
"""Ids that are offered at a time; of more than these, their beginnings."""

_QUERY_TOKEN = re.compile(r"(?:^|[\s(])[+-]*(?P<before>(?:[a-z]+:)*)(?P<name>[a-z]*)\Z")
_ASSIGNMENT = re.compile(r"\w+=")


def print_completions(arguments: Sequence[str]) -> int:
    """Prints what `shells` says for a shell and its line; nothing whatever is wrong, and the status is 0."""
    try:
        shell, line = Shell(arguments[0]), decode_argument(arguments[1])
        found = split_line(line, shell)
        lines = format_candidates(find_candidates(found.words), shell, found, decode_argument("".join(arguments[2:])))
    except Exception:
        return 0
    print("".join(f"{line}\n" for line in lines), end="")
    return 0


def find_candidates(words: Sequence[str]) -> list[CompletionCandidate]:
    """The words that could stand in place of the last of `words`, which begin as it does; the first is the program's.

    `[FOLDER]` or `[FILE]` where the name of a folder or file belongs.
    """
    first = next((n for n, word in enumerate(words) if not _ASSIGNMENT.match(word)), 0)
    *before, word = words[first + 1 :]
    line = _parse_command_line(before)
    if line.pending is not None:
        return _complete_values(line.pending, "", word, line)
    if word.startswith("-") and not line.ended:
        name, equals, value = word.partition("=")
        if equals:
            option = _find_option(line.options, name)
            return _complete_values(option, name + equals, value, line) if option else []
        found = [c for c in _complete_options(line) if c.word.startswith(word)]
        if found:
            return found
    if line.verb is None:
        return [c for c in _complete_verbs(line.group) if c.word.startswith(word)]
    return _complete_values(line.argument, "", word, line) if line.argument else []


class _CommandLine(Record):
    """What stands before the cursor. `pending` is the option that waits for its value, `argument` what comes next."""

    group: Any
    verb: Any | None
    options: list[Any]
    given: dict[str, list[str]]  # name of the parameter -> values so far
    ended: bool  # by --
    pending: Any | None
    argument: Any | None


def _parse_command_line(words: Sequence[str]) -> _CommandLine:
    group = build_command_group(words)
    context = typer.Context(group, info_name="shanxi", **group.context_settings)
    verb, params, ended, pending = None, group.get_params(context), False, None
    given: dict[str, list[str]] = {}
    positional: list[str] = []
    for word in words:
        name, equals, value = word.partition("=")
        option = None if ended or pending else _find_option(params, name)
        if pending is not None:
            given.setdefault(pending.name, []).append(word)
            pending = None
        elif word == "--" and not ended:
            ended = True
        elif option is not None:
            given.setdefault(option.name, []).append(value)
            if not equals and not _is_flag(option):
                given[option.name].pop()
                pending = option
        elif verb is None:
            verb = group.commands.get(word)
            if verb is None:
                raise LookupError(word)
            params = verb.get_params(typer.Context(verb, parent=context, info_name=word))
        else:
            positional.append(word)
    options = [param for param in params if param.param_type_name == "option" and not param.hidden]
    argument = _next_argument([param for param in params if param.param_type_name == "argument"], positional, given)
    return _CommandLine(group, verb, options, given, ended, pending, argument if verb else None)


def _next_argument(arguments: Sequence[Any], positional: list[str], given: dict[str, list[str]]) -> Any | None:
    """The argument that the next word belongs to, after the words of those before it were put under their names."""
    for argument in arguments:
        if argument.nargs < 0 or len(positional) < argument.nargs:
            given[argument.name] = positional
            return argument
        positional = positional[argument.nargs :]
    return None


def _is_flag(option: Any) -> bool:
    return bool(getattr(option, "is_flag", False) or getattr(option, "count", False))


def _find_option(params: Iterable[Any], name: str) -> Any | None:
    options = (param for param in params if param.param_type_name == "option")
    return next((option for option in options if name in (*option.opts, *option.secondary_opts)), None)


def _complete_verbs(group: Any) -> Iterator[CompletionCandidate]:
    for name, command in group.commands.items():
        if not command.hidden:
            yield CompletionCandidate(name, command.get_short_help_str(100))


def _complete_options(line: _CommandLine) -> Iterator[CompletionCandidate]:
    """All names of the options that may still be given, the long ones first."""
    left = [option for option in line.options if option.multiple or option.name not in line.given]
    names = [(name, option) for option in left for name in (*option.opts, *option.secondary_opts)]
    for name, option in sorted(names, key=lambda pair: not pair[0].startswith("--")):
        yield CompletionCandidate(name, " ".join((option.help or "").split()))


def _complete_values(param: Any, before: str, word: str, line: _CommandLine) -> list[CompletionCandidate]:
    """What a parameter takes, by its type or the name of its value in help; `before` stands in the same word."""
    choices = getattr(param.type, "choices", None)
    metavar = param.metavar or ""
    if choices:
        found = [CompletionCandidate(str(getattr(choice, "value", choice))) for choice in choices]
    elif metavar == "FIELD":
        found = list(_complete_fields(param))
    elif "ARTICLE" in metavar:
        given = line.given.get(param.name, ())
        found = [c for c in _complete_ids(word, line) if c.word not in given]
    elif "QUERY" in metavar:
        found = list(_complete_query(word, line))
    elif "FOLDER" in metavar or "FILE" in metavar:
        return [FOLDER if "FOLDER" in metavar else FILE]
    else:
        found = []
    return [CompletionCandidate(before + c.word, c.about) for c in found if c.word.startswith(word)]


def _complete_fields(param: Any) -> Iterator[CompletionCandidate]:
    """The fields that can be counted by, where that is what comes first; else those that have words."""
    from shanxi_cli.query.fields import FIELDS, FieldKind

    for name in look.FACET_FIELDS if param.param_type_name == "argument" else FIELDS:
        field = FIELDS.get(name)
        if field is None or field.kind not in (FieldKind.DATE, FieldKind.QUANTITY):
            yield CompletionCandidate(name, field.about if field else "")


def _complete_query(word: str, line: _CommandLine) -> Iterator[CompletionCandidate]:
    """`word` with the name of a field, or exact:, prefix:, fuzzy:, in place of its last letters; ids after id:."""
    from shanxi_cli.query.fields import FIELDS, VALUE_OPERATORS, FieldKind

    found = _QUERY_TOKEN.search(word)
    if found is None or word.count('"') % 2:
        return
    names = found["before"].split(":")[:-1]
    start = word[: found.start("name")]
    field = next((name for name in names if name in FIELDS), "")
    spelling = next((name for name in names if name in VALUE_OPERATORS), "")
    if field == "id":
        yield from (CompletionCandidate(start + c.word, c.about) for c in _complete_ids(word[len(start) :], line))
    elif not field and len(names) <= bool(spelling):
        for one in FIELDS.values():
            whole = one.kind in (FieldKind.DATE, FieldKind.QUANTITY) or (
                one.kind is FieldKind.CODE and spelling == "fuzzy"
            )
            if not (spelling and whole):
                yield CompletionCandidate(f"{start}{one.name}:", one.about)
        if not spelling:
            yield from (CompletionCandidate(f"{start}{name}:", about) for name, about in VALUE_OPERATORS.items())


def _complete_ids(word: str, line: _CommandLine) -> list[CompletionCandidate]:
    """The ids that begin with `word`, with their dates; of more than `MAX_CANDIDATES`, how they begin."""
    dates = {name: date for name, date in _load_indexed_dates(line).items() if name.startswith(word)}
    return [CompletionCandidate(name, dates.get(name, "")) for name in shorten_to_prefixes(list(dates))]


def _load_indexed_dates(line: _CommandLine) -> dict[str, str]:
    """The ids and dates in the index that the line means, or in the one that is used in its place."""
    from shanxi_cli.errors import IndexUnusable
    from shanxi_cli.indexing.manifest import load_article_dates
    from shanxi_cli.indexing.store import current_generation
    from shanxi_cli.paths import locate_archive

    corpus, index = ([os.path.expandvars(value) for value in line.given.get(name, ())] for name in ("corpus", "index"))
    at = locate_archive(corpus, index[-1] if index else None, os.environ)
    for folder in (at.index, at.fallback):
        try:
            generation = current_generation(folder) if folder else None
            if generation:
                return load_article_dates(generation)
        except IndexUnusable:
            continue
    return {}


def shorten_to_prefixes(names: Sequence[str], most: int = MAX_CANDIDATES) -> list[str]:
    """`names` (sorted); of more than `most` what they begin with, by words, else letters: always two or more.

    A shell types what all candidates have in common, so a part of the names would lead astray.
    """
    if len(names) <= most:
        return list(names)
    pairs = enumerate(zip(names[0], names[-1], strict=False))
    common = next((n for n, (first, last) in pairs if first != last), len(names[0]))
    for pattern in (r"[^-]*-?[^-]*-?", r"[^-]*-?", r".?"):
        begin = re.compile(pattern, re.DOTALL)
        shorter = sorted({name[: begin.match(name, common).end()] for name in names})  # type: ignore[union-attr]
        if 1 < len(shorter) <= most:
            return shorter
    return [*shorter[: most - 1], shorter[-1]]
