"""`--chart`: a picture beside the rows, in a file of its own."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import Shanxi

COMMANDS = [("timeline", "mine"), ("facets", "place", "mine"), ("figures", "--in", "article")]


@pytest.mark.parametrize("command", COMMANDS, ids=[command[0] for command in COMMANDS])
def test_a_chart_changes_no_row(shanxi: Shanxi, tmp_path: Path, command: tuple[str, ...]) -> None:
    plain = shanxi(*command)
    run = shanxi(*command, "--chart", str(tmp_path / "chart.svg"))
    assert (run.status, run.out, run.err) == (0, plain.out, plain.err)
    root = ElementTree.parse(tmp_path / "chart.svg").getroot()  # ours
    assert root.get("role") == "img"


def test_a_png(shanxi: Shanxi, tmp_path: Path) -> None:
    assert shanxi("timeline", "--chart", str(tmp_path / "chart.PNG")).status == 0
    assert (tmp_path / "chart.PNG").read_bytes().startswith(b"\x89PNG\r\n")


def test_nothing_found_draws_nothing(shanxi: Shanxi, tmp_path: Path) -> None:
    assert shanxi("timeline", "zeppelin", "--chart", str(tmp_path / "chart.svg")).status == 1
    assert list(tmp_path.glob("*.svg")) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("timeline", "--chart", "a.pdf"), "--chart a.pdf: a chart is a file that ends in .svg or .png"),
        (("timeline", "--chart", "a.svg", "-c"), "--chart and --count cannot be combined"),
        (("facets", "year", "--chart", "a.svg", "-q"), "--chart and --quiet cannot be combined"),
        (("timeline", "--chart", "a.svg", "--years-mentioned"), "--chart and --years-mentioned cannot be combined"),
        (("figures", "--chart", "a.svg", "--check"), "--check and --chart cannot be combined"),
        (("timeline", "--chart", "no/a.svg"), "cannot write no/a.svg: No such file or directory"),
    ],
    ids=["ending", "count", "quiet", "years", "check", "folder"],
)
def test_mistakes(shanxi: Shanxi, arguments: tuple[str, ...], message: str) -> None:
    run = shanxi(*arguments)
    assert (run.status, run.out, run.err) == (2, "", f"shanxi: {message}\n")


def test_png_without_the_extra(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    run = shanxi("timeline", "--chart", "a.png")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "shanxi: for PNG, install the extra: pip install 'shanxi[report]' (in a checkout: '.[report]');"
        " .svg needs nothing\n"
    )
