"""Identity of an index in a cluster: everything that decides the terms of an article and how they are indexed."""

from functools import cache

from shanxi_cli.engines.fingerprint import analysis_fingerprint
from shanxi_cli.engines.identity import EngineIdentity
from shanxi_cli.engines.opensearch.mapping import (
    MAPPING_VERSION,
    article_mapping,
    article_settings,
    vocabulary_mapping,
    vocabulary_settings,
)


@cache
def index_identity() -> EngineIdentity:
    """Return the identity of an index that this program writes."""
    indexes = article_settings(1, 0), article_mapping(), vocabulary_settings(0), vocabulary_mapping()
    return EngineIdentity("opensearch", str(MAPPING_VERSION), analysis_fingerprint([repr(each) for each in indexes]))
