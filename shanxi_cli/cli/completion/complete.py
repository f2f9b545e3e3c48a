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

from shanxi_cli.cli.app import group_of
from shanxi_cli.cli.completion.shells import FILE, FOLDER, Candidate, answer, split
from shanxi_cli.cli.options import explore as look
from shanxi_cli.cli.options.common import Shell
from shanxi_cli.cli.query_args import typed
from shanxi_cli.util.frozen_record import Record

MOST = 200
"""Ids that are offered at a time; of more than these, their beginnings."""

_TOKEN = re.compile(r"(?:^|[\s(])[+-]*(?P<before>(?:[a-z]+:)*)(?P<name>[a-z]*)\Z")
_ASSIGNMENT = re.compile(r"\w+=")


def complete(arguments: Sequence[str]) -> int:
    """Prints what `shells` says for a shell and its line; nothing whatever is wrong, and the status is 0."""
    try:
        shell, line = Shell(arguments[0]), typed(arguments[1])
        found = split(line, shell)
        lines = answer(candidates(found.words), shell, found, typed("".join(arguments[2:])))
    except Exception:
        return 0
    print("".join(f"{line}\n" for line in lines), end="")
    return 0


def candidates(words: Sequence[str]) -> list[Candidate]:
    """The words that could stand in place of the last of `words`, which begin as it does; the first is the program's.

    `[FOLDER]` or `[FILE]` where the name of a folder or file belongs.
    """
    first = next((n for n, word in enumerate(words) if not _ASSIGNMENT.match(word)), 0)
    *before, word = words[first + 1 :]
    line = _read(before)
    if line.pending is not None:
        return _values(line.pending, "", word, line)
    if word.startswith("-") and not line.ended:
        name, equals, value = word.partition("=")
        if equals:
            option = _option(line.options, name)
            return _values(option, name + equals, value, line) if option else []
        found = [c for c in _options(line) if c.word.startswith(word)]
        if found:
            return found
    if line.verb is None:
        return [c for c in _verbs(line.group) if c.word.startswith(word)]
    return _values(line.argument, "", word, line) if line.argument else []


class _Line(Record):
    """What stands before the cursor. `pending` is the option that waits for its value, `argument` what comes next."""

    group: Any
    verb: Any | None
    options: list[Any]
    given: dict[str, list[str]]  # name of the parameter -> values so far
    ended: bool  # by --
    pending: Any | None
    argument: Any | None


def _read(words: Sequence[str]) -> _Line:
    group = group_of(words)
    context = typer.Context(group, info_name="shanxi", **group.context_settings)
    verb, params, ended, pending = None, group.get_params(context), False, None
    given: dict[str, list[str]] = {}
    positional: list[str] = []
    for word in words:
        name, equals, value = word.partition("=")
        option = None if ended or pending else _option(params, name)
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
    argument = _argument([param for param in params if param.param_type_name == "argument"], positional, given)
    return _Line(group, verb, options, given, ended, pending, argument if verb else None)


def _argument(arguments: Sequence[Any], positional: list[str], given: dict[str, list[str]]) -> Any | None:
    """The argument that the next word belongs to, after the words of those before it were put under their names."""
    for argument in arguments:
        if argument.nargs < 0 or len(positional) < argument.nargs:
            given[argument.name] = positional
            return argument
        positional = positional[argument.nargs :]
    return None


def _is_flag(option: Any) -> bool:
    return bool(getattr(option, "is_flag", False) or getattr(option, "count", False))


def _option(params: Iterable[Any], name: str) -> Any | None:
    options = (param for param in params if param.param_type_name == "option")
    return next((option for option in options if name in (*option.opts, *option.secondary_opts)), None)


def _verbs(group: Any) -> Iterator[Candidate]:
    for name, command in group.commands.items():
        if not command.hidden:
            yield Candidate(name, command.get_short_help_str(100))


