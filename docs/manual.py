"""The manual pages shanxi(1) and shanxi-query(7), in man(7), from the program's options and the pages beside this.

Run by `generate.py`. The Markdown that is understood is what our pages use.
"""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from shanxi_cli import __version__
from shanxi_cli.cli.app import app
from shanxi_cli.cli.help_format import describe_parameter, group_commands, split_help

DOCS = Path(__file__).parent
SEE = r"\fB{}\fR({})"
_ESCAPES = {"\\": r"\e", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti", "-": r"\-", '"': r"\(dq"}
_INLINE = re.compile(r"`` ?(?P<two>.+?) ?``|`(?P<one>[^`]+)`|\*\*(?P<bold>[^*]+)\*\*|\[(?P<link>[^\]]+)\]\([^)]*\)")
_PAGES = re.compile(r" \(see \[[^\]]+\]\([^)]*\)\)")
"""A pointer to another page of the documentation, which a reader of the manual may not have."""
_SENTENCE = re.compile(r"(?<=[a-z0-9)RQ][.:?!]) +(?=[A-Z\\])")


def shanxi_1(date: str) -> str:
    """shanxi(1): every command and option, exit statuses, the environment."""
    group: Any = typer.main.get_command(app)
    context = typer.Context(group, info_name="shanxi", **group.context_settings)
    about, examples = _help(group)
    lines = [
        *_head("SHANXI", 1, date, "shanxi", about.rstrip(".")),
        ".SH SYNOPSIS",
        *_synopsis(context),
        ".SH DESCRIPTION",
        *_paragraph(f"{about} Errors and notes go to stderr, the answer to stdout."),
        *_paragraph("Options that name the archive may stand before the command or behind it."),
        ".SH OPTIONS",
        *_options(context),
        ".SH COMMANDS",
    ]
    for commands in group_commands(group).values():
        for name, command in commands.items():
            lines += [f".SS {_code(name)}", *_command(typer.Context(command, parent=context, info_name=name))]
    statuses = _section((DOCS / "output.md").read_text(encoding="utf-8"), "Exit statuses")
    environment = (DOCS / "environment.md").read_text(encoding="utf-8")
    lines += [".SH EXIT STATUS", *_markdown(statuses), ".SH ENVIRONMENT", *_markdown(environment)]
    lines += [".SH EXAMPLES", *_verbatim(examples), ".SH SEE ALSO", SEE.format(r"shanxi\-query", 7)]
    return _joined(lines)


def shanxi_query_7(date: str) -> str:
    """shanxi-query(7): docs/query.md."""
    text = (DOCS / "query.md").read_text(encoding="utf-8")
    lines = [
        *_head("SHANXI-QUERY", 7, date, "shanxi-query", "the query language of shanxi"),
        ".SH DESCRIPTION",
        *_markdown(text),
        ".SH SEE ALSO",
        SEE.format("shanxi", 1),
    ]
    return _joined(lines)


def _joined(lines: list[str]) -> str:
    """The lines as a page, without the paragraph macros right after a heading, which is one itself."""
    pairs = zip(["", *lines], lines, strict=False)
    return "".join(f"{line}\n" for before, line in pairs if line != ".PP" or not before.startswith((".SH", ".SS")))


def _head(title: str, section: int, date: str, name: str, about: str) -> list[str]:
    return [
        r".\" Made by docs/generate.py; not to be edited.",
        f'.TH {_code(title)} {section} {date} "shanxi {__version__}"',
        ".SH NAME",
        rf"{_code(name)} \- {_text(about[:1].lower() + about[1:])}",
    ]


# Commands


def _synopsis(context: Any) -> list[str]:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    return [rf"\fB{_code(context.command_path)}\fR {_code(pieces)}"]


def _command(context: Any) -> Iterator[str]:
    about, examples = _help(context.command)
    yield from _synopsis(context)
    yield from _paragraph(about)
    yield from _options(context)
    if examples:
        yield from _paragraph("For example:")
        yield from _verbatim(examples)


def _options(context: Any) -> Iterator[str]:
    for param in sorted(context.command.get_params(context), key=lambda param: param.param_type_name != "argument"):
        record = describe_parameter(param, context)
        if record:
            yield from (".TP", rf"\fB{_code(record[0])}\fR", *_filled(_text(record[1])))


def _help(command: Any) -> tuple[str, list[str]]:
    """Return the help of a command: its text, and the lines of its examples."""
    text = split_help(command)
    return f"{text.summary} {text.details}".strip(), text.examples


# Markdown


def _section(text: str, title: str) -> str:
    """What stands under a heading of a page."""
    parts = (part.partition("\n") for part in re.split(r"^## ", text, flags=re.MULTILINE))
    return next(body for name, _, body in parts if name == title)


def _markdown(text: str) -> Iterator[str]:
    """A page or a part of one as man(7); its title is left out."""
    for block in _blocks(text):
        first = block[0]
        if first.startswith("```"):
            yield from _verbatim(block[1:-1])
        elif first.startswith("## "):
            yield f".SH {_code(first[3:].upper())}"
        elif first.startswith("|"):
            yield from _table(block)
        elif first.startswith("* "):
            for item in re.split(r"^\* ", "\n".join(block), flags=re.MULTILINE)[1:]:
                yield from (r".IP \(bu 2", *_filled(_text(item)))
        elif not first.startswith("# "):
            yield from _paragraph("\n".join(block))


def _blocks(text: str) -> Iterator[list[str]]:
    """The runs of lines between empty ones; what is fenced is one run."""
    block: list[str] = []
    fenced = False
    for line in [*text.splitlines(), ""]:
        if line.startswith("```"):
            fenced = not fenced
        if line or fenced:
            block.append(line)
        elif block:
            yield block
            block = []


def _table(rows: list[str]) -> Iterator[str]:
    """A table as a list: the first cell of a row, under it the others, from the third on with their heading."""
    heading, _, *body = ([cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows)
    for first, second, *others in body:
        yield from (".TP", _text(first), *_filled(_text(second)))
        for title, cell in zip(heading[2:], others, strict=True):
            if cell:
                yield from (".br", *_filled(_text(f"{title}: {cell}")))


def _paragraph(text: str) -> list[str]:
    return [".PP", *_filled(_text(text))]


def _verbatim(lines: list[str]) -> list[str]:
    return [".PP", ".RS 4", ".nf", *(_protected(_code(line)) for line in lines), ".fi", ".RE"]


def _text(markdown: str) -> str:
    """Running text with its code and emphasis in bold."""
    pieces, at = [], 0
    text = _PAGES.sub("", " ".join(markdown.replace("\\|", "|").split())).replace("docs/query.md", "shanxi-query(7)")
    for found in _INLINE.finditer(text):
        bold = found["two"] or found["one"] or found["bold"]
        pieces.append(_plain(text[at : found.start()]))
        pieces.append(rf"\fB{_code(bold)}\fR" if bold else _plain(found["link"]))
        at = found.end()
    return "".join([*pieces, _plain(text[at:])])


def _plain(text: str) -> str:
    return _code(text).replace(r"\-", "-").replace(r"\(dq", '"')


def _code(text: str) -> str:
    """Text in which each character means itself, in ASCII."""
    escaped = "".join(_ESCAPES.get(char, char) for char in text)
    return "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in escaped)


def _filled(text: str) -> list[str]:
    """Text in lines of at most 78 columns, each sentence on a line of its own, as manual pages are kept."""
    wrap = textwrap.TextWrapper(78, break_long_words=False, break_on_hyphens=False)
    return [_protected(line) for sentence in _SENTENCE.split(text) for line in wrap.wrap(sentence)]


def _protected(line: str) -> str:
    return rf"\&{line}" if line.startswith((".", "'")) else line
