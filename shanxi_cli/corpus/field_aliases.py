"""Field names of other programs: the one table of aliases, for articles and for imported records.

Keys are names in lower case with `_` for hyphens and spaces. A field is read from the first name of its row that has
a usable value; lists are joined. `docs/articles.md` shows the table, and a test compares the two.
"""

_ALIASES_BY_FIELD = {
    "title": ("headline", "name", "heading", "head", "hl", "page_title", "pagetitle", "post_title", "display_name"),
    "deck": (
        *("subtitle", "subheadline", "standfirst", "dek", "description", "summary", "excerpt", "abstract", "lead"),
    ),
    "author": ("authors", "byline", "by", "creator", "creators", "writer", "writers", "reporter", "reporters"),
    "contributors": ("contributor",),
    "date": (
        *("datepublished", "date_published", "published", "published_at", "publishedat", "publish_date", "publishdate"),
        *("publication_date", "pubdate", "pub_date", "issued", "published_on", "posted", "post_date", "day"),
        *("created", "created_at", "createdat", "date_created", "datecreated", "creation_date"),
        *("updated", "updated_at", "date_updated", "modified", "date_modified", "datemodified", "last_modified"),
        *("last_modified_at", "last_updated", "lastupdated", "lastmod", "ms.date"),
    ),
    "publication": ("newspaper", "container_title", "paper", "journal", "site_name"),
    "section": ("category", "topic", "desk"),
    "page": ("page_number", "pagenumber"),
    "language": ("lang", "locale"),
    "places": ("place", "location", "locations"),
    "organisations": ("organisation", "organization", "organizations", "org", "orgs"),
    "url": (
        *("source_url", "canonical_url", "canonical", "original_url", "article_url", "web_url", "weburl"),
        *("source_link", "permalink", "link", "href", "uri"),
    ),
    "keywords": ("keyword", "tags", "tag", "categories", "subjects", "subject", "topics"),
}

MONTH_FIRST_ALIASES = frozenset({"ms.date"})
"""Names whose dates are documented as month/day/year."""

FIELD_ALIASES = {alias: field for field, aliases in _ALIASES_BY_FIELD.items() for alias in aliases}
"""Name in another program -> our name."""

_RANKS = {alias: rank for aliases in _ALIASES_BY_FIELD.values() for rank, alias in enumerate(aliases, 1)}


def resolve_field_alias(name: str) -> tuple[str, int]:
    """Return our name for a name of any program (or the name itself in lower case), and its rank: 0 for our own."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    return FIELD_ALIASES.get(plain, plain), _RANKS.get(plain, 0)
