"""The terms that articles are given: an index made with others must not be taken for one of ours."""

import hashlib
from collections.abc import Mapping

from shanxi_cli.engines.fingerprint import SCHEMA_VERSION
from shanxi_cli.engines.packed_article import unpack_article
from shanxi_cli.engines.whoosh.schema import build_document, index_fingerprint
from shanxi_cli.extraction.names import add_derived_names
from shanxi_cli.model.article import Article
from tests.support.articles import ARTICLES, MEASURED

SCRIPTS = Article(
    id="scripts",
    title="Łódź, Tromsø and Xi`an",
    body="The US and us. ⼭西 ﾊﾟﾝ مَدْرَسَة יְרוּשָׁלַיִם ख़बर हिन्दी ที่ co\u00adal 太\u200b原",
    author=("Søren Ærø",),
    places=("Đà Nẵng",),
)
"""Letters of other scripts, in forms that folding makes one."""


def terms() -> str:
    """A digest of all that the articles are given."""
    shown = []
    for article in (*ARTICLES.values(), *MEASURED.values(), SCRIPTS):
        fields = build_document(add_derived_names(article))
        shown += [(name, sorted(v.items()) if isinstance(v, Mapping) else v) for name, v in sorted(fields.items())]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def test_schema_version_matches_terms() -> None:
    # When this fails, raise VERSION and write the new digest here beside it.
    assert (SCHEMA_VERSION, terms()) == (34, "874ef33f22a009a7")


def test_document_stores_whole_article() -> None:
    for article in ARTICLES.values():
        stored = build_document(article)["article"]
        assert isinstance(stored, tuple)
        assert unpack_article(stored) == article


def test_fingerprint_is_stable() -> None:
    assert index_fingerprint() == index_fingerprint()
    assert len(index_fingerprint()) == 16
