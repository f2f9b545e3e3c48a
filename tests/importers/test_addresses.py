"""The address of an imported article: stated by the page, its container, the feed, the export or the mail."""

import json
from pathlib import Path

import pytest

from shanxi_cli.importers import read_parts

BODY = (
    "<article><h1>Frost</h1><p>The pass above Holm is closed.</p><p>The ferry waits for better weather.</p></article>"
)
ADDRESS = "https://holm.example/2021/frost"


def page(head: str = "") -> str:
    return f"<!doctype html>\n<html><head><title>Frost</title>{head}</head><body>{BODY}</body></html>"


def mhtml(head: str = "") -> str:
    return (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {ADDRESS}\nSubject: Frost\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="B"\n\n--B\nContent-Type: text/html\n'
        f"\n{page(head)}\n--B--\n"
    )


def warc(head: str = "") -> str:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page(head)}"
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {ADDRESS}\r\nWARC-Date: 2021-07-23T08:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n{http}\r\n\r\n"
    )


def read_address(folder: Path, data: str, name: str = "input") -> str:
    path = folder / name
    path.write_bytes(data.encode())
    [article] = [article for part in read_parts(str(path)) for article in part.page.articles]
    return article.url


LINKED = json.dumps({"@type": "NewsArticle", "headline": "Frost", "mainEntityOfPage": {"@id": ADDRESS}})


@pytest.mark.parametrize(
    ("data", "address"),
    [
        (page(f'<link rel="canonical" href="{ADDRESS}">'), ADDRESS),
        (page(f'<meta property="og:url" content="{ADDRESS}">'), ADDRESS),
        (page(f'<script type="application/ld+json">{LINKED}</script>'), ADDRESS),
        (f"<!-- saved from url=(0031){ADDRESS} -->\n{page()}", ADDRESS),
        (f"<!-- Page saved with SingleFile\n url: {ADDRESS}\n-->\n{page()}", ADDRESS),
        (page('<link rel="canonical" href="https://holm.example/">'), ""),
        (page('<link rel="canonical" href="/2021/frost">'), ""),
        (page(), ""),
        (mhtml(), ADDRESS),
        (mhtml('<link rel="canonical" href="/frost">'), "https://holm.example/frost"),
        (warc(), ADDRESS),
        (
            f"<rss version='2.0'><channel><item><title>Frost</title><link>{ADDRESS}</link>"
            "<description>The pass is closed.</description></item></channel></rss>",
            ADDRESS,
        ),
        (f"TY  - NEWS\nTI  - Frost\nAB  - The pass is closed.\nUR  - {ADDRESS}\nER  - \n", ADDRESS),
        (f'[{{"webTitle": "Frost", "webUrl": "{ADDRESS}", "fields": {{"bodyText": "The pass is closed."}}}}]', ADDRESS),
        ('[{"headline": "Frost", "uri": "urn:holm:1", "body_text": "The pass is closed."}]', ""),
        (
            f"From: Lena <l@holm.example>\nTo: desk\nSubject: Frost\nArchived-At: <{ADDRESS}>\n\nThe pass is closed.\n",
            ADDRESS,
        ),
        ("From: Lena <lena@holm.example>\nTo: desk\nSubject: Frost\n\nRead https://holm.example/x now.\n", ""),
        (
            f"<nitf><head><docdata><doc-id id-string='{ADDRESS}'/></docdata></head><body><body.content>"
            "<p>The pass is closed.</p></body.content></body></nitf>",
            ADDRESS,
        ),
        (
            f"<newsItem guid='{ADDRESS}'><contentMeta><headline>Frost</headline></contentMeta><contentSet><inlineData>"
            "The pass is closed.</inlineData></contentSet></newsItem>",
            ADDRESS,
        ),
        (
            f"Holm Courier\n\n1 of 1 DOCUMENTS\n\nHolm Courier\n\nMay 3, 2019 Friday\n\nFrost\n\nLENGTH: 4 words\n\n"
            f"HIGHLIGHT: The ferry waits; {ADDRESS}\n\nThe pass is closed.\n\nLANGUAGE: ENGLISH\n",
            ADDRESS,
        ),
    ],
    ids=[
        "canonical",
        "og-url",
        "json-ld",
        "saved-by-a-browser",
        "saved-by-singlefile",
        "front-page",
        "path-without-a-site",
        "none",
        "mhtml",
        "mhtml-with-a-path",
        "warc",
        "feed",
        "ris",
        "json",
        "json-with-a-name",
        "archived-mail",
        "link-in-a-mail",
        "nitf",
        "newsml",
        "nexis-highlight",
    ],
)
def test_address_of_an_article(tmp_path: Path, data: str, address: str) -> None:
    assert read_address(tmp_path, data) == address


def test_address_in_a_column(tmp_path: Path) -> None:
    table = f"title,text,link\nFrost,The pass is closed.,{ADDRESS}\n"
    assert read_address(tmp_path, table, "a.csv") == ADDRESS
