"""Record the output of command lines as text, and the parts that scripts depend on as plain data.

Two kinds of snapshot are kept beside this file:

    made.txt, shipped.txt   stdout, stderr and status of each line of commands.txt
    interface.json          the contract with scripts: statuses, ids, JSON keys, csv columns, options, file formats

A change of wording may change the first kind. The second changes only when the contract with scripts does.
"""

import csv
import io
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent
ARCHIVES = ("made", "shipped")
INTERFACE = FOLDER / "interface.json"
_MILLISECONDS = re.compile(r"\b\d[\d,]* ms\b")
_BUILT = re.compile(r'"built": ?"[^"]*"')
_SIZE = re.compile(r"\d[\d,]* bytes")


class CommandLine(NamedTuple):
    """One line of commands.txt."""

    archive: str
    text: str

    @property
    def arguments(self) -> list[str]:
        return shlex.split(self.text)


class Output(NamedTuple):
    """The output of a command line, without times and temporary paths, and its exit status."""

    status: int
    out: str
    err: str


def command_lines(archive: str) -> list[CommandLine]:
    lines = (FOLDER / "commands.txt").read_text(encoding="utf-8").splitlines()
    split = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return [CommandLine(first, rest) for first, _, rest in split if first == archive]


def normalize_output(text: str, replaced: Iterable[tuple[str, str]]) -> str:
    """Return `text` without what differs between runs: paths, times, sizes."""
    for old, new in replaced:
        text = text.replace(old, new)
    return _SIZE.sub("0 bytes", _BUILT.sub('"built": ""', _MILLISECONDS.sub("0 ms", text)))


def format_entry(line: CommandLine, output: Output) -> str:
    """Return an entry of a text snapshot: command line, status, and the lines of stdout (`|`) and stderr (`!`)."""
    shown = [f"$ shanxi {line.text}", f"status {output.status}"]
    for sign, text in (("|", output.out), ("!", output.err)):
        shown += [
            f"{sign}{part}".rstrip(" ")
            for part in text.replace("\0", "\\0").replace("\r", "\\r").split("\n")[: text.count("\n")]
        ]
        if text and not text.endswith("\n"):
            shown.append(f"{sign}{text.rpartition(chr(10))[2]}\\")
    return "\n".join(shown) + "\n"


def interface_of(line: CommandLine, output: Output) -> dict[str, Any]:
    """Return the contract of one output: its status, and the ids, JSON keys or csv columns that it has."""
    contract: dict[str, Any] = {"status": output.status}
    arguments = line.arguments
    if "--help" in arguments or arguments[0] in ("help", "completion") or ("--explain" in arguments and not output.out):
        return contract
    if output.out.startswith(("{", "[")):
        documents = output.out.splitlines() if output.out.startswith("{") else [output.out]
        contract["keys"] = sorted({key for one in documents for key in key_paths(json.loads(one))})
        ids = [
            one["id"] for one in map(json.loads, documents) if isinstance(one, dict) and isinstance(one.get("id"), str)
        ]
        if ids:
            contract["ids"] = ids
    elif "csv" in arguments:
        rows = list(csv.reader(io.StringIO(output.out)))
        contract["columns"] = rows[0] if rows else []
        contract["rows"] = len(rows)
    elif {"-l", "ids"} & set(arguments):
        contract["ids"] = output.out.replace("\0", "\n").splitlines()
    elif "terminal" not in arguments and arguments[0] not in ("show", "cite", "--version"):
        contract["cells"] = sorted({len(row.split("\t")) for row in output.out.splitlines()})
        contract["rows"] = output.out.count("\n")
    errors = output.err.splitlines()
    if errors and errors[0].startswith("{"):
        contract["error keys"] = sorted(key_paths(json.loads(errors[0])))
    return contract


def key_paths(value: Any, parent: str = "") -> Iterator[str]:
    """Yield the keys of nested JSON as paths: `snippets[].text`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            path = f"{parent}.{key}" if parent else key
            yield path
            yield from key_paths(inner, path)
    elif isinstance(value, list):
        for inner in value:
            yield from key_paths(inner, f"{parent}[]")
