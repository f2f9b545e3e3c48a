"""Base of an update: the generation that it continues, if there is one that is sound.

Several machines can keep one index in a cluster up to date. The local generation leads to the one that this machine
has built; if another has published since, a new local generation takes its place, with the manifest of that build.
"""

from contextlib import suppress
from pathlib import Path

from shanxi_cli.corpus.reader import display_path
from shanxi_cli.engines.base import Backend
from shanxi_cli.errors import IndexUnusable, LocationError
from shanxi_cli.indexing import store
from shanxi_cli.indexing.manifest import Manifest, load_manifest
from shanxi_cli.indexing.snapshot import Generation, verify_generation
from shanxi_cli.util.text import pluralize


def adopt_newer_index(index: Path, backend: Backend) -> None:
    """Make the index that others have published the current local generation, if this program can continue it.

    The caller has the lock and has reserved the index. For a local engine this does nothing.
    """
    if backend.local:
        return
    current = None
    with suppress(IndexUnusable):
        current = store.current_generation(index)
    with suppress(IndexUnusable):  # of another format, or damaged: the build begins from scratch
        newer = backend.newer(current.directory if current else None)
        if newer and newer.identity == backend.identity():
            store.build_generation(index, None, backend, backend.adopt, newer.built)


def find_usable_generation(index: Path, backend: Backend) -> Generation | None:
    """Return the current generation if this program can read it, and its engine still has it."""
    try:
        generation = store.current_generation(index)
        if generation and generation.identity == backend.identity():
            store.require_alive(generation, backend)
            return generation
    except IndexUnusable:
        pass
    return None


def load_verified_manifest(generation: Generation) -> Manifest | None:
    """Return the manifest of a generation; None if the generation is damaged and cannot be continued."""
    try:
        verify_generation(generation)  # damage must not be carried over into the next generation
        return load_manifest(generation)
    except IndexUnusable:
        return None


def refuse_emptying(roots: tuple[str, ...], previous: Manifest) -> None:
    """Raise `LocationError` if an index that others read has articles: folders may be empty as a disk is missing."""
    if articles := sum(bool(entry.id) for entry in previous.entries):
        where, count = ", ".join(map(display_path, roots)), pluralize(articles, "article")
        raise LocationError(
            f"there are no articles any more in {where}, and the index in the cluster has {count}; "
            "if that is right, run shanxi index --rebuild"
        )
