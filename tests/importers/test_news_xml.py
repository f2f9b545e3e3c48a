"""NITF and NewsML of news agencies, and issues of Delpher (DIDL)."""

from pathlib import Path

import pytest

from shanxi_cli.errors import PageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.xml_text import parse_stamp

NITF = """<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf xml:lang="en-GB"><head><title>Frost closes the pass</title><meta name="desk" content="wire"/>
<docdata><date.issue norm="20210723T080000+0100"/><key-list><keyword key="Weather"/></key-list></docdata>
<pubdata name="Holm Courier" position.section="News" position.sequence="A4"/></head>
<body><body.head><hedline><hl1>Frost closes the pass</hl1><hl2>Ferry waits in the harbour</hl2></hedline>
<byline>By <person>Lena Fischer</person><byttl>Holm correspondent</byttl></byline><dateline>Holm</dateline></body.head>
<body.content><p>The pass above <location>Holm</location> is closed.</p>
<media media-type="image"><media-reference source="pass.jpg"/><media-caption>Snow on the pass.</media-caption>
<media-producer>Jan Vos</media-producer></media>
<hl2>Ferry</hl2><p>The ferry waits<br/>for better weather.</p>
<ul><li>No trains</li><li>No buses</li></ul></body.content>
<body.end><tagline>Edited in Holm</tagline></body.end></body></nitf>"""

G2_HEAD = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2021-07-23T09:00:00Z</sent></header><itemSet>'
G2_ITEM = """<newsItem guid="urn:x:1" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="Holm Agency"/><versionCreated>2021-07-24T10:00:00Z</versionCreated>
<firstCreated>2021-07-23T08:00:00Z</firstCreated></itemMeta>
<contentMeta><by>By Lena Fischer</by><language tag="en"/><keyword>weather</keyword>
<subject qcode="medtop:1"><name>frost</name></subject><slugline>FROST-1</slugline>
<headline>Frost closes the pass</headline>
<description role="drol:summary">Ferry waits in the harbour.</description></contentMeta>
<contentSet>%s</contentSet></newsItem>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title>
</head><body><h1>Frost closes the pass</h1>
<p>The pass is <b>closed</b>.</p><p>The ferry waits.</p></body></html></inlineXML>"""
INNER_NITF = """<inlineXML><nitf><body><body.content><p>The pass is closed.</p><p>The ferry waits.</p>
</body.content></body></nitf></inlineXML>"""
DATA = "<inlineData>&lt;p&gt;The pass is closed.&lt;/p&gt;&lt;p&gt;The ferry waits.&lt;/p&gt;</inlineData>"
PLAIN = "<inlineData>The pass is closed.\n\nThe ferry waits.</inlineData>"
PICTURE = """<newsItem><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentMeta><headline>Snow</headline>
</contentMeta><contentSet><remoteContent href="http://holm.example/snow.jpg"/></contentSet></newsItem>"""

NEWSML_1 = """<NewsML Version="1.2"><NewsEnvelope><DateAndTime>20210723T080000Z</DateAndTime></NewsEnvelope>
<NewsItem xml:lang="en"><Identification><NewsIdentifier><DateId>20210723</DateId></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20210723T080000Z</FirstCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Frost closes the pass</HeadLine><ByLine>By Lena Fischer</ByLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="Holm Agency"/></Provider></AdministrativeMetadata>
<DescriptiveMetadata><Language FormalName="en"/><Property FormalName="Keyword" Value="weather"/></DescriptiveMetadata>
<ContentItem><DataContent><p>The pass is closed.</p><p>The ferry waits.</p></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>"""

DIDL = """<didl:DIDL xmlns:didl="urn:mpeg:mpeg21:2002:02-DIDL-NS" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcx="x" xmlns:ddd="y" xmlns:srw_dc="z"><didl:Item dc:identifier="i">
<didl:Component><didl:Descriptor><didl:Statement>metadata</didl:Statement></didl:Descriptor><didl:Resource>
<srw_dc:dcx><dc:title>Holm Courant</dc:title><dc:date>1876/12/01 00:00:00</dc:date>
<dc:language xsi:type="dcterms:ISO639-1">nl</dc:language><dcx:issuenumber>92</dcx:issuenumber></srw_dc:dcx>
</didl:Resource></didl:Component>
<didl:Item dc:identifier="i:p001"><didl:Component><didl:Resource><srw_dc:dcx>
<ddd:nativePageNumber>3</ddd:nativePageNumber></srw_dc:dcx></didl:Resource></didl:Component>
<didl:Item dc:identifier="i:p001:a1" ddd:article_id="i:a1"/></didl:Item>
<didl:Item dc:identifier="i:a1"><didl:Component><didl:Descriptor><didl:Statement>ocr</didl:Statement></didl:Descriptor>
<didl:Resource ref="http://holm.example/a1" dcx:filename="i_0001_articletext.xml"/></didl:Component>
<didl:Component><didl:Resource><srw_dc:dcx><dc:subject>artikel</dc:subject><dc:title>Tweede Kamer.</dc:title>
</srw_dc:dcx></didl:Resource></didl:Component>
<didl:Component><didl:Resource><dcx:zoning><dcx:article-part pageid="i:p001"/>
</dcx:zoning></didl:Resource></didl:Component></didl:Item></didl:Item></didl:DIDL>"""
TEXT = "<text><title>Tweede Kamer.</title><p>De zitting is geopend.</p><p>De minister spreekt.</p></text>"


