"""Text of articles as HTML: escaped, marked, and laid out as its Markdown was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.matching.article_marks import MarkedArticle
from shanxi_cli.model.results import Mark
from shanxi_cli.output.report.html_text import highlight_html, lay_out_html, safe_link


def laid_out(body: str) -> str:
    return str(lay_out_html(MarkedArticle(parse_article(f"# Salt\n\n{body}\n".encode(), "salt", "salt.md")), 3))


def test_marks_are_elements_and_the_rest_is_escaped() -> None:
    assert highlight_html("a <b> & salt", (Mark(8, 12),)) == "a &lt;b&gt; &amp; <mark>salt</mark>"


def test_control_characters_are_removed_around_marks() -> None:
    assert highlight_html("\x1b[31msalt\u202e", (Mark(5, 9),)) == "<mark>salt</mark>\ufffd"


@given(st.text(max_size=60), st.data())
def test_no_text_opens_an_element(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = str(highlight_html(text, (Mark(start, end),)))
    assert shown.replace("<mark>", "").replace("</mark>", "").count("<") == 0


@pytest.mark.parametrize(
    ("body", "html"),
    [
        pytest.param("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>", id="paragraphs"),
        pytest.param("#### Deep\n\nOne.", "<h4>Deep</h4>\n<p>One.</p>", id="headings leave no level out"),
        pytest.param("- one\n- two", '<ul class="depth-0">\n<li>one</li>\n<li>two</li>\n</ul>', id="bullets"),
        pytest.param(
            "3. one\n4. two", '<ol class="depth-0" start="3">\n<li>one</li>\n<li>two</li>\n</ol>', id="numbers"
        ),
        pytest.param("> Quoted.", "<blockquote>\n<p>Quoted.</p>\n</blockquote>", id="quotation"),
        pytest.param("```\n<b> = 1\n```", "<pre>&lt;b&gt; = 1</pre>", id="code"),
        pytest.param("![A kiln](kiln.png)", '<p class="picture">Picture: A kiln</p>', id="picture"),
        pytest.param(
            "| a | b |\n| - | - |\n| 1 | 2 |",
            '<div class="scroll" tabindex="0" role="group" aria-label="table"><table>\n'
            '<tr><th scope="col">a</th><th scope="col">b</th></tr>\n<tr><td>1</td><td>2</td></tr>\n</table></div>',
            id="table",
        ),
    ],
)
def test_layout(body: str, html: str) -> None:
    text = body if body.startswith(("#", "One")) else f"Before.\n\n{body}"
    shown = laid_out(text)
    assert shown.removeprefix("<p>Before.</p>\n") == html


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("http://example.org", "http://example.org"),
        ("javascript:alert(1)", ""),
        ("JAVASCRIPT:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//example.org", ""),
        ("https:", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_only_the_web_is_linked(address: str, link: str) -> None:
    assert safe_link(address) == link
