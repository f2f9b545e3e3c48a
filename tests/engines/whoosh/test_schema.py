"""The terms that articles are given: an index made with others must not be taken for one of ours."""

import hashlib

from shanxi_cli.engines.whoosh import schema
from shanxi_cli.engines.whoosh.schema import build_document, index_fingerprint, unpack_article
from tests.support.articles import ARTICLES, MEASURED


def terms() -> str:
    """A digest of all that the articles are given."""
    shown = []
    for article in (*ARTICLES.values(), *MEASURED.values()):
        fields = build_document(article)
        shown += [(name, sorted(v.items()) if isinstance(v, dict) else v) for name, v in sorted(fields.items())]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def test_schema_version_matches_terms() -> None:
    # When this fails, raise VERSION and write the new digest here beside it.
    assert (schema.SCHEMA_VERSION, terms()) == (12, "2ccdac9332fc2891")


def test_document_stores_whole_article() -> None:
    for article in ARTICLES.values():
        stored = build_document(article)["article"]
        assert isinstance(stored, tuple)
        assert unpack_article(stored) == article


def test_fingerprint_is_stable() -> None:
    assert index_fingerprint() == index_fingerprint()
    assert len(index_fingerprint()) == 16
