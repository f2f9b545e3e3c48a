"""The fast paths for plain text, plain paragraphs and simple markup, compared with the parser alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.corpus.markdown import blocks, has_markup, inline, normalize_paragraphs, render_markdown, simple_blocks
from shanxi_cli.corpus.markdown.rendered import RenderedText
from tests.support.strategies import examples

PIECES = st.sampled_from(
    [*"ab1.*_`~[]()!<>&#|-+=: \n\\\"'/{}$%^", "\n\n", "**", "``", "```", "~~", "[a](b)", "![a](b)", "`a`", "*a*", "_a_",
     "**a b**", "\n- ", "\n1. ", "\n> ", "\n    ", "| a | b |\n| - | - |\n", "<b>", "</b>", "&amp;", "www.a.org/b",
     "https://a.org/b_c ", "coal ", "town, ", "\n# ", "\n---\n", "[a]: b\n", "太原", "é",
     "[a]", "[a][]", "[a][b]", "[`a`](b)", "[*a*](b)", "**[a](b)**", "**a:**", "__a__", "&nbsp;", "\\#", " \"a\")"]
)  # fmt: skip
LINES = st.sampled_from(
    ["\n", "\n\n", "- ", "  - ", "1. ", "10) ", "2. ", "+ ", "> ", ">", "    ", "\t", "  ", "coal", "a b", "# ",
     "## a #", "```", "```\n", "~~~~\n", "````js\n", "---", "***", "- - -", "===", "|a|", "|-|", "a|b\n-|-\n", "<div>",
     "<!-- ", "-->", "<pre>", "</pre>", "<b>", "[a]: /b\n", "[a]", "\n   ", "\n  ", "\n    ", "[ ] ", "[x] ", "*", "_",
     "<?", "?>", "\n- ", "\n  - ", "\n1. ", "\n> ", "太"]
)  # fmt: skip
TEXTS = st.lists(PIECES | LINES, max_size=25).map("".join)
WITHOUT_MARKUP = st.text(st.sampled_from("ab1é太 .,;()\"'-–\n\t$%&!?/"), max_size=60)


def parser_alone(text: str) -> RenderedText:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "find_simple_markup", lambda content, env: None)
        patch.setattr(blocks, "read_plain_paragraph", lambda *arguments: False)
        patch.setattr(blocks, "read_blocks", lambda text, md, env, **_: simple_blocks.parse_blocks(text, md, env))
        blocks._markdown.cache_clear()
        rendered = blocks.render_blocks(text)
    blocks._markdown.cache_clear()
    return rendered


@examples(1000)
@given(text=TEXTS | st.lists(LINES, max_size=14).map("".join))
def test_render_equals_parser_alone(text: str) -> None:
    assert blocks.render_blocks(text) == parser_alone(text)


@examples(500)
@given(text=WITHOUT_MARKUP)
def test_text_without_markup_equals_parser_alone(text: str) -> None:
    assert render_markdown(text) == parser_alone(text)
    if not has_markup(text):
        assert parser_alone(text) == RenderedText(normalize_paragraphs(text), (), ())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- coal\n\n- a | b\n- | -\n", id="list with a line that begins a table elsewhere"),
        pytest.param("```a|b\n-|-\nc|d\n", id="table with a fence in its head"),
        pytest.param("- coal\ntown\n\n```\n\nmine\n```\n", id="fence below a lazy line"),
        pytest.param("<!-- coal\n\n# town\n\n-->\n\nmine\n", id="comment over several blocks"),
        pytest.param("2026\n2. coal\n1. town\n", id="number that does not begin a list"),
        pytest.param("coal\n  ---\ntown\n\n===\n", id="underlines"),
        pytest.param("> - coal\n>   ```\n>   town\n> mine\n", id="fence that its quote ends"),
        pytest.param("[coal][], [`town`][b], [mine]\n\n[Coal]: c\n[`town`]: d\n[b]: e\n", id="references"),
        pytest.param("![a](b.png)  \n![c](d.png)\n\n![e](f.png)\n![g](h.png)\n", id="images and a hard line break"),
        pytest.param("snake_case_name, 2 * 3 * 4, **Coal:** *town.* R&D &copy; \\*\n", id="marks"),
        pytest.param("https://a.org/b_c_d\\*e http:\\//a.org/b\n", id="addresses"),
    ],
)
def test_construct_equals_parser_alone(text: str) -> None:
    assert blocks.render_blocks(text) == parser_alone(text)


def test_html_in_a_quote_that_ends_the_text_is_read() -> None:
    assert render_markdown("> 1. <pre>coal</pre>\n> ").body == "coal"