def parts(folder: Path, data: str, name: str = "input.xml") -> list[ImportedPart]:
    path = folder / name
    path.write_text(data)
    return list(read_parts(str(path)))


def test_nitf(tmp_path: Path) -> None:
    [part] = parts(tmp_path, NITF)
    [article] = part.page.articles
    assert (article.title, article.deck, article.date) == (
        "Frost closes the pass",
        "Ferry waits in the harbour",
        "2021-07-23",
    )
    assert (article.author, article.publication, article.section, article.page) == (
        ("Lena Fischer",),
        "Holm Courier",
        "News",
        "A4",
    )
    assert (article.language, article.keywords) == ("en", ("Weather",))
    assert tuple(article.paragraphs) == (
        "The pass above Holm is closed.",
        "Ferry",
        "The ferry waits for better weather.",
        "No trains",
        "No buses",
    )
    assert [(caption.text, caption.credit) for caption in article.captions] == [("Snow on the pass.", "Jan Vos")]
    assert "export line: meta name=desk content=wire" in part.page.dropped
    assert "export line: byline By Lena Fischer Holm correspondent" in part.page.dropped
    assert "export line: tagline Edited in Holm" in part.page.dropped


@pytest.mark.parametrize(
    "content", [XHTML, INNER_NITF, DATA, PLAIN], ids=["xhtml", "nitf", "escaped-html", "plain-data"]
)
def test_newsml_g2(tmp_path: Path, content: str) -> None:
    [part] = parts(tmp_path, f"{G2_HEAD}{G2_ITEM % content}{PICTURE}</itemSet></newsMessage>")
    [article] = part.page.articles
    assert (article.title, article.deck, article.date, article.language) == (
        "Frost closes the pass",
        "Ferry waits in the harbour.",
        "2021-07-23",
        "en",
    )
    assert (article.author, article.publication, article.keywords) == (
        ("Lena Fischer",),
        "Holm Agency",
        ("weather", "frost"),
    )
    assert tuple(article.paragraphs) == ("The pass is closed.", "The ferry waits.")
    assert "export line: slugline FROST-1" in part.page.dropped
    assert part.page.dropped[0] == "export line: sent 2021-07-23T09:00:00Z"
    assert "item line: headline Snow" in part.page.dropped


def test_newsml_1(tmp_path: Path) -> None:
    [part] = parts(tmp_path, NEWSML_1)
    [article] = part.page.articles
    assert (article.title, article.date, article.language) == ("Frost closes the pass", "2021-07-23", "en")
    assert (article.author, article.publication, article.keywords) == (("Lena Fischer",), "Holm Agency", ("weather",))
    assert tuple(article.paragraphs) == ("The pass is closed.", "The ferry waits.")


@pytest.mark.parametrize(
    "data",
    [f"{G2_HEAD}{PICTURE}</itemSet></newsMessage>", "<packageItem><itemMeta/></packageItem>", "<nitf><body/></nitf>"],
    ids=["pictures", "package", "nitf-without-text"],
)
def test_items_without_text_are_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(PageError, match="without the text of an article"):
        parts(tmp_path, data)


def test_issue_of_delpher_with_an_undeclared_prefix(tmp_path: Path) -> None:
    (tmp_path / "i_0001_articletext.xml").write_text(TEXT)
    [part] = parts(tmp_path, DIDL, "didl.xml")
    [article] = part.page.articles
    assert (article.title, article.date, article.publication) == ("Tweede Kamer.", "1876-12-01", "Holm Courant")
    assert (article.section, article.page, article.language) == ("artikel", "3", "nl")
    assert tuple(article.paragraphs) == ("De zitting is geopend.", "De minister spreekt.")
    assert part.page.dropped == ("issue line: issuenumber 92", "export line: subject artikel")


def test_issue_of_delpher_without_its_texts(tmp_path: Path) -> None:
    with pytest.raises(PageError, match=r"DIDL without its texts; put i_0001_articletext.xml into its folder"):
        parts(tmp_path, DIDL, "didl.xml")


def test_text_of_delpher_alone(tmp_path: Path) -> None:
    [part] = parts(tmp_path, TEXT)
    [article] = part.page.articles
    assert (article.title, tuple(article.paragraphs)) == (
        "Tweede Kamer.",
        ("De zitting is geopend.", "De minister spreekt."),
    )


@pytest.mark.parametrize(
    ("stamp", "date"),
    [
        ("20131020T192751+1100", "2013-10-20"),
        ("2013-10-20", "2013-10-20"),
        ("1876/12/01 00:00:00", "1876-12-01"),
        ("20131320", ""),
        ("soon", ""),
    ],
)
def test_stamp(stamp: str, date: str) -> None:
    assert parse_stamp(stamp) == date
