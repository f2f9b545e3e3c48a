"""The fields of the query language."""

from enum import Enum

from shanxi_cli.util.closest_names import closest_name
from shanxi_cli.util.frozen_record import Record


class FieldKind(Enum):
    """The kind of a field's values, which decides how they are compared."""

    TEXT = "text"  # running text: English stems, phrases
    NAME = "name"  # names: words as they are, without case or accents
    CODE = "code"  # one whole value, without case or accents
    DATE = "date"  # days
    QUANTITY = "quantity"  # numbers of the body with their units


class Field(Record):
    """A field of the query language: its name, kind, a description, and an example of its use."""

    name: str
    kind: FieldKind
    about: str
    example: str


FIELDS: dict[str, Field] = {
    f.name: f
    for f in (
        Field("title", FieldKind.TEXT, "the headline", "title:trade"),
        Field("deck", FieldKind.TEXT, "the lines under the headline", "deck:innovation"),
        Field("body", FieldKind.TEXT, "the article's own text", 'body:"freight trains"'),
        Field("caption", FieldKind.TEXT, "the text under the pictures", "caption:workers"),
        Field("keyword", FieldKind.TEXT, "industries and subjects", "keyword:tourism"),
        Field("author", FieldKind.NAME, "byline, contributors too", 'author:"Wu Jia"'),
        Field("place", FieldKind.NAME, "places the article mentions", "place:Jinzhong"),
        Field("person", FieldKind.NAME, "people the article mentions", 'person:"Yang Xia"'),
        Field("org", FieldKind.NAME, "companies, offices, schools", "org:customs"),
        Field("publication", FieldKind.NAME, "the newspaper", 'publication:"China Daily"'),
        Field("section", FieldKind.NAME, "the section or supplement", "section:Shanxi"),
        Field("link", FieldKind.NAME, "addresses that the article links to", "link:example.org"),
        Field("page", FieldKind.CODE, "the page, as the archive numbers it", "page:004"),
        Field("type", FieldKind.CODE, "article or image", "type:image"),
        Field("edition", FieldKind.CODE, "retelling, where the words are not the newspaper's own", "edition:retelling"),
        Field("id", FieldKind.CODE, "the article's id", "prefix:id:student"),
        Field("date", FieldKind.DATE, "the day, month or year, or a range of them", "date:2021-07..2022"),
        Field("money", FieldKind.QUANTITY, "amounts in yuan, or in the currency named", "money:1bn.."),
        Field("usd", FieldKind.QUANTITY, "amounts in US dollars", "usd:100m.."),
        Field("percent", FieldKind.QUANTITY, "shares and rates of change", "percent:10..20"),
        Field("points", FieldKind.QUANTITY, "percentage points", "points:..2"),
        Field("people", FieldKind.QUANTITY, "how many people", "people:1000.."),
        Field("count", FieldKind.QUANTITY, "counts of things, as named", "count:1000..households"),
        Field("area", FieldKind.QUANTITY, "areas, in hectares", "area:500mu.."),
        Field("length", FieldKind.QUANTITY, "lengths, in kilometers", "length:100.."),
        Field("volume", FieldKind.QUANTITY, "volumes, in cubic meters", "volume:1bn.."),
        Field("weight", FieldKind.QUANTITY, "weights, in metric tons", "weight:..500kg"),
        Field("speed", FieldKind.QUANTITY, "speeds, in kilometers per hour", "speed:300.."),
        Field("power", FieldKind.QUANTITY, "power, in megawatts", "power:1GW.."),
        Field("energy", FieldKind.QUANTITY, "energy, in kilowatt-hours", "energy:1GWh.."),
        Field("voltage", FieldKind.QUANTITY, "voltages, in kilovolts", "voltage:500.."),
        Field("temperature", FieldKind.QUANTITY, "temperatures, in degrees Celsius", "temperature:..0"),
        Field("data", FieldKind.QUANTITY, "amounts of data, in gigabytes", "data:1TB.."),
        Field("duration", FieldKind.QUANTITY, "times, in the unit named", "duration:10..years"),
        Field("age", FieldKind.QUANTITY, "ages, in years", "age:60.."),
        Field("times", FieldKind.QUANTITY, "multiples", "times:2.."),
    )
}

SPECIAL_FIELDS: dict[str, Field] = {
    f.name: f
    for f in (
        Field("query", FieldKind.CODE, "a saved search, by its name", "query:coal-datong"),
        Field("added", FieldKind.DATE, "the day on which shanxi first saw the article", "added:2026-11.."),
    )
}
"""Fields of the query language that no article has: the user's own files answer them."""

AUTHORED_FIELDS: dict[str, str] = {name: f"authored_{name}" for name in ("place", "person", "org")}
"""Fields with names that may be derived from the text -> fields of an index with those of the front matter alone."""

DERIVED_FIELDS: dict[str, str] = {name: f"derived_{name}" for name in AUTHORED_FIELDS}
"""The same fields -> names under which an index counts the articles whose names are derived."""

VALUE_OPERATORS: dict[str, str] = {
    "exact": "the exact word, in no other form",
    "prefix": "words with this beginning",
    "fuzzy": "words one edit away, or ~2 for two",
}
"""Operator names usable instead of shell metacharacters (`exact:` for `=`) -> their descriptions."""

_FIELD_SYNONYMS = {
    **dict.fromkeys(("headline", "heading"), "title"),
    **dict.fromkeys(("subtitle", "standfirst", "description", "summary", "excerpt", "abstract", "lead"), "deck"),
    "text": "body",
    **dict.fromkeys(("by", "byline", "authors", "creator", "creators", "writer", "writers", "reporter"), "author"),
    **dict.fromkeys(("people", "name"), "person"),
    **dict.fromkeys(("organisation", "organisations", "organization", "organizations", "orgs", "company"), "org"),
    **dict.fromkeys(("city", "places", "location", "locations"), "place"),
    **dict.fromkeys(("keywords", "tag", "tags", "subject", "subjects", "categories", "topics"), "keyword"),
    **dict.fromkeys(("newspaper", "paper", "journal"), "publication"),
    **dict.fromkeys(("category", "topic", "desk"), "section"),
    **dict.fromkeys(("url", "links", "href", "site", "domain", "host"), "link"),
    **dict.fromkeys(("saved", "search"), "query"),
    **dict.fromkeys(("seen", "indexed", "imported"), "added"),
    **dict.fromkeys(
        ("year", "since", "before", "after", "published", "issued", "created", "updated", "lastmod"), "date"
    ),
}
"""Names that other programs use for our fields -> ours, for suggestions."""


def suggest_field(name: str) -> str | None:
    """Return the field that an unknown name most likely means; None if none is similar."""
    return _FIELD_SYNONYMS.get(name.lower()) or closest_name(name.lower(), {**FIELDS, **SPECIAL_FIELDS})
