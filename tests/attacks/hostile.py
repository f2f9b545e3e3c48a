"""A corpus that means harm: what a terminal obeys in every field, files that are none, links that lead out."""

import json
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

BLINK = "\x1b[5;41m"
"""A sequence that nothing of ours writes, so that whoever sees it knows where it came from."""

POISONS = {
    "csi": f"{BLINK}red\x1b[0m \x1b[2J\x1b[1;1H\x1b[?1049h\x1b[6n",
    "osc": "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\ \x1b]52;c;aGk=\x07 \x1b]0;a title\x07",
    "dcs": "\x1bP1$r0m\x1b\\ \x1b_apc\x1b\\ \x1b^pm\x1b\\ \x1bXsos\x1b\\ \x1bc \x1b(0",
    "c1": "\x9b5;41mred \x9d0;t\x9c \x90q\x9c \x85 \x84",
    "c0": "nul\0 bell\x07 back\x08 tab\x0b feed\x0c so\x0e del\x7f",
    "bidi": "\u202egnp.exe\u202c \u2066x\u2069 \u200fy\u200e \u061cz",
    "hidden": "co\u200bal co\u200cal co\u200dal co\ufeffal co\u2060al \u180e \u2028 \u2029 \U000e0041 \ufff9a\ufffb",
    "markup": "[bold red]b[/] [link=http://evil.example]l[/link] :fire: %s {0} `touch x` $(touch x) ; touch x",
    "tex": "}\\input{/etc/passwd}{ \\ ~ ^ $ # % & _ @article{x, <script>alert(1)</script> =1+1 @SUM(1)",
    "unended": "open \x1b]8;;http://evil.example and all that follows",
    "cut": "the end\x1b",
    "cut in a sequence": "the end\x1b[",
}
"""What a text may hold that must not reach a terminal as it is."""


def article(values: dict[str, object], body: str) -> str:
    """A file of an article. JSON is YAML, and spells every odd character by its number."""
    front = "".join(f"{name}: {_yaml(value)}\n" for name, value in values.items())
    return f"---\n{front}---\n\n{body}\n"


def _yaml(value: object) -> str:
    # YAML has no halves of characters: what needs two is written as it is.
    text = json.dumps(value)
    return text if "\\ud" not in text else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f")


def every_field(poison: str) -> dict[str, object]:
    """Front matter with a poison in each field that text can stand in."""
    return {
        "title": f"Hostile coal {poison}",
        "deck": f"a deck of mines {poison}",
        "author": [f"Li Min {poison}", poison],
        "contributors": [f"Wang {poison}"],
        "date": "2021-07",
        "date_note": f"a note {poison}",
        "publication": f"Daily {poison}",
        "section": f"Business {poison}",
        "page": f"1 {poison}",
        "language": f"en {poison}",
        "type": f"article {poison}",
        "edition": f"an edition {poison}",
        "places": [f"Taiyuan {poison}"],
        "people": [{"name": f"Zhao {poison}", "role": f"miner {poison}", "organisation": f"Mine {poison}"}],
        "organisations": [f"Coal Co {poison}"],
        "keywords": [f"coal {poison}", f"{poison}"],
        "captions": [{"text": f"A mine {poison}", "credit": f"Sun {poison}"}],
    }


def body(poison: str) -> str:
    """A body with a poison beside words, in quantities and their units, and alone."""
    return (
        f"Hostile coal {poison} mine. Output grew 12.5 percent {poison} to 300 million yuan ($50 million).\n\n"
        f"{poison}\n\nThere are 40 to 60 {poison} people, 5,000 mi{poison}nes and 20 m{poison}u. Coal{poison}coal coal."
    )


