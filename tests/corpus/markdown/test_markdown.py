"""What a reader of a page sees: CommonMark, raw HTML and the dialects of other programs."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shanxi_cli.corpus.markdown import escape_markdown, lower_headings, render_heading, render_markdown
from tests.support.strategies import examples

INLINE = {
    "emphasis": ("The *dam* is **new** and __deep__, _not_ ~~old~~.", "The dam is new and deep, not old."),
    "emphasis in a word": ("un**believ**able 2*3*4 snake_case_name", "unbelievable 234 snake_case_name"),
    "number": ("It has **1,500** seats and `12` doors.", "It has 1,500 seats and 12 doors."),
    "escapes": (r"5 \* 3 \_ \[x\] \# \\", r"5 * 3 _ [x] # \ ".strip()),
    "entities": ("A&amp;B &lt;b&gt; 7&nbsp;mu &#39;x&#x27; &eacute;", "A&B <b> 7 mu 'x' é"),
    "ampersands": ("Q&A at AT&T & Co", "Q&A at AT&T & Co"),
    "code": ("Use `a*b*c` and ``x`y``.", "Use a*b*c and x`y."),
    "typed quotation marks": (
        "``It is bust,'' he said. ``We are done.''",
        "``It is bust,'' he said. ``We are done.''",
    ),
    "typed marks around words": (
        "They called it ``fair'' and ``just'' here.",
        "They called it ``fair'' and ``just'' here.",
    ),
    "code with empty strings": ("Use ``a = ''`` or ``f('', 1)`` there.", "Use a = '' or f('', 1) there."),
    "hard break": ("one  \ntwo\\\nthree", "one two three"),
    "inline tags": ("<b>240</b> H<sub>2</sub>O a<br>b <!-- no --> <span class='x'>c</span>", "240 H2O a b c"),
    "marks of notes": (
        "Some 4,300<sup>1</sup> came in 2019<sup>[2]</sup>.<sup><a href='#n3'>3</a></sup> `9<sup>1</sup>`",
        "Some 4,300 came in 2019. 9<sup>1</sup>",
    ),
    "powers": (
        "10<sup>9</sup> t on 5 km<sup>2</sup>, 10<sup>-3</sup>, the 19<sup>th</sup>, 3<sup>1</sup>/<sub>2</sub>",
        "10⁹ t on 5 km², 10⁻³, the 19th, 3 1/2",
    ),
    "text of a note": ("<sup>1</sup> After a count.", "1 After a count."),
    "script in a line": ("a <script>var x = 1</script> b", "a b"),
    "no tags": ("if 3 < 4 and 5 > 2", "if 3 < 4 and 5 > 2"),
    "links": ("[The *bay*](/a/b.html 'Title') and [it][1]\n\n[1]: http://c.example/d", "The bay and it"),
    "link in parentheses": ("(see [this](http://a.example/b_(c)))", "(see this)"),
    "images": ("![A boat](x.png) sails ![x.png](x.png)", "A boat sails"),
    "image with a size": ("![A boat|300](x.png) sails", "A boat sails"),
    "addresses": (
        "At <https://a.example/b/c> or https://b.example/2019/3500-tons, www.c.example.",
        "At a.example/… or b.example/…, www.c.example.",
    ),
    "mail": ("Write to <ed@a.example>, or ed@b.example.", "Write to ed@a.example, or ed@b.example."),
    "address in code": ("Run `curl http://localhost:80`.", "Run curl http://localhost:80."),
    "hugo": ('{{< icon "x" >}}One{{% ref "b" %}} two {{< abbr title="three" >}}', "One two three"),
    "liquid": ("{% if x %}One{% endif %} {{ page.title | upcase }}two **{{ n }}**", "One two"),
    "escaped hugo": ("{{</* note */>}}", "{{< note >}}"),
    "shortcode in code": ("`{{< note >}}`", "{{< note >}}"),
    "wiki links": ("[[Quay]], [[Quay|the quay]], [[Quay#North]] ![[map.png]]", "Quay, the quay, Quay > North"),
    "footnotes": ("It is so[^a], and so^[why].\n\n[^a]: Because.", "It is so, and so (why).\n\nBecause."),
    "highlight": ("It is ==very== new; a == b", "It is very new; a == b"),
    "comments": ("Seen %%not seen%% again", "Seen again"),
    "attributes": ("## Head {#id .x}\n\nText[a](b){:target=_blank}\n{: .lead}", "Head\n\nTexta"),
    "attributes with spaces": (
        '## Head { #id .x }\n\n[Text](b){ .button target="_blank" } ![Boat](b.png){ width="90" }, {a}\n{ .lead }',
        "Head\n\nText Boat, {a}",
    ),
    "braces of text": ("The set {x=1} of {y}", "The set {x=1} of {y}"),
    "abbreviations": ("The WMO met.\n\n*[WMO]: World weather\n*[UN]: Nations", "The WMO met."),
    "keys and icons": ("Press ++cmd+v++ :octicons-x-16: twice; C++ and C++11++", "Press cmd+v twice; C++ and C++11++"),
    "snippets": ('One\n\n--8<-- "legal.md"\n\n--8<--\na.md\n--8<--\n\ntwo', "One\n\ntwo"),
    "changes": ("A {==dam==}{>>why?<<} {++new ++}{--old --}{~~red~>blue~~} one", "A dam new blue one"),
    "space of mdx": ("One <b>big</b>{' '}\nport", "One big port"),
    "comment of kramdown": ("One\n\n{::comment}\nsecret\n\nmore\n{:/comment}\n\ntwo", "One\n\ntwo"),
    "branches": ("{% if a %}north{% else %}south{% endif %}", "north south"),
    "block id alone": ("A table\n\n^tab-2\n\nends", "A table\n\nends"),
    "block id": ("A line ^abc-1", "A line"),
    "mdx": ('import X from "./x"\n\nexport const a = 1\n\nText <X y={{a: 1}} /> {/* no */} more', "Text more"),
}


@pytest.mark.parametrize(("text", "expected"), INLINE.values(), ids=INLINE)
def test_text_of_a_page(text: str, expected: str) -> None:
    assert render_markdown(text).body == expected


BLOCKS = {
    "headings": ("# One\n\nTwo\n===\n\n### Three ###", [("1", "One"), ("1", "Two"), ("3", "Three")]),
    "list": ("- a\n- b\n\n  c\n  1. d\n* [ ] e", [("- p", "a"), ("- p", "b"), ("  p", "c"), ("  1. p", "d"),
             ("- ☐ p", "e")]),
    "quote": ("> a\n> b\n>\n> - c", [("> p", "a b"), ("> - p", "c")]),
    "callout": ("> [!note]+ Mind\n> the gap\n\n> [!TIP]\n> Go", [("> p", "Mind"), ("> p", "the gap"), ("> p", "Go")]),
    "fence": ("```py\na = [1]\n\n  b\n```", [("c", "a = [1]\n  b")]),
    "indented code": ("a\n\n    b\n    c", [("", "a"), ("c", "b\nc")]),
    "table": ("| a | *b* |\n|---|:-:|\n| 1 | x \\| y |\n| 2 |", [("R", "a | b"), ("r", "1 | x | y"), ("r", "2 |")]),
    "markdown in html": (
        '<div class="lead" markdown="1">\nA **new** dam.\n\n<div>\n<b>old</b>\n</div>\n\n- *x*\n</div>\nThe *end*.'
        "\n\n<p markdown>*One*</p>",
        [("", "A new dam."), ("", "old"), ("- p", "x"), ("", "The end."), ("", "One")],
    ),
    "titles of shortcodes": (
        '{{< expand "How it began" >}}\nIn a **pit**.\n{{< /expand >}}\n\n{{% quote author="Bo Roe" class="X Y" %}}Go.'
        '{{% /quote %}}\n\n{{< box "info" >}}\nMind.\n{{< /box >}}\n\n{{< cell "a/B.png" >}}Pic{{< /cell >}}',
        [("", "How it began"), ("", "In a pit."), ("", "Bo Roe"), ("", "Go."), ("", "Mind."), ("", "Pic")],
    ),
    "titles of components": (
        '<Note title="Mind the gap" className="Big Red">\nIt is wide.\n</Note>\n\n<Tip label="Tip one">Go *on*.</Tip>'
        '\n\n<Icon name="Check" />Done',
        [("", "Mind the gap"), ("", "It is wide."), ("", "Tip one"), ("", "Go on."), ("", "Done")],
    ),
    "picture": ("![A boat](x.png)", [("i", "A boat")]),
    "html": (
        "<div><h2>A</h2><p>b &amp; <i>c</i></p><!-- no --><style>p{}</style><ul><li>d</ul></div>",
        [("2", "A"), ("", "b & c"), ("- p", "d")],
    ),
    "html table": ("<table><tr><th>a</th><td>b<br>c</td></tr><tr><td>d</td></tr></table>",
                   [("r", "a | b c"), ("r", "d")]),
    "html code": ("<pre><code>a\n  b\n</code></pre>", [("c", "a\n  b")]),
    "admonition": ('!!! note "Mind"\n    the gap\n\n        code\n\nout', [("", "Mind"), ("", "the gap"), ("c", "code"),
                   ("", "out")]),
    "directive": (":::tip Mind\nthe gap\n:::\n\n```{note}\nthis\n```", [("", "Mind"), ("", "the gap"), ("", "this")]),
    "hugo code": ("{{< highlight go >}}\na()\nb()\n{{< /highlight >}}", [("c", "a()\nb()")]),
    "jekyll code": ("{% highlight c %}\na();\n\nb();\n{% endhighlight %}", [("c", "a();\nb();")]),
    "figure": ('{{< figure src="a.png" caption="A boat" >}}', [("", "A boat")]),
    "components": ("<Tabs>\n  <Tab value='x'>\n\n    Inside\n\n  </Tab>\n</Tabs>", [("", "Inside")]),
    "formula": ("$$\nx = \\frac{1}{2}\n$$\n\nIt costs $5 or $$6.",
                [("c", "x = \\frac{1}{2}"), ("", "It costs $5 or $$6.")]),
    "definition": ("Term\n: Meaning", [("", "Term"), ("", "Meaning")]),
    "table of contents": ("* TOC\n{:toc}\n\n[TOC]\n\nText", [("", "Text")]),
    "shortcodes in code": ("```\n{{< a >}} {% b %} [[c]]\n```\n{{< d >}}", [("c", "{{< a >}} {% b %} [[c]]")]),
    "line that looks like a number": ("1. a", [("1. p", "a")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks_of_a_page(text: str, expected: list[tuple[str, str]]) -> None:
    body, layout, _ = render_markdown(text)
    paragraphs = body.split("\n\n")
    assert list(zip(layout or [""] * len(paragraphs), paragraphs, strict=True)) == expected


LINKS = {
    "each once": ("[a](x.md) [b](x.md) <https://c.example/d?e=1>", ("x.md", "https://c.example/d?e=1")),
    "same page": ("[a](#b) [c](javascript:d)", ()),
    "html": ("<a href='http://a.example/b&amp;c'>d</a>\n\n<p><a href=\"e\">f</a></p>", ("http://a.example/b&c", "e")),
    "shortcodes": ('[a]({{< ref "b.md" >}}) [c]({{ site.url }}/d) [e]({% post_url 2020-01-02-f %})',
                   ("b.md", "/d", "2020-01-02-f")),
    "wiki": ("[[A b#c|d]]", ("A b",)),
    "address with brackets": ("(https://a.example/b_(c))", ("https://a.example/b_(c)",)),
    "not from code": ("`http://a.example`", ()),
    "letters": ("[a](https://a.example/köln)", ("https://a.example/köln",)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINKS.values(), ids=LINKS)
def test_links_of_a_page(text: str, expected: tuple[str, ...]) -> None:
    assert render_markdown(text).links == expected


def test_heading_is_one_line() -> None:
    assert render_heading("The *big* `x` [dam](a) &amp; more") == "The big x dam & more"


PARAGRAPHS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), min_size=1, max_size=20)
    | st.lists(st.sampled_from("*_[]()<>#-+=|~`!&;:\\{}%^$ a1."), min_size=1, max_size=12).map("".join)
    | st.sampled_from(
        ["- a", "1986. A year", "# a", "[^1]: b", "{{< a >}}", "https://a.example/b", "a *b* c", "&amp;"]
    ),
    max_size=4,
).map(lambda pieces: "\n\n".join(line for piece in pieces if (line := " ".join(piece.split()))))


@examples(400)
@given(body=PARAGRAPHS)
@example("==0==")
def test_escaped_text_is_read_as_itself(body: str) -> None:
    assert render_markdown(escape_markdown(body)).body == body


def test_escape_leaves_text_without_markup() -> None:
    text = "He said: 5 * 3 < 20 & more.\n\nA_b [sic] at 10:30 (50%)."
    assert escape_markdown(text) == text


def test_lower_headings_spares_code() -> None:
    assert lower_headings("# A\n\n```\n# B\n```\n\n## C") == "## A\n\n```\n# B\n```\n\n### C"
