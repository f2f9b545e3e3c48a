"""E-mails, mailboxes, feeds, WordPress exports and nested JSON: each becomes articles, and no word is lost."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.errors import PageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.model.article import Article
from tests.importers.test_completeness import collect_text

MAIL = """Received: from mail.holm.example
From: =?utf-8?q?Lena_Fischer?= <lena@holm.example>
To: desk@holm.example
Subject: Fwd: =?utf-8?b?RnJvc3QgY2xvc2VzIHRoZSBwYXNz?=
Date: Fri, 23 Jul 2021 08:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=B

--B
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The pass above the caf=E9 is closed, and nobody knows when it will open
again.

The ferry waits.
--B
Content-Type: text/html; charset=utf-8

<p>The pass above the café is closed, and nobody knows when it will open again.</p><p>The ferry waits.</p>
--B
Content-Type: image/png; name=map.png
Content-Transfer-Encoding: base64

aGVsbG8=
--B--
"""

HTML_MAIL = """From: news@holm.example
Subject: Morning letter
Message-ID: <1@holm.example>
Content-Type: text/html; charset=utf-8

<html><head><style>p { color: red }</style></head><body><p>The pass is closed.</p>
<div>The ferry<br>waits.</div></body></html>
"""

MAILBOX = (
    "From lena@holm.example Fri Jul 23 08:00:00 2021\nFrom: Lena <lena@holm.example>\nTo: x@holm.example\n"
    "Subject: One\n\nFirst text.\n>From here on it is quoted.\n\n"
    "From jan@holm.example Sat Jul 24 08:00:00 2021\nFrom: Jan <jan@holm.example>\nSubject: Two\n\nSecond text.\n"
)

RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Holm Courier</title><language>en-gb</language>
<item><title>Frost &amp; ice</title><link>https://holm.example/1</link><pubDate>Fri, 23 Jul 2021 08:00:00 GMT</pubDate>
<author>lena@holm.org (Lena Fischer)</author><description>In short: closed.</description>
<content:encoded><![CDATA[<p>The pass is closed.</p><ul><li>The ferry waits.</li></ul>]]></content:encoded></item>
<item><title>Thaw</title><description>The pass opens.</description></item></channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Holm Courier</title>
<entry><title>Frost</title><author><name>Lena Fischer</name></author><updated>2021-07-23T08:00:00Z</updated>
<content type="html">&lt;p&gt;The pass is closed.&lt;/p&gt;</content></entry></feed>"""