def _options(line: _Line) -> Iterator[Candidate]:
    """All names of the options that may still be given, the long ones first."""
    left = [option for option in line.options if option.multiple or option.name not in line.given]
    names = [(name, option) for option in left for name in (*option.opts, *option.secondary_opts)]
    for name, option in sorted(names, key=lambda pair: not pair[0].startswith("--")):
        yield Candidate(name, " ".join((option.help or "").split()))


def _values(param: Any, before: str, word: str, line: _Line) -> list[Candidate]:
    """What a parameter takes, by its type or the name of its value in help; `before` stands in the same word."""
    choices = getattr(param.type, "choices", None)
    metavar = param.metavar or ""
    if choices:
        found = [Candidate(str(getattr(choice, "value", choice))) for choice in choices]
    elif metavar == "FIELD":
        found = list(_fields(param))
    elif "ARTICLE" in metavar:
        given = line.given.get(param.name, ())
        found = [c for c in _ids(word, line) if c.word not in given]
    elif "QUERY" in metavar:
        found = list(_query(word, line))
    elif "FOLDER" in metavar or "FILE" in metavar:
        return [FOLDER if "FOLDER" in metavar else FILE]
    else:
        found = []
    return [Candidate(before + c.word, c.about) for c in found if c.word.startswith(word)]


def _fields(param: Any) -> Iterator[Candidate]:
    """The fields that can be counted by, where that is what comes first; else those that have words."""
    from shanxi_cli.query.ast import FIELDS, Kind

    for name in look.FACETED if param.param_type_name == "argument" else FIELDS:
        field = FIELDS.get(name)
        if field is None or field.kind not in (Kind.DATE, Kind.QUANTITY):
            yield Candidate(name, field.about if field else "")


def _query(word: str, line: _Line) -> Iterator[Candidate]:
    """`word` with the name of a field, or exact:, prefix:, fuzzy:, in place of its last letters; ids after id:."""
    from shanxi_cli.query.ast import FIELDS, SPELLINGS, Kind

    found = _TOKEN.search(word)
    if found is None or word.count('"') % 2:
        return
    names = found["before"].split(":")[:-1]
    start = word[: found.start("name")]
    field = next((name for name in names if name in FIELDS), "")
    spelling = next((name for name in names if name in SPELLINGS), "")
    if field == "id":
        yield from (Candidate(start + c.word, c.about) for c in _ids(word[len(start) :], line))
    elif not field and len(names) <= bool(spelling):
        for one in FIELDS.values():
            whole = one.kind in (Kind.DATE, Kind.QUANTITY) or (one.kind is Kind.CODE and spelling == "fuzzy")
            if not (spelling and whole):
                yield Candidate(f"{start}{one.name}:", one.about)
        if not spelling:
            yield from (Candidate(f"{start}{name}:", about) for name, about in SPELLINGS.items())


def _ids(word: str, line: _Line) -> list[Candidate]:
    """The ids that begin with `word`, with their dates; of more than `MOST`, how they begin."""
    dates = {name: date for name, date in _remembered(line).items() if name.startswith(word)}
    return [Candidate(name, dates.get(name, "")) for name in beginnings(list(dates))]


def _remembered(line: _Line) -> dict[str, str]:
    """The ids and dates in the index that the line means, or in the one that is used in its place."""
    from shanxi_cli.errors import IndexUnusable
    from shanxi_cli.indexing.manifest import article_dates
    from shanxi_cli.indexing.store import current
    from shanxi_cli.paths import locate

    corpus, index = ([os.path.expandvars(value) for value in line.given.get(name, ())] for name in ("corpus", "index"))
    at = locate(corpus, index[-1] if index else None, os.environ)
    for folder in (at.index, at.fallback):
        try:
            generation = current(folder) if folder else None
            if generation:
                return article_dates(generation)
        except IndexUnusable:
            continue
    return {}


def beginnings(names: Sequence[str], most: int = MOST) -> list[str]:
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
