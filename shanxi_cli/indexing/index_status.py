"""State of an index on disk: whether it can be used, and whether its corpus has changed since it was built."""

from pathlib import Path

from shanxi_cli.engines.base import Backend
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing import store
from shanxi_cli.indexing.change_detection import has_changed, may_have_changed
from shanxi_cli.indexing.manifest import Manifest, load_manifest, load_manifest_summary
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.paths import Locations


class IndexStatus:
    """State of an index on disk, found without opening an engine.

    `generation` is None if there is no usable index; `problem` tells why one that exists is unusable. `stale` is true
    if the index must be updated, `other_folders` if its folders are others or in another order: it may answer nothing.
    With `quick_check`, only the folders of a large corpus are checked; `quickly_checked`: that was sufficient. With
    `ask_engine`, an engine that is elsewhere is asked whether it still has the index: `EngineError` if it does not say.
    """

    __slots__ = ("generation", "index", "other_folders", "problem", "quickly_checked", "stale")

    def __init__(
        self,
        locations: Locations,
        backend: Backend,
        index: Path,
        *,
        quick_check: bool = False,
        ask_engine: bool = False,
    ) -> None:
        self.index = index
        self.generation: Generation | None = None
        self.problem: IndexUnusable | None = None
        self.stale = True
        self.other_folders = self.quickly_checked = False
        try:
            self.generation = store.current_generation(index)
            if self.generation is None:
                return
            _check_identity(self.generation, backend)
            if ask_engine:
                store.require_alive(self.generation, backend)
            summary = load_manifest_summary(self.generation)
            self.other_folders = summary.roots != locations.corpus
            where = locations.corpus, locations.excluded
            self.quickly_checked = quick_check and not may_have_changed(self.generation, summary, *where)
            self.stale = not self.quickly_checked and has_changed(self.generation, summary, *where)
        except IndexUnusable as error:
            self._mark_unusable(error)

    def _mark_unusable(self, problem: IndexUnusable) -> None:
        self.generation, self.problem, self.stale = None, problem, True

    def load_manifest(self) -> Manifest:
        """Return the manifest of the index; an empty one if there is no usable index of these folders."""
        if self.generation is None or self.other_folders:
            return Manifest((), ())
        try:
            return load_manifest(self.generation)
        except IndexUnusable as error:
            self._mark_unusable(error)
            return Manifest((), ())

    @property
    def unusable_reason(self) -> str:
        """Reason why an existing index cannot be used; empty if it can, or if there is none."""
        return "the index is of other corpus folders" if self.other_folders else str(self.problem or "")


def _check_identity(generation: Generation, backend: Backend) -> None:
    if generation.identity != backend.identity():
        raise IndexUnusable("the index was made by another version of shanxi")
