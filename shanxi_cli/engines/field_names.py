"""Names of the fields of an indexed document, which every engine has: see `engines.document`."""

from shanxi_cli.query.fields import AUTHORED_FIELDS
from shanxi_cli.util import edtf

NAME_FIELDS = ("author", "place", "person", "org", "publication", "section", "link", *AUTHORED_FIELDS.values())
"""Fields of names: words with positions, and whole values."""

CODE_FIELDS = ("id", "page", "type", "edition")
"""Fields of one whole folded value."""

UNDATED_DAYS = edtf.DateInterval(edtf.LAST_DAY + 1, 0)
"""The days of an undated article: they overlap with no interval."""