WXR = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><title>Holm</title>
<item><title>Frost</title><dc:creator>lena</dc:creator><pubDate>Fri, 23 Jul 2021 08:00:00 +0000</pubDate>
<category domain="category">Weather</category>
<content:encoded><![CDATA[<!-- wp:paragraph -->The <b>pass</b> is closed.

[caption id="1"]A gate[/caption]

The ferry
waits.]]></content:encoded><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Draft</title><content:encoded><![CDATA[Not ready.]]></content:encoded><wp:status>draft</wp:status>
<wp:post_type>post</wp:post_type></item>
<item><title>photo-1</title><content:encoded></content:encoded><wp:post_type>attachment</wp:post_type></item>
</channel></rss>"""


def parts(folder: Path, name: str, data: str | bytes) -> list[ImportedPart]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_parts(str(path)))


def articles(folder: Path, name: str, data: str | bytes) -> list[Article]:
    return [article for part in parts(folder, name, data) for article in part.page.articles]


def test_mail_of_several_parts(tmp_path: Path) -> None:
    [part] = parts(tmp_path, "a.eml", MAIL)
    [article] = part.page.articles
    assert (article.title, article.author, article.date) == (
        "Frost closes the pass",
        ("Lena Fischer",),
        "2021-07-23",
    )
    assert article.paragraphs == [
        "The pass above the café is closed, and nobody knows when it will open again.",
        "The ferry waits.",
    ]
    assert part.page.dropped == (
        "export line: attachment map.png",
        "export line: To: desk@holm.example",
        "export line: Received: from mail.holm.example",
    )


def test_mail_of_html(tmp_path: Path) -> None:
    [article] = articles(tmp_path, "letter", HTML_MAIL)
    assert (article.title, article.paragraphs) == ("Morning letter", ["The pass is closed.", "The ferry waits."])


def test_mailbox(tmp_path: Path) -> None:
    assert [(article.title, article.body) for article in articles(tmp_path, "a.mbox", MAILBOX)] == [
        ("One", "First text.\n\nFrom here on it is quoted."),
        ("Two", "Second text."),
    ]


def test_mail_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="an e-mail without text"):
        parts(tmp_path, "a.eml", "From: a@holm.example\nTo: b@holm.example\nSubject: Frost\n\n")


def test_rss(tmp_path: Path) -> None:
    first, second = parts(tmp_path, "feed", RSS)
    [frost], [thaw] = first.page.articles, second.page.articles
    assert (frost.title, frost.date, frost.publication, frost.language) == (
        "Frost & ice",
        "2021-07-23",
        "The Holm Courier",
        "en",
    )
    assert frost.author == ("Lena Fischer",)
    assert frost.paragraphs == ["The pass is closed.", "The ferry waits."]
    assert first.page.dropped == ("export line: link https://holm.example/1", "export line: In short: closed.")
    assert (thaw.body, thaw.unsure) == ("The pass opens.", ("the feed has only its summary; save the page itself",))


def test_atom(tmp_path: Path) -> None:
    [article] = articles(tmp_path, "feed.xml", ATOM)
    assert (article.title, article.author, article.date, article.body) == (
        "Frost",
        ("Lena Fischer",),
        "2021-07-23",
        "The pass is closed.",
    )


def test_wordpress_export(tmp_path: Path) -> None:
    post, draft, picture = parts(tmp_path, "export.xml", WXR)
    [article] = post.page.articles
    assert (article.title, article.author, article.date, article.keywords) == (
        "Frost",
        ("lena",),
        "2021-07-23",
        ("Weather",),
    )
    assert article.paragraphs == ["The pass is closed.", "The ferry waits."]
    assert [caption.text for caption in article.captions] == ["A gate"]
    assert [article.unsure for article in draft.page.articles] == [("not published: its status is draft",)]
    assert (picture.page.articles, picture.page.dropped) == ((), ("attachment: photo-1",))


def wordpress_item(content: str, date: str = "Mon, 30 Nov 1999 00:00:00 +0000") -> str:
    return (
        "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:wp='http://wordpress.org/export/1.2/'>"
        f"<channel><item><title>Frost</title><pubDate>{date}</pubDate><wp:post_date>2021-07-23 08:00:00</wp:post_date>"
        f"<wp:post_type>post</wp:post_type><content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("content", "body", "captions"),
    [
        ("[caption id='a' caption='A gate']<img/>[/caption]\n\nClosed.", "Closed.", ["A gate"]),
        ("[caption id='a']<img/> A gate[/caption]\n\nClosed.", "Closed.", ["A gate"]),
        ("<figure><img/><figcaption>A gate</figcaption></figure><p>Closed.</p>", "Closed.", ["A gate"]),
        ("[dropcap]C[/dropcap]losed. [gallery ids='1,2']", "Closed.", []),
        ("[box color='red']Closed.[/box] It was [sic] closed.", "Closed. It was [sic] closed.", []),
    ],
    ids=["attribute", "inside", "figure", "paired", "sic"],
)
def test_captions_and_shortcodes_of_wordpress(tmp_path: Path, content: str, body: str, captions: list[str]) -> None:
    [article] = articles(tmp_path, "export.xml", wordpress_item(content))
    assert (article.date, article.body) == ("2021-07-23", body)
    assert [caption.text for caption in article.captions] == captions


def test_signature_of_a_mail_is_left_out(tmp_path: Path) -> None:
    mail = "From: Lena <l@holm.example>\nTo: desk\nSubject: Frost\n\nThe pass is closed.\n\n-- \nLena Fischer\nHolm\n"
    [part] = parts(tmp_path, "a.eml", mail)
    assert part.page.articles[0].body == "The pass is closed."
    assert part.page.dropped == (
        "export line: --",
        "export line: Lena Fischer",
        "export line: Holm",
        "export line: To: desk",
    )


def test_feed_without_its_extra_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "feedparser", None)
    with pytest.raises(PageError, match=r"pip install 'shanxi\[import\]'"):
        parts(tmp_path, "feed", RSS)


TEXT = "The pass is closed."


@pytest.mark.parametrize(
    "value",
    [
        {"status": "ok", "response": {"results": [{"webTitle": "Frost", "fields": {"bodyText": TEXT}}]}},
        {"response": {"docs": [{"headline": {"main": "Frost"}, "content": TEXT}]}},
        [{"title": {"rendered": "Frost"}, "content": {"rendered": f"<p>{TEXT}</p>"}}],
        {"headline": "Frost", "body_xhtml": f"<p>{TEXT}</p>", "body_text": ""},
        {"headlines": [{"role": "main", "value": "Frost"}], "bodies": [{"value": f"<p>{TEXT}</p>"}]},
        {"articles": [{"title": "Frost", "content": TEXT, "source": {"id": None, "name": "Holm"}}]},
        {"hits": {"hits": [{"_source": {"title": "Frost", "text": TEXT}}]}},
        {"title": "Frost", "paragraphs": [{"text": TEXT}]},
    ],
    ids=["fields", "main", "rendered", "ninjs", "ninjs-3", "source", "search-engine", "paragraphs"],
)
def test_nested_json(tmp_path: Path, value: object) -> None:
    [article] = articles(tmp_path, "a.json", json.dumps(value))
    assert (article.title, article.body) == ("Frost", TEXT)


def test_renditions_and_pictures_of_ninjs(tmp_path: Path) -> None:
    item = {
        "headlines": [{"role": "main", "value": "Frost closes the pass"}],
        "bodies": [
            {"contenttype": "text/plain", "value": "The pass is closed. The ferry waits."},
            {"contenttype": "text/html", "value": "<p>The pass is closed.</p><p>The ferry waits.</p><p>Read on.</p>"},
        ],
        "associations": {"main": {"type": "picture", "description_text": "Snow on the pass.", "byline": "Jan Vos"}},
    }
    [article] = articles(tmp_path, "item.json", json.dumps(item))
    assert (article.title, article.paragraphs) == (
        "Frost closes the pass",
        ["The pass is closed.", "The ferry waits.", "Read on."],
    )
    assert [(caption.text, caption.credit) for caption in article.captions] == [("Snow on the pass.", "Jan Vos")]


def test_json_without_a_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="an object without the text of an article"):
        parts(tmp_path, "a.json", json.dumps({"title": "Frost", "text": {"href": {"size": True}}}))


def test_unknown_columns_are_left_out_and_dates_are_found(tmp_path: Path) -> None:
    [part] = parts(
        tmp_path,
        "a.csv",
        "title,url,text,date_cleaned,clicks\nFrost,https://holm.example/1,Closed.,2021-07-23 08:00,7\n",
    )
    assert [article.date for article in part.page.articles] == ["2021-07-23"]
    assert [article.url for article in part.page.articles] == ["https://holm.example/1"]
    assert part.page.dropped == ("column: clicks 7",)


WORD = st.text(alphabet="abcdefghijklmnop", min_size=2, max_size=8)
WORDS = st.lists(WORD, min_size=1, max_size=8).map(" ".join)


def count_words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4))
def test_every_word_of_a_feed_is_kept_or_left_out(
    tmp_path_factory: pytest.TempPathFactory, items: list[tuple[str, str, str]]
) -> None:
    entries = "".join(
        f"<item><title>{title}</title><description>{summary}</description><content:encoded>{text}</content:encoded></item>"
        for title, summary, text in items
    )
    feed = f"<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{entries}</channel></rss>"
    found = parts(tmp_path_factory.mktemp("feed"), "a.xml", feed)
    known = set(count_words(collect_text(found)))
    assert set(count_words(" ".join(word for item in items for word in item))) <= known


@given(WORDS, st.lists(WORDS, min_size=1, max_size=5), st.lists(WORDS, max_size=3))
def test_every_word_of_a_mail_is_kept_or_left_out(
    tmp_path_factory: pytest.TempPathFactory, subject: str, plain: list[str], rich: list[str]
) -> None:
    head = f"From: lena@holm.example\nTo: desk@holm.example\nSubject: s {subject}\nMIME-Version: 1.0\n"
    other = "".join(f"<p>{text}</p>" for text in rich)
    body = "\n\n".join(plain)
    mail = (
        f"{head}Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\n{body}\n"
        f"--B\nContent-Type: text/html\n\n<html>{other}</html>\n--B--\n"
    )
    found = parts(tmp_path_factory.mktemp("mail"), "a.eml", mail)
    assert set(count_words(" ".join([subject, *plain, *rich]))) <= set(count_words(collect_text(found)))


@given(st.dictionaries(WORD, WORDS, max_size=5), WORDS)
def test_every_value_of_json_is_kept_or_left_out(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, str], text: str
) -> None:
    data = json.dumps({"data": [{**values, "title": "Frost", "body": text}]})
    found = parts(tmp_path_factory.mktemp("json"), "a.json", data)
    assert set(count_words(" ".join([text, *values.values()]))) <= set(count_words(collect_text(found)))
