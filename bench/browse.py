"""Measure how long a key waits on the screen of `browse`, while searches run in its worker thread.

    python bench/browse.py [NUMBER] [--corpus FOLDER --index FOLDER]

NUMBER articles are generated [20000], unless folders are named. Keys are typed as fast as a quick typist does, the
cursor is moved in facets and list, and articles are read. A key waits for the step of the event loop that runs when it
comes, so the longest step is the longest wait: by the clock, and by the processor, which other programs disturb less.
"""

import argparse
import asyncio
import gc
import sys
import tempfile
import time
from pathlib import Path

from make_archive import articles
from speeds.programs import PROJECT

sys.path.insert(0, str(PROJECT))

from shanxi_cli.answers.retrying_reader import RetryingReader
from shanxi_cli.archive import ArchiveContext
from shanxi_cli.browse.answers import ArchiveBrowser, BrowseQuery
from shanxi_cli.browse.app import BrowseActions, BrowseApp
from shanxi_cli.paths import locate_archive
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.util.startup import spread_gc

TYPED = ("coal mine province", "water OR school", "market +energy -tourism", "place:Datong people:1000..", "the co*")
SECONDS_BETWEEN_KEYS = 0.1
SWITCH_INTERVAL = 0.0005


class Watch:
    """The steps of the event loop: what each took of the processor, and of the clock."""

    def __init__(self) -> None:
        self.cpu: list[float] = []
        self.wall: list[float] = []
        self._run = asyncio.Handle._run

    def start(self) -> None:
        """Note each step from now on."""
        run = self._run

        def timed(handle: asyncio.Handle) -> None:
            cpu, wall = time.thread_time(), time.perf_counter()
            run(handle)
            self.cpu.append(time.thread_time() - cpu)
            self.wall.append(time.perf_counter() - wall)

        asyncio.Handle._run = timed  # type: ignore[assignment,method-assign]

    def stop(self) -> None:
        """Note nothing any more."""
        asyncio.Handle._run = self._run  # type: ignore[method-assign]


async def measure(browser: ArchiveBrowser, size: tuple[int, int]) -> Watch:
    """Type and move as a quick reader does; return the steps of the event loop meanwhile."""
    actions = BrowseActions(lambda name: None, lambda name, query: None, lambda article: "")
    app = BrowseApp(browser, actions, BrowseQuery("", WordOperator.ANY), accepts=False)
    watch = Watch()
    async with app.run_test(size=size) as pilot:
        await pilot.pause(2)
        watch.start()

        async def press(key: str) -> None:
            await pilot.press(key)
            await asyncio.sleep(SECONDS_BETWEEN_KEYS)

        for text in TYPED:
            for key in ["slash" if text is not TYPED[0] else "end", "ctrl+u", *text]:
                await press({" ": "space"}.get(key, key))
            await asyncio.sleep(1)
            for key in "down down down pagedown j enter n n pagedown escape end f down".split():
                await press(key)
        watch.stop()
    return watch


def main() -> int:
    """Print the longest steps on a small and on a large screen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("number", type=int, nargs="?", default=20_000)
    parser.add_argument("--corpus")
    parser.add_argument("--index")
    asked = parser.parse_args()
    sys.setswitchinterval(SWITCH_INTERVAL)
    with tempfile.TemporaryDirectory() as place:
        corpus, index = asked.corpus or f"{place}/corpus", asked.index or f"{place}/index"
        if not asked.corpus:
            Path(corpus).mkdir()
            for name, text in articles(asked.number, 1):
                (Path(corpus) / f"{name}.md").write_text(text, encoding="utf-8")
        locations = locate_archive([corpus], index, {})
        reader = RetryingReader(ArchiveContext(locations, print, lambda done, total: None))
        reader.run(lambda archive: None)
        for size in ((80, 24), (200, 60)):
            gc.collect()  # what the screen before has left: a user opens one
            spread_gc()
            watch = asyncio.run(measure(ArchiveBrowser(reader.run), size))
            cpu, wall = sorted(watch.cpu), sorted(watch.wall)
            shown = "; ".join(
                f"{name}: 99% below {times[int(len(times) * 0.99)] * 1000:.1f} ms, longest {times[-1] * 1000:.1f} ms"
                for name, times in (("processor", cpu), ("clock", wall))
            )
            print(f"{size[0]}x{size[1]}: {len(cpu):,} steps; {shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
