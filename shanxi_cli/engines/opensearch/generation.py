"""Requests to the indexes of one generation: searches that are whole or fail, and walks over everything that matches.

A generation does not change once it is published, so a walk needs no snapshot: each page begins behind the last hit of
the page before.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from shanxi_cli.engines.opensearch.dsl import Dsl
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.http.failures import require_whole
from shanxi_cli.engines.opensearch.index_names import words_name
from shanxi_cli.errors import EngineError, IndexUnusable

MAX_PAGE = 10_000
"""Hits of one request that a cluster gives (`index.max_result_window`)."""
_WANTED = (
    "timed_out,_shards,error,status,aggregations,hits.total.value,hits.hits._id,hits.hits._score,hits.hits.sort,"
    "hits.hits.fields,hits.hits.matched_queries,hits.hits._source"
)
_SEARCH = f"_search?allow_partial_search_results=false&include_named_queries_score=true&filter_path={_WANTED}"


class GenerationIndex:
    """The articles and the words of a generation."""

    def __init__(self, client: ClusterClient, generation: str) -> None:
        self.name = generation
        self._client = client
        self._words = words_name(generation)

    def search(self, body: Dsl, *, words: bool = False) -> Any:
        """Return the answer to a search of the articles, or of the words."""
        answer = self._client.request("POST", f"/{self._words if words else self.name}/{_SEARCH}", body)
        try:
            if "_shards" not in answer:  # without it an answer that lacks everything would be one without hits
                raise EngineError(f"the cluster's answer about {self.name} is incomplete; is this OpenSearch?")
            return require_whole(answer)
        except (AttributeError, TypeError) as error:
            raise IndexUnusable(f"the cluster's answer about {self.name} cannot be read") from error

    def hits(self, body: Dsl, *, words: bool = False) -> list[Any]:
        """Return the hits of a search that are not counted."""
        return hits_of(self.search({"track_total_hits": False, **body}, words=words))

    def walk(self, body: Dsl, *, page: int = MAX_PAGE, words: bool = False) -> Iterator[list[Any]]:
        """Yield all hits in the order of the `sort` of the search, which is of values of which no two hits have all."""
        after: Sequence[Any] | None = None
        while True:
            behind = {"search_after": after} if after is not None else {}
            hits = self.hits({**body, "size": page, **behind}, words=words)
            if hits:
                yield hits
            if len(hits) < page:
                return
            after = hits[-1]["sort"]

    def words_by_id(self, ids: Sequence[str]) -> list[Any]:
        """Return the documents of the words with these ids, of those that there are."""
        path = f"/{self._words}/_mget?realtime=false&filter_path=docs.found,docs._source,docs.error"
        answer = self._client.request("POST", path, {"ids": list(ids)})
        docs = answer["docs"]
        if len(docs) != len(ids) or any("error" in doc for doc in docs):
            raise IndexUnusable(f"the words of {self.name} cannot be read")
        return [doc["_source"] for doc in docs if doc.get("found")]


def hits_of(answer: Any) -> list[Any]:
    """Return the hits of an answer, which has nothing at all where there are none."""
    hits: list[Any] = answer.get("hits", {}).get("hits", [])
    return hits
