"""A folder as an argument of `import`."""

from pathlib import Path

import pytest

from shanxi_cli.importers.folders import list_folder_files
from tests.conftest import Shanxi


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "# Frost\n\nBy LENA FISCHER\n\nThe pass above Holm is closed, and the ferry waits.\n"
    pages = '<FLocat href="page1.xml"/><FLocat xlink:href="file://./alto/page2.xml"/>'
    files = {
        "b.txt": text,
        "a/c.html": text,
        ".hidden/x.txt": text,
        "page_files/menu.html": text,
        "photo.png": text,
        "issue/16.xml": f'<mets:mets>{pages}<div TYPE="ARTICLE"/></mets:mets>',
        "issue/manifest.xml": f"<mets>{pages}</mets>",
        "issue/page1.xml": "<alto/>",
        "issue/page3.xml": "<alto/>",
        "issue/alto/page2.xml": "<alto/>",
        "delpher/didl.xml": '<didl:DIDL xmlns:didl="x"><Resource dcx:filename="a_articletext.xml"/></didl:DIDL>',
        "delpher/a_articletext.xml": "<text/>",
    }
    for name, content in files.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path / "in"


def test_files_of_a_folder_in_order(folder: Path) -> None:
    found = list_folder_files(str(folder))
    names = [str(Path(path).relative_to(folder)) for path in found.files]
    assert names == ["b.txt", "a/c.html", "delpher/didl.xml", "issue/16.xml", "issue/page3.xml"]
    assert found.passed_over == {".png": 1, ".xml": 4}


def test_import_of_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "one.txt").write_text(
        "# Frost\n\nBy LENA FISCHER\n\nThe pass above Holm is closed, and the ferry waits.\n"
    )
    (pages / "photo.png").write_bytes(b"\x89PNG")
    run = Shanxi(capsys)("import", str(pages), "--into", str(tmp_path / "out"))
    assert run.status == 0
    assert run.err == f"shanxi: {pages}: passed over .png 1\nshanxi: 1 added in {tmp_path}/out\n"
    assert [path.name for path in (tmp_path / "out").glob("*.md")] == ["frost.md"]
