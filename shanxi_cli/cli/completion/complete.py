"""Candidates for the word at the cursor: a command, an option, a value, a field of the query, the id of an article.

Commands and options come from Typer's objects, fields from the table that queries are checked by, ids from the
manifest of the index. Nothing is built, opened or changed, and errors are not printed: they would land in the middle
of the line that the shell is editing.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import typer

from shanxi_cli.cli.completion.shells import FILE, FOLDER, CompletionCandidate, format_candidates, split_line
from shanxi_cli.cli.options.common import Shell
from shanxi_cli.cli.options.explore import FACET_FIELDS
from shanxi_cli.cli.query_args import decode_argument
from shanxi_cli.util.frozen_record import Record

MAX_CANDIDATES = 200
"""Ids offered at a time; of more, prefixes are offered."""

_CLUSTER_TIMEOUT = 2.0
"""Seconds for an answer of a cluster: somebody is typing."""

GroupBuilder = Callable[[Sequence[str]], Any]
"""Makes Typer's group with the commands among the words."""

_QUERY_TOKEN = re.compile(r"(?:^|[\s(])[+-]*(?P<before>(?:[a-z]+:)*)(?P<name>[a-z]*)\Z")
_SEARCH_REFERENCE = re.compile(r"(?:^|[\s(])[+-]*query:(?P<name>[\w.-]*)\Z")
_ASSIGNMENT = re.compile(r"\w+=")


def print_completions(arguments: Sequence[str], build_group: GroupBuilder) -> int:
    """Answer the script of a shell: print the candidates for a line; nothing on any error, and the status is 0."""
    try:
        shell, line = Shell(arguments[0]), decode_argument(arguments[1])
        typed = split_line(line, shell)
        candidates = find_candidates(typed.words, build_group)
        lines = format_candidates(candidates, shell, typed, decode_argument("".join(arguments[2:])))
    except Exception:
        return 0
    print("".join(f"{line}\n" for line in lines), end="")
    return 0


def find_candidates(words: Sequence[str], build_group: GroupBuilder) -> list[CompletionCandidate]:
    """Return the words that can replace the last of `words` and begin as it does; the first is the program's name.

    `[FOLDER]` or `[FILE]` where the name of a directory or file is expected.
    """
    first = next((n for n, word in enumerate(words) if not _ASSIGNMENT.match(word)), 0)
    *before, word = words[first + 1 :]
    line = _parse_command_line(before, build_group(before))
    if line.pending is not None:
        return _complete_values(line.pending, "", word, line)
    if word.startswith("-") and not line.ended:
        name, equals, value = word.partition("=")
        if equals:
            option = _find_option(line.options, name)
            return _complete_values(option, name + equals, value, line) if option else []
        options = [c for c in _complete_options(line) if c.word.startswith(word)]
        if options:
            return options
    if line.command is None:
        return [c for c in _complete_commands(line.group) if c.word.startswith(word)]
    return _complete_values(line.argument, "", word, line) if line.argument else []


class _CommandLine(Record):
    """The line before the cursor. `pending` is the option that needs its value, `argument` the one that comes next."""

    group: Any
    command: Any | None
    options: list[Any]
    given: dict[str, list[str]]  # parameter -> values before the cursor
    ended: bool  # the options, by --
    pending: Any | None
    argument: Any | None


def _parse_command_line(words: Sequence[str], group: Any) -> _CommandLine:
    context = typer.Context(group, info_name="shanxi", **group.context_settings)
    command, params, ended, pending = None, group.get_params(context), False, None
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
        elif command is None:
            command = group.commands.get(word)
            if command is None:
                raise LookupError(word)
            if hasattr(command, "commands"):  # the command is the next word
                group, command = command, None
                context = typer.Context(group, parent=context, info_name=word)
                params = group.get_params(context)
                continue
            params = command.get_params(typer.Context(command, parent=context, info_name=word))
        else:
            positional.append(word)
    options = [param for param in params if param.param_type_name == "option" and not param.hidden]
    argument = _next_argument([param for param in params if param.param_type_name == "argument"], positional, given)
    return _CommandLine(group, command, options, given, ended, pending, argument if command else None)


def _next_argument(arguments: Sequence[Any], positional: list[str], given: dict[str, list[str]]) -> Any | None:
    """Return the argument of the next word, after putting the words of the arguments before it into `given`."""
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


def _complete_commands(group: Any) -> Iterator[CompletionCandidate]:
    for name, command in group.commands.items():
        if not command.hidden:
            yield CompletionCandidate(name, command.get_short_help_str())


def _complete_options(line: _CommandLine) -> Iterator[CompletionCandidate]:
    """Yield all names of the options that can still be given, the long ones first."""
    left = [option for option in line.options if option.multiple or option.name not in line.given]
    names = [(name, option) for option in left for name in (*option.opts, *option.secondary_opts)]
    for name, option in sorted(names, key=lambda pair: not pair[0].startswith("--")):
        yield CompletionCandidate(name, " ".join((option.help or "").split()))


