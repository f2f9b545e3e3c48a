"""Make the pictures of `shanxi browse` in docs/: the screen over the shipped articles, light and dark.

python docs/browse.py            writes docs/browse.svg and docs/browse-narrow.svg
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))  # this checkout, whatever else is installed

from shanxi_cli.answers.retrying_reader import RetryingReader  # noqa: E402
from shanxi_cli.archive import ArchiveContext  # noqa: E402
from shanxi_cli.browse.answers import FACETS, ArchiveBrowser, BrowseQuery  # noqa: E402
from shanxi_cli.browse.app import DARK, LIGHT, BrowseActions, BrowseApp  # noqa: E402
from shanxi_cli.browse.facet_list import FacetList  # noqa: E402
from shanxi_cli.paths import locate_archive  # noqa: E402
from shanxi_cli.query.ast import WordOperator  # noqa: E402

PICTURES = {
    "browse.svg": ((140, 36), DARK, ["down", "down", "n"]),
    "browse-narrow.svg": ((80, 24), LIGHT, ["down", "space", "up"]),
}


async def picture(browser: ArchiveBrowser, size: tuple[int, int], theme: str, keys: list[str]) -> str:
    """Return a picture (SVG) of the screen after these keys."""
    nothing = BrowseActions(lambda name: None, lambda name, query: None, lambda article: "")
    app = BrowseApp(browser, nothing, BrowseQuery("coal place:Taiyuan", WordOperator.ANY), accepts=False)
    app.theme = theme
    async with app.run_test(size=size) as pilot:
        while FACETS[-1] not in app.query_one(FacetList).groups:
            await pilot.pause(0.05)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.5)
        app.show_count()  # without the milliseconds
        await pilot.pause(0.2)
        svg = app.export_screenshot(title="shanxi browse")
    return re.sub(r"terminal-\d+", "browse", svg)


def main() -> int:
    """Write the pictures."""
    with tempfile.TemporaryDirectory() as place:
        locations = locate_archive([str(DOCS.parent / "corpus")], place, {})
        reader = RetryingReader(ArchiveContext(locations, lambda message: None, lambda done, total: None))
        for name, (size, theme, keys) in PICTURES.items():
            svg = asyncio.run(picture(ArchiveBrowser(reader.run), size, theme, keys))
            (DOCS / name).write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
