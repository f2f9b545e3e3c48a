"""Articles of the archive, as their files describe them."""

from shanxi_cli.util.frozen_record import NamedTuple, Record

RETELLING_EDITION = "retelling"
CODE = "c"
"""The letter of code in `Article.layout`."""


class Person(NamedTuple):
    """A person mentioned in an article; role and organisation are empty if the article gives none."""

    name: str
    role: str = ""
    organisation: str = ""


class Caption(NamedTuple):
    """The text under a picture, and the credit of the picture (empty if there is none)."""

    text: str
    credit: str = ""


class DerivedNames(NamedTuple):
    """Names that the program has read from the text of an article, of the kinds that its front matter has none of.

    They are never mixed with those of the front matter: an article has people, organisations or places either from its
    author or here.
    """

    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


NO_DERIVED_NAMES = DerivedNames()


class Article(Record):
    """One newspaper article.

    `id` is the stem of its file name and unique in an archive. `date` is EDTF, valid for
    `edtf.parse_edtf`, or empty if the article is undated; `date_note` explains an estimated date.
    `body` is plain text in NFC, its paragraphs separated by one empty line, none at the ends.
    `edition` is empty for the newspaper's own words, `retelling` for a paraphrase.
    `title_note` explains a title that the newspaper did not print; `author_note` is the note
    about the author at the end of an article. `url` is the address of the article on the web,
    `https:` or `http:`. `source` is the page that an imported article was read from,
    `repairs` lists corrections made by the import, `unsure` passages to check by hand.
    `layout` says how each paragraph of the body is printed, empty if all are plain: a plain paragraph has an empty
    entry, any other what is printed before its first line (`> ` in a quote, `- ` or `2. ` for an item of a list), then
    a letter: `p` a paragraph, `1` to `6` a heading, `c` code, `R` and `r` a row of a table, the first in its head, `i`
    a picture's description. `links` are the targets of the links in the body, each once. `markup` is the body as
    Markdown, empty if `body` is its own Markdown. An article has `derived` from its index and never from its file.
    Every field is one line of text, or a tuple of such lines, except `body`, `markup` and `derived`; only code has
    several lines in a paragraph.
    """

    id: str
    title: str
    body: str
    deck: str = ""
    author: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    date: str = ""
    date_note: str = ""
    publication: str = ""
    section: str = ""
    page: str = ""
    language: str = ""
    type: str = "article"
    edition: str = ""
    places: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    title_note: str = ""
    author_note: str = ""
    source: str = ""
    url: str = ""
    repairs: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    layout: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    markup: str = ""
    derived: DerivedNames = NO_DERIVED_NAMES

    @property
    def is_retelling(self) -> bool:
        """True if the words are not the newspaper's own."""
        return self.edition == RETELLING_EDITION

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the body in order; none for an empty body."""
        return self.body.split("\n\n") if self.body else []

    @property
    def prose(self) -> list[str]:
        """The paragraphs of the body, empty text in place of code: what is read for figures, quotes and names."""
        if not self.layout:
            return self.paragraphs
        pairs = zip(self.paragraphs, self.layout, strict=True)
        return ["" if kind.endswith(CODE) else paragraph for paragraph, kind in pairs]

    @property
    def code(self) -> list[str]:
        """The paragraphs of the body that are code, in order."""
        pairs = zip(self.paragraphs, self.layout, strict=False)
        return [paragraph for paragraph, kind in pairs if kind.endswith(CODE)]

    @property
    def code_ranges(self) -> list[tuple[int, int]]:
        """The half-open ranges of the body that are code."""
        ranges: list[tuple[int, int]] = []
        start = 0
        for paragraph, kind in zip(self.paragraphs, self.layout, strict=False):
            if kind.endswith(CODE):
                ranges.append((start, start + len(paragraph)))
            start += len(paragraph) + 2
        return ranges
