"""The importer against pages whose truth was written by hand: `page-*.txt` with `truth.json`, outside the project.

Their folder is `SHANXI_PAGES`, else `../shared/pages` beside the checkout; without it these tests are skipped.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.segmentation.pipeline import segment_page
from tests.support.paths import PROJECT

FOLDER = Path(os.environ.get("SHANXI_PAGES") or PROJECT.parent / "shared" / "pages")
pytestmark = pytest.mark.skipif(not (FOLDER / "truth.json").is_file(), reason=f"no pages with their truth in {FOLDER}")


def truths() -> list[dict[str, Any]]:
    found = FOLDER / "truth.json"
    return json.loads(found.read_text())["pages"] if found.is_file() else []


def bare(text: str | None) -> str:
    return re.sub(r"\W", "", (text or "").lower())


@pytest.mark.parametrize("truth", truths(), ids=lambda truth: truth["page"])
def test_segment_page_matches_the_truth(truth: dict[str, Any]) -> None:
    page = segment_page((FOLDER / truth["file"]).read_text(encoding="utf-8"))
    assert len(page.articles) == len(truth["articles"])
    for wanted, found in zip(truth["articles"], page.articles, strict=True):
        if wanted["headline"]:
            assert (found.title, found.title_note) == (wanted["headline"], "")
        else:
            assert found.title_note
        assert found.deck == (wanted["standfirst"] or "")
        assert list(found.author) == ([wanted["byline"]] if wanted["byline"] else [])
        assert list(found.contributors) == wanted["contributors"]
        assert found.author_note == (wanted["author_note"] or "")
        assert found.paragraphs == wanted["body"]
        told = sorted((bare(caption.text), bare(caption.credit)) for caption in found.captions)
        assert told == sorted((bare(caption["text"]), bare(caption["credit"])) for caption in wanted["captions"])
        joins = sum(repair.startswith(("joined paragraph", "joined word")) for repair in found.repairs)
        assert joins >= len(wanted["joins"])