def readable(folder: Path) -> list[str]:
    """Writes articles that can be read, one a poison, and gives their ids."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = []
    for name, poison in POISONS.items():
        ids.append(f"hostile-{name.replace(' ', '-')}")
        (folder / f"{ids[-1]}.md").write_bytes(article(every_field(poison), body(poison)).encode("utf-8"))
    bare = article({"title": "Hostile coal bare"}, "x").replace("x", "".join(POISONS.values()) + " coal")
    (folder / "hostile-bare.md").write_bytes(bare.encode())
    return [*ids, "hostile-bare"]


ODD_NAMES = [
    b"hostile\nline.md",
    b"hostile\x1b[5;41mescape.md",
    b"hostile\x9b5;41m.md",
    b"hostile-\xff\xfe.md",
    b"hostile \xe2\x80\xae gnp.md",
    b"hostile\ttab.md",
    b"hostile $(touch x) `touch x` ';\"&|<>*?.md",
    b"hostile [bold]markup[-bold].md",
    b"..md",
    b"...md",
    b"-x.md",
    b"--help.md",
    b"@1.md",
    b" .md",
    b"Hostile-Case.md",
    b"hostile-case.md",
    "hostile-café.md".encode(),
    "hostile-cafe\u0301.md".encode(),
    b"con.md",
    b"%s{0}.md",
    b"x" * 250 + b".md",
]
"""Names of files that are articles in all but their names."""

BAD_FRONTS = {
    "bomb": "title: x\na: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]",
    "tag": 'title: !!python/object/apply:os.system ["touch executed"]',
    "tag-by-uri": 'title: !<tag:yaml.org,2002:python/name:os.system> ""',
    "merge": "title: x\nbase: &base {a: b}\nother:\n  <<: *base",
    "deep": "title: " + "[" * 50_000,
    "deep-block": "title: x\n" + "".join(" " * n + "a:\n" for n in range(200)),
    "keys": "title: x\n" + "".join(f"k{n}: v\n" for n in range(20_000)),
    "question": "? " * 50_000 + "title",
    "names": f'"{BLINK}": x\ntitle: x\n"{BLINK}2": [x, {{a: b}}]\ntitle: "{BLINK}"',
    "no-title": 'deck: "\\e[5;41m"\nauthor: x',
    "half": 'title: "\\ud800"',
    "date": 'title: x\ndate: "\\e[5;41m2021"',
    "directive": "%YAML 9.9\n--- \ntitle: x",
    "two": "title: x\n...\n--- \ntitle: y",
    "binary": "title: \0\1\2\x1b\x7f",
}
"""Front matters that must be refused, or read as the text they are."""


def files_that_are_none(folder: Path, outside: Path) -> None:
    """Odd names, bad front matters, links out in every way, loops, a FIFO, a socket and devices, all named `*.md`.

    `outside` is a folder beside the corpus that has an article `secret.md`.
    """
    for number, odd in enumerate(ODD_NAMES):
        text = article({"title": f"Hostile coal name {number}"}, "Coal in a file of an odd name.")
        with open(os.path.join(os.fsencode(folder), odd), "wb") as file:
            file.write(text.encode())
    for name, front in BAD_FRONTS.items():
        (folder / f"bad-{name}.md").write_text(f"---\n{front}\n---\n\nHostile coal.\n", encoding="utf-8")
    (folder / "bad-utf8.md").write_bytes(b"---\ntitle: x\n---\n\n\xff\xfe\xed\xa0\x80 coal\n")
    (folder / "bad-utf16.md").write_bytes("---\ntitle: x\n---\ncoal".encode("utf-16"))
    (folder / "bad-empty.md").write_bytes(b"")
    (folder / "bad-open.md").write_bytes(b"---\n" * 1)
    for name, target in _links(folder, outside):
        os.symlink(target, folder / name)
    os.mkfifo(folder / "fifo.md")
    with suppress(PermissionError):  # for root alone
        os.mknod(folder / "device.md", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    with socket.socket(socket.AF_UNIX) as listener:
        before = os.getcwd()
        os.chdir(folder)  # the name of a socket has at most 107 bytes
        listener.bind("socket.md")
        os.chdir(before)


def _links(folder: Path, outside: Path) -> Iterator[tuple[str, str | Path]]:
    yield "link-to-file.md", outside / "secret.md"
    yield "link-relative.md", f"../{outside.name}/secret.md"
    yield "link-to-folder", outside
    yield "link-to-folder.md", outside
    yield "link-to-link.md", folder / "link-to-file.md"
    yield "link-through-folder.md", folder / "link-to-folder" / "secret.md"
    yield "link-to-nothing.md", outside / "nothing.md"
    yield "link-loop-a.md", "link-loop-b.md"
    yield "link-loop-b.md", "link-loop-a.md"
    yield "link-to-itself.md", "link-to-itself.md"
    yield "link-up", ".."
    yield "link-here", "."
    yield "link-zero.md", "/dev/zero"
    yield "link-random.md", "/dev/urandom"
    yield "link-stdin.md", "/dev/stdin"
    yield "link-passwd.md", "/etc/passwd"
    yield "link-proc.md", "/proc/self/environ"
    yield "link-root", "/"
