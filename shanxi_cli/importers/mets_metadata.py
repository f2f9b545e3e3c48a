"""Descriptions in a METS file: titles, authors and languages of its parts (MODS, Dublin Core), and the issue itself."""

import re
from typing import NamedTuple
from xml.etree import ElementTree

from shanxi_cli.corpus.dates import read_date
from shanxi_cli.importers.exports import parse_export_language
from shanxi_cli.importers.written_dates import find_written_date
from shanxi_cli.importers.xml_text import join_text
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name

_PLACEHOLDER = re.compile(
    r"\W*(?:(?:un|not?\s)?title[ds]?|untitled|sans titre|ohne titel|zonder titel|kein titel|no title)?\W*",
    re.IGNORECASE,
)
"""Titles that libraries give to articles without one: `Untitled`, `Sans Titre`, a dash."""
_DATED_TITLE = re.compile(r"\A\d{4}-\d\d")
_LABEL_DATE = re.compile(r",?\s*\(?\d{4}-\d\d(?:-\d\d)?\)?.*\Z")
_AUTHOR_ROLES = ("", "aut", "author", "cre", "creator")


class PartDescription(NamedTuple):
    """The fields of a part by our names, and its other title as they are written."""

    values: dict[str, object]
    date: str
    number: str


class IssueDescription(NamedTuple):
    """The descriptions of all parts by their ids, and the date (EDTF) and the newspaper of the issue, or empty."""

    parts: dict[str, PartDescription]
    date: str
    publication: str

    def find_values(self, ids: str) -> dict[str, object]:
        """Return the fields of the first description named by a `DMDID`, which may name several."""
        return next((dict(self.parts[name].values) for name in ids.split() if name in self.parts), {})

    def find_number(self, ids: str) -> str:
        """Return the page number of the descriptions named by a `DMDID`; empty without."""
        return next((self.parts[name].number for name in ids.split() if name in self.parts), "")


def read_descriptions(root: ElementTree.Element) -> IssueDescription:
    """Return the descriptions of a METS file."""
    parts = {get_attribute(one, "ID"): _read_part(one) for one in iter_named(root, "dmdSec")}
    dated = next((part for part in parts.values() if part.date), None)
    publication = str(dated.values.get("title", "")) if dated else ""
    if not publication or _DATED_TITLE.match(publication):
        hosts = (join_text(one) for host in iter_named(root, "relatedItem") for one in iter_named(host, "title"))
        label = _LABEL_DATE.sub("", get_attribute(root, "LABEL")).strip(" ,")
        publication = next((host for host in hosts if host), label)
    return IssueDescription(parts, dated.date if dated else "", publication)


def _read_part(section: ElementTree.Element) -> PartDescription:
    inner = {one for host in iter_named(section, "relatedItem") for one in host.iter()}
    titles = [_join_title(one) for one in iter_named(section, "titleInfo") if one not in inner]
    if not titles:
        titles = [(join_text(one), "") for one in iter_named(section, "title") if one not in inner]
    titles = [pair for pair in titles if not is_placeholder(pair[0])]
    values: dict[str, object] = {}
    if titles:
        values["title"] = titles[0][0]
        values["deck"] = "; ".join(filter(None, [titles[0][1], *(title for title, _ in titles[1:])]))
    values["author"] = [name for one in iter_named(section, "name") if (name := _read_author(one))]
    language = next((join_text(one) for one in iter_named(section, "languageTerm", "language") if join_text(one)), "")
    values["language"] = parse_export_language(language) or language[:2].lower()
    dates = (normalize_date(join_text(one)) for one in iter_named(section, "dateIssued", "date"))
    numbers = [one for one in iter_named(section, "detail") if get_attribute(one, "type") == "page number"]
    number = next((join_text(one).strip("[]? ") for one in numbers if join_text(one)), "")
    return PartDescription(
        {name: value for name, value in values.items() if value}, next((date for date in dates if date), ""), number
    )


def is_placeholder(title: str) -> bool:
    """Return True for a title that says that there is none."""
    return bool(_PLACEHOLDER.fullmatch(title))


def _join_title(info: ElementTree.Element) -> tuple[str, str]:
    """Return the title with its article (`nonSort`), and its subtitle."""
    pieces = {local_name(one): join_text(one) for one in reversed(info)}
    return f"{pieces.get('nonSort', '')} {pieces.get('title', '')}".strip(), pieces.get("subTitle", "")


def _read_author(name: ElementTree.Element) -> str:
    roles = [join_text(one).lower() for one in iter_named(name, "roleTerm")] or [""]
    if not any(role in _AUTHOR_ROLES for role in roles):
        return ""
    parts = {get_attribute(one, "type"): join_text(one) for one in iter_named(name, "namePart")}
    given = " ".join(filter(None, (parts.get("given", ""), parts.get("family", ""))))
    return given or " ".join(text for kind, text in parts.items() if kind not in ("date", "termsOfAddress"))


def normalize_date(text: str) -> str:
    """Return a date as EDTF, of `1918-12-17`, `17.12.1918` or `17 décembre 1918`; empty for others.

    >>> normalize_date("17.12.1918")
    '1918-12-17'
    """
    if found := find_written_date(text):
        return found.date
    try:
        return read_date(text) if text else ""
    except ValueError:
        return ""
