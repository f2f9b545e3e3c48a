"""The quantities of an article as an index stores them: a JSON list a paragraph, a row (`quantity_rows`) each.

The printed text of a quantity is cut from the article. The rows, and the model with them, are imported when stored
quantities are used: a search for a range compares spans alone.
"""

import json

from shanxi_cli.model.article import Article
from shanxi_cli.query.plan.range import Quantities, article_quantities


def dump_quantities(article: Article) -> bytes:
    """Return all quantities of an article as JSON; empty bytes for none."""
    from shanxi_cli.engines.quantity_rows import quantity_row

    rows = [[quantity_row(quantity) for quantity in paragraph] for paragraph in article_quantities(article)]
    return json.dumps(rows, separators=(",", ":")).encode() if any(rows) else b""


def load_quantities(value: bytes, article: Article) -> Quantities:
    """Return the quantities that `dump_quantities` wrote, a tuple per paragraph."""
    if not value:
        return tuple(() for _ in article.paragraphs)
    from shanxi_cli.engines.quantity_rows import quantity_from_row

    rows = json.loads(value)
    paragraphs = zip(article.paragraphs, rows, strict=True)
    return tuple(tuple(quantity_from_row(text, row) for row in rows) for text, rows in paragraphs)
