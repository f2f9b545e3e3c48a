"""An article of the archive, as its file says it."""

from typing import NamedTuple

from shanxi_cli.util.frozen_record import Record


class Person(NamedTuple):
    """Somebody an article speaks of; role and organisation are empty where the article names none."""

    name: str
    role: str = ""
    organisation: str = ""


class Caption(NamedTuple):
    """The text under a picture, and who is credited for the picture (empty when nobody is)."""

    text: str
    credit: str = ""


class Article(Record):
    """One newspaper article.

    `id` is the stem of its file and unique in an archive. `date` is EDTF as `dates.parse` reads
    it, or empty when the article is undated; `date_note` says how an estimated date was found.
    `body` is plain text in NFC, its paragraphs separated by one empty line, none at the ends.
    `edition` is empty for the newspaper's own words, `retelling` for words that are not.
    `title_note` says how a title was found that the newspaper did not print. `source` is the page
    that an imported article was read from, `repairs` what was mended in it, `unsure` what somebody
    should look at. Every field is text of one line, or a tuple of such, but for `body`.
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
    repairs: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the body, in order; none for an empty body."""
        return self.body.split("\n\n") if self.body else []
