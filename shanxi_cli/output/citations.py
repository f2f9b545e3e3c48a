"""Articles as citations: plain text, BibTeX (with biblatex's EDTF dates) and CSL-JSON for Zotero.

A retelling is cited as the newspaper's article, with a note that the cited text is a retelling. Names are
not split: articles do not say which part of a name is the family name. Formats: CSL-JSON 1.0.2
(https://github.com/citation-style-language/schema), BibTeX with the fields of biblatex 3.
"""

import json
import re
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

from shanxi_cli.model.article import Article
from shanxi_cli.output.citation_parts import citation_note, is_plain_date, printed_page, read_cited_date
from shanxi_cli.output.labels import join_names
from shanxi_cli.util.sanitize import sanitize_line

_TEX_ESCAPES = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_KEY_UNSAFE = re.compile(r"[^\w.:/+-]")


def format_text_citations(articles: Iterable[Article]) -> str:
    """Return one line per article: author, title, publication, section, page, date, note."""
    return "".join(_format_text_citation(article) + "\n" for article in articles)


def _format_text_citation(article: Article) -> str:
    page = printed_page(article)
    source = [article.publication, article.section, f"page {page}" if page else ""]
    parts = [
        join_names(article.author),
        f'"{article.title}"',
        ", ".join(part for part in source if part),
        article.date or "undated",
    ]
    return sanitize_line(", ".join(part for part in parts if part) + ". " + citation_note(article)).strip()


def format_bibtex(articles: Iterable[Article]) -> str:
    """Return one `@article` entry per article, separated by empty lines; no key occurs twice."""
    cited = list(articles)
    keys = _choose_keys({article.id for article in cited})
    return "\n".join(_bibtex_entry(article, keys[article.id]) for article in cited)


def _choose_keys(ids: Collection[str]) -> dict[str, str]:
    """Return a key for each id: the id, with hyphens for what a key cannot have.

    Of ids with the same key, apart from case, one that is its own key keeps it (the first in order of code points);
    each of the others gets a hash of the id behind it. The order of the articles changes nothing.
    """
    plain = {name: _KEY_UNSAFE.sub("-", name) for name in sorted(ids)}
    groups: dict[str, list[str]] = {}
    for name, key in plain.items():
        groups.setdefault(key.casefold(), []).append(name)
    keys = {}
    for names in groups.values():
        keeper = names[0] if len(names) == 1 else next((name for name in names if plain[name] == name), None)
        if keeper is not None:
            keys[keeper] = plain[keeper]
    used = {key.casefold() for key in keys.values()}
    for name in (name for name in plain if name not in keys):
        digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
        candidates = (f"{plain[name]}-{digest[:length]}" for length in range(8, len(digest) + 1))
        keys[name] = next(key for key in candidates if key.casefold() not in used)
        used.add(keys[name].casefold())
    return keys


def _bibtex_entry(article: Article, key: str) -> str:
    cited = read_cited_date(article.date)
    fields = {
        "title": "{" + _escape_tex(article.title) + "}",
        "author": " and ".join("{" + _escape_tex(name) + "}" for name in article.author),
        "journal": _escape_tex(article.publication),
        "entrysubtype": "newspaper",
        "pages": _escape_tex(printed_page(article)),
        "date": article.date,
        "year": str(cited.days[0][0]) if cited else "",
        "url": _escape_address(article.url),
        "note": _escape_tex(citation_note(article)),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{key},\n{lines}}}\n"


def _escape_address(address: str) -> str:
    """Return an address for a field that biblatex reads as it is: only what would end the field is encoded."""
    return sanitize_line(address).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _escape_tex(value: str) -> str:
    # Sanitized before it is put in braces: an unterminated escape sequence would remove the closing brace.
    return "".join(_TEX_ESCAPES.get(c, c) for c in sanitize_line(value))


def format_csl_json(articles: Iterable[Article]) -> str:
    """Return a JSON list of items of type `article-newspaper`."""
    return json.dumps([make_csl_item(article) for article in articles], ensure_ascii=True, indent=2) + "\n"


def make_csl_item(article: Article) -> dict[str, Any]:
    """Return an article as a CSL-JSON item; a date that is not a plain day, month or year is also in the note."""
    note = citation_note(article)
    if not is_plain_date(article.date):
        note = f"EDTF date: {article.date}. {note}".strip()
    item: dict[str, Any] = {
        "id": article.id,
        "type": "article-newspaper",
        "title": article.title,
        "author": [{"literal": name} for name in article.author],
        "container-title": article.publication,
        "section": article.section,
        "page": printed_page(article),
        "URL": article.url,
        "issued": _csl_date(article.date),
        "abstract": article.deck,
        "keyword": ", ".join(article.keywords),
        "language": article.language,
        "note": note,
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(text: str) -> dict[str, Any] | None:
    """Return a CSL date: one day or two, as precise as the EDTF date, with `circa` for an uncertain one."""
    cited = read_cited_date(text)
    if cited is None:
        return None
    issued: dict[str, Any] = {"date-parts": [list(day) for day in cited.days]}
    return {**issued, "circa": True} if cited.circa else issued
