"""`papis list`: a library with one folder per document. It searches metadata, so the texts are abstracts."""

import json
import shutil
import subprocess

from shanxi_cli.corpus.reader import load_article
from speeds.archives import Archive
from speeds.tools.installed import package, program

NAME = "papis list"
MOST = 10_000


def version() -> str:
    """See `Tool.version`."""
    return package("papis")


def prepare(archive: Archive, environment: dict[str, str]) -> None:
    """See `Tool.prepare`. The first search makes papis's own cache of the library."""
    library, partly = archive.place / "papis", archive.place / "papis.new"
    if library.exists():
        return
    shutil.rmtree(partly, ignore_errors=True)
    for n, source in enumerate(archive.sources()):
        article, _ = load_article(source)
        known = {"ref": article.id, "title": article.title, "abstract": article.body, "papis_id": f"{n:032x}"}
        (partly / article.id).mkdir(parents=True)
        (partly / article.id / "info.yaml").write_text(json.dumps(known), encoding="utf-8")  # JSON is YAML
    partly.rename(library)
    config = archive.place / ".config" / "papis" / "config"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f"[settings]\ndefault-library = articles\n[articles]\ndir = {library}\n", encoding="utf-8")
    subprocess.run(command(archive), env=environment, check=True, capture_output=True)


def command(archive: Archive) -> list[str]:
    """See `Tool.command`."""
    asked = f"abstract:{archive.words.rare}"
    return [program("papis") or "papis", "list", "--all", "--format", "{doc[ref]}", asked]