def _complete_values(param: Any, before: str, word: str, line: _CommandLine) -> list[CompletionCandidate]:
    """Return the values of a parameter, by its type or metavar; `before` is the part of the word before the value."""
    choices = getattr(param.type, "choices", None)
    metavar = param.metavar or ""
    if choices:
        candidates = [CompletionCandidate(str(getattr(choice, "value", choice))) for choice in choices]
    elif param.name == "names":
        given = line.given.get(param.name, ())
        candidates = [c for c in _complete_searches() if c.word not in given]
    elif metavar == "FIELD":
        candidates = list(_complete_fields(param))
    elif "ARTICLE" in metavar:
        given = line.given.get(param.name, ())
        candidates = [c for c in _complete_ids(word, line) if c.word not in given]
    elif "QUERY" in metavar:
        candidates = list(_complete_query(word, line))
    elif param.name == "archive_name":
        candidates = list(_complete_archives())
    elif "FOLDER" in metavar or "FILE" in metavar:
        return [FOLDER if "FOLDER" in metavar else FILE]
    else:
        candidates = []
    return [CompletionCandidate(before + c.word, c.about) for c in candidates if c.word.startswith(word)]


def _complete_fields(param: Any) -> Iterator[CompletionCandidate]:
    """Yield the fields that can be counted by for an argument; for an option those that have words."""
    from shanxi_cli.query.fields import FIELDS, FieldKind

    for name in FACET_FIELDS if param.param_type_name == "argument" else FIELDS:
        field = FIELDS.get(name)
        if field is None or field.kind not in (FieldKind.DATE, FieldKind.QUANTITY):
            yield CompletionCandidate(name, field.about if field else "")


def _complete_archives() -> Iterator[CompletionCandidate]:
    """Yield the archives of the configuration with their folders."""
    from shanxi_cli.settings import config_file
    from shanxi_cli.settings.config_reader import load_settings

    for name, archive in load_settings(config_file()).archives.items():
        yield CompletionCandidate(name, " ".join(archive.corpus or (archive.remote.urls if archive.remote else ())))


def _complete_query(word: str, line: _CommandLine) -> Iterator[CompletionCandidate]:
    """Yield `word` with its last letters completed to a field, or to exact:, prefix:, fuzzy:; ids after id:."""
    from shanxi_cli.query.fields import FIELDS, SPECIAL_FIELDS, VALUE_OPERATORS, FieldKind

    reference = _SEARCH_REFERENCE.search(word)
    if reference:
        start = word[: reference.start("name")]
        yield from (CompletionCandidate(start + c.word, c.about) for c in _complete_searches())
        return
    token = _QUERY_TOKEN.search(word)
    if token is None or word.count('"') % 2:
        return
    names = token["before"].split(":")[:-1]
    start = word[: token.start("name")]
    field = next((name for name in names if name in FIELDS or name in SPECIAL_FIELDS), "")
    spelling = next((name for name in names if name in VALUE_OPERATORS), "")
    if field == "id":
        yield from (CompletionCandidate(start + c.word, c.about) for c in _complete_ids(word[len(start) :], line))
    elif not field and len(names) <= bool(spelling):
        for info in (*FIELDS.values(), *SPECIAL_FIELDS.values()):
            whole = info.kind in (FieldKind.DATE, FieldKind.QUANTITY) or (
                info.kind is FieldKind.CODE and spelling == "fuzzy"
            )
            if not (spelling and (whole or info.name in SPECIAL_FIELDS)):
                yield CompletionCandidate(f"{start}{info.name}:", info.about)
        if not spelling:
            yield from (CompletionCandidate(f"{start}{name}:", about) for name, about in VALUE_OPERATORS.items())


def _complete_searches() -> Iterator[CompletionCandidate]:
    """Yield the names of the saved searches, with their queries."""
    from shanxi_cli.search.saved_searches import load_saved_searches

    for search in load_saved_searches().values():
        yield CompletionCandidate(search.name, search.query)


def _complete_ids(word: str, line: _CommandLine) -> list[CompletionCandidate]:
    """Return the ids that begin with `word`, with their dates; of more than `MAX_CANDIDATES`, their prefixes."""
    dates = {name: date for name, date in _load_indexed_dates(line, word).items() if name.startswith(word)}
    return [CompletionCandidate(name, dates.get(name, "")) for name in shorten_to_prefixes(list(dates))]


def _load_indexed_dates(line: _CommandLine, prefix: str) -> dict[str, str]:
    """Return dates by id from the index of the command line, or from the fallback index.

    An index in a cluster that is only read gives those of the ids with the prefix, and none where they are too many.
    """
    from shanxi_cli.errors import IndexUnusable
    from shanxi_cli.indexing.manifest import load_article_dates, load_manifest_summary
    from shanxi_cli.indexing.store import current_generation
    from shanxi_cli.paths import ArchiveChoice, locate_choice

    corpus, index, excluded, archive = (
        [os.path.expandvars(value) for value in line.given.get(name, ())]
        for name in ("corpus", "index", "exclude", "archive_name")
    )
    choice = ArchiveChoice(corpus, "".join(index[-1:]), excluded, "".join(archive[-1:]), "insecure" in line.given)
    locations = locate_choice(choice, os.environ)
    if locations.remote and not locations.corpus:
        from shanxi_cli.engines.remote import complete_published_ids

        return complete_published_ids(locations.remote, _CLUSTER_TIMEOUT, prefix)
    for folder in (locations.index, locations.fallback):
        try:
            generation = current_generation(folder) if folder else None
            if generation and load_manifest_summary(generation).roots == locations.corpus:
                return load_article_dates(generation)
        except IndexUnusable:
            continue
    return {}


def shorten_to_prefixes(names: Sequence[str], most: int = MAX_CANDIDATES) -> list[str]:
    """Return `names` (sorted); of more than `most` their prefixes, by words, else letters: always two or more.

    A shell inserts the common prefix of all candidates, so a selection of the names would be wrong.
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
