"""The fast paths for plain text, plain paragraphs and simple markup, compared with the parser alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.corpus.markdown import blocks, has_markup, inline, normalize_paragraphs, render_markdown
from shanxi_cli.corpus.markdown.rendered import RenderedText
from tests.support.strategies import examples

PIECES = st.sampled_from(
    [*"ab1.*_`~[]()!<>&#|-+=: \n\\\"'/{}$%^", "\n\n", "**", "``", "```", "~~", "[a](b)", "![a](b)", "`a`", "*a*", "_a_",
     "**a b**", "\n- ", "\n1. ", "\n> ", "\n    ", "| a | b |\n| - | - |\n", "<b>", "</b>", "&amp;", "www.a.org/b",
     "https://a.org/b_c ", "coal ", "town, ", "\n# ", "\n---\n", "[a]: b\n", "太原", "é"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map("".join)
WITHOUT_MARKUP = st.text(st.sampled_from("ab1é太 .,;()\"'-–\n\t$%&!?/"), max_size=60)


def parser_alone(text: str) -> RenderedText:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline.InlineRenderer, "_render_simple", lambda self, content: None)
        patch.setattr(blocks, "read_plain_paragraph", lambda *arguments: False)
        blocks._markdown.cache_clear()
        rendered = blocks.render_blocks(text)
    blocks._markdown.cache_clear()
    return rendered


@examples(500)
@given(text=TEXTS)
def test_render_equals_parser_alone(text: str) -> None:
    assert blocks.render_blocks(text) == parser_alone(text)


@examples(500)
@given(text=WITHOUT_MARKUP)
def test_text_without_markup_equals_parser_alone(text: str) -> None:
    assert render_markdown(text) == parser_alone(text)
    if not has_markup(text):
        assert parser_alone(text) == RenderedText(normalize_paragraphs(text), (), ())
