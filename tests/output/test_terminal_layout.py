"""Headings, lists, quotations, tables and code of a whole article, on a terminal, as text and as Markdown."""

import io

import pytest

from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.matching.article_marks import mark_articles
from shanxi_cli.matching.highlighter import collect_patterns
from shanxi_cli.output import ArticleFormat, make_article_printer
from shanxi_cli.output.base import TerminalStyle
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import compile_query

BODY = """The *well* has 12 steps.

## Depth

- A first item that is too long for one line
- [x] Second
  1. Inner

> A quotation that is too long for one line
>
> More

| Year | Steps |
| ---- | ----: |
| 2020 | **12** |
| 2021 |  |

```
dig()

    deeper()
```

![A bucket](b.png)
"""
TERMINAL = """\
The well
undated
a

The well has 12 steps.

Depth

• A first item that is too
  long for one line
• ☑ Second
  1. Inner

│ A quotation that is too long
│ for one line
│
│ More

Year   Steps
────────────
2020   12
2021

    dig()
        deeper()

Picture: A bucket
"""
TEXT = """\
The well
undated

The well has 12 steps.

Depth

- A first item that is too long for one line
- ☑ Second
  1. Inner

A quotation that is too long for one line

More

Year | Steps
2020 | 12
2021 |

dig()
    deeper()

A bucket
"""


def printed(form: ArticleFormat, style: TerminalStyle = TerminalStyle.PLAIN, query: str = "") -> str:
    out = io.StringIO()
    article = parse_article(f"---\ntitle: The well\n---\n{BODY}".encode(), "a", "a.md")
    patterns = collect_patterns(compile_query(query, WordOperator.ANY)) if query else []
    make_article_printer(form, out, style, []).articles(mark_articles([article], patterns))
    return out.getvalue()


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")


def test_terminal_lays_out_blocks() -> None:
    assert printed(ArticleFormat.TERMINAL) == TERMINAL


def test_terminal_marks_matches_in_cells_and_code() -> None:
    marked = printed(ArticleFormat.TERMINAL, TerminalStyle.STYLED, "deeper 2020")
    assert "\x1b[1;4;33m2020\x1b[0m   12" in marked
    assert "\x1b[1;4;33mdeeper\x1b[0m" in marked


def test_text_has_one_line_for_each_paragraph() -> None:
    assert printed(ArticleFormat.TEXT) == TEXT


def test_markdown_is_the_source() -> None:
    assert printed(ArticleFormat.MARKDOWN) == f"---\ntitle: The well\ntype: article\n---\n\n{BODY}"
