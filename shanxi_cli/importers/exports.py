"""Articles of a database of newspapers: labelled fields, a text, and what belongs to neither."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from shanxi_cli.importers.records import build_article
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.model.article import Article
from shanxi_cli.segmentation.page import Page
from shanxi_cli.util.frozen_record import replace_fields

_BY = re.compile(r"(?:by|von|par|por|di|door|af|av)\s+(?=\S)", re.IGNORECASE)
_ROLE = re.compile(
    r"(?i)\b(?:correspondents?|editor|reporter|staff|writer|desk|bureau|special to|agence|press|reuters?|afp|dpa|news"
    r"|columnist|redaktion|korrespondent|service|syndication|brought to you)\b|[@/\d]|\w\.[a-z]{2,}\Z|\A[-(]"
)
_PAGE = re.compile(r"(?i)\b(?:pg|pages?|p|s|seite|blz|blad|página|pág)\b\.?\s*([A-Z]{0,3}\d{1,4}[A-Z]?)\b")
_CJK = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_SENTENCE_WORD = re.compile(r"\b(?!(?:de|da|di|du|la|le|van|von|der|den|ten|ter|bin|al|el|del|dos|zu)\b)[a-zß-ÿ]{2,}\b")
_WORD_COUNT = re.compile(r"(\d[\d.,\u00a0 ]*)")
_LANGUAGES = {
    code: names.split()
    for code, names in {
        "en": "english eng englisch anglais inglés ingles inglese engels 英文 英语",
        "de": "german ger deu deutsch allemand alemán tedesco duits 德文 德语",
        "fr": "french fre fra französisch français francés francese frans 法文 法语",
        "es": "spanish spa spanisch espagnol español spagnolo spaans",
        "it": "italian ita italienisch italien italiano italiaans",
        "nl": "dutch dut nld niederländisch néerlandais holandés olandese nederlands",
        "pt": "portuguese por portugiesisch portugais portugués português",
        "zh": "chinese chi zho chinesisch chinois chino 中文",
    }.items()
}


def make_export_part(
    values: Mapping[str, object], paragraphs: Sequence[str], left_out: Sequence[str], shown: str, number: int
) -> ImportedPart:
    """Return article `number` of an export: its fields, its paragraphs, and its lines that were left out.

    `words` among the values is the length that the database states: an article of half or twice that is doubtful.
    """
    article = build_article(values, "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs))
    article = _compare_length(article, str(values.get("words", "")))
    dropped = tuple(f"export line: {' '.join(line.split())}" for line in left_out if line.strip())
    return ImportedPart(f"{shown} article {number}", "", Page((article,), (), dropped))


def add_left_out(parts: Iterable[ImportedPart], lines: Sequence[str]) -> Iterator[ImportedPart]:
    """Yield the parts; lines that belong to the whole file are left out with the first that has articles."""
    waiting = tuple(lines)
    for part in parts:
        if waiting and part.page.articles:
            yield part._replace(page=replace_fields(part.page, dropped=(*waiting, *part.page.dropped)))
            waiting = ()
        else:
            yield part


def _compare_length(article: Article, stated: str) -> Article:
    match = _WORD_COUNT.search(stated)
    count = int(re.sub(r"\D", "", match[1])) if match else 0
    words = len(article.body.split())
    if count < 40 or count / 2 <= words <= count * 2 or not words or _CJK.search(article.body):
        return article
    return replace_fields(
        article, unsure=(*article.unsure, f"{words:,} words, where the export states {count:,}; compare it")
    )


def parse_export_names(line: str) -> list[str]:
    """Return the names of a byline, without its `By`, roles, agencies and addresses."""
    line = _BY.sub("", " ".join(line.split()), count=1) if _BY.match(" ".join(line.split())) else " ".join(line.split())
    line = _turn_names(line)
    names = [name.strip(" .-–—") for name in re.split(r"\s*[;,|]\s*|\s+(?:and|und|et|y|en|&)\s+|\s+--?\s*", line)]
    names = [re.sub(r"\s+in\s+[A-Z].*\Z", "", name) for name in names]
    kept = [name for name in names if name and not _ROLE.search(name) and not _is_phrase(name)]
    return list(dict.fromkeys(kept)) or [line]


def _turn_names(line: str) -> str:
    """Return a byline with `Last, First` turned, where every part of it is written so."""
    parts = [part.split(",") for part in line.split(";") if part.strip()]
    if not parts or any(
        len(part) != 2 or len(part[0].split()) != 1 or not 0 < len(part[1].split()) <= 2 for part in parts
    ):
        return line
    return "; ".join(f"{first.strip()} {last.strip()}" for last, first in parts)


def _is_phrase(name: str) -> bool:
    """Return True for words that are a phrase or a sentence, not a name."""
    words = _SENTENCE_WORD.findall(name)
    return len(name.split()) > 6 or (bool(words) and not name.islower() and len(name.split()) > 2)


def parse_export_section(line: str) -> dict[str, str]:
    """Return the section and the page of a line such as `NEWS; Pg. 4`."""
    page = _PAGE.search(line)
    pieces = [piece.strip() for piece in line.split(";")]
    section = next((piece for piece in pieces if piece and not _PAGE.search(piece)), "")
    return {name: value for name, value in (("section", section), ("page", page[1] if page else "")) if value}


def parse_export_language(line: str) -> str:
    """Return the code of a language by its name in several languages; empty for others."""
    first = re.split(r"[;,\s]", line.strip().lower())[0]
    return next((code for code, names in _LANGUAGES.items() if first in names), "")
