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
from shanxi_cli.util.sanitize import sanitize_line

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
            whole = require_whole(answer)
            if {"timed_out", "_shards"} <= whole.keys():
                return whole
        except (AttributeError, TypeError) as error:
            raise IndexUnusable(f"the cluster's answer about {self.name} cannot be read") from error
        raise EngineError("the cluster answered a search with something else; is a proxy in front of it?")

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
        docs = answer.get("docs", ())
        require_documents(docs, len(ids), self._words)
        return [doc["_source"] for doc in docs if doc.get("found")]


def require_documents(docs: Sequence[Any], number: int, index: str) -> None:
    """Raise an error if not each of `number` documents was looked up: `IndexUnusable` if their index is gone."""
    error = next((doc["error"] for doc in docs if "error" in doc), None)
    if error and error.get("type") == "index_not_found_exception":
        raise IndexUnusable(f"{index} is gone from the cluster")
    if error or len(docs) != number:  # a shard may be away for a moment: nothing is wrong with the index
        reason = sanitize_line(str(error.get("reason", ""))) if error else f"{len(docs)} of {number} answers"
        raise EngineError(f"the cluster could not read {index} ({reason}); try again, or see shanxi doctor")


def hits_of(answer: Any) -> list[Any]:
    """Return the hits of an answer, which has nothing at all where there are none."""
    hits: list[Any] = answer.get("hits", {}).get("hits", [])
    return hits
