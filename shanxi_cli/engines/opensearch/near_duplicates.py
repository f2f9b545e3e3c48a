"""Groups of near-duplicates of an index in a cluster: found anew, or at an update among the articles that changed.

Near-duplicates agree in at least one band of their signatures, and the bands of a document are terms. So an update
asks for the articles that share a band with a changed one, and compares those; a group that lost an article is formed
again of the others; all other groups stay.
"""

from base64 import b64decode
from collections.abc import Collection, Iterable, Iterator, Sequence

from shanxi_cli.analysis.minhash import group_near_duplicates, signature_bands
from shanxi_cli.engines.opensearch.descriptor import NEAR_DUPLICATE_CHUNKS, read_chunks
from shanxi_cli.engines.opensearch.dsl import Dsl, batched
from shanxi_cli.engines.opensearch.generation import GenerationIndex
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.spill_files import list_spilled, read_rows
from shanxi_cli.util.dirfd import DirectoryHandle

SIGNATURES_PREFIX = "signatures-"
"""Beginning of the names of spill files with rows of (number of an article, signature in Base64)."""
_ARTICLES_AT_ONCE = 200
_PAGE = 5_000

Signature = tuple[int, bytes]
"""Number of an article, and its MinHash signature."""
Groups = list[tuple[int, ...]]


def read_signatures(folder: DirectoryHandle) -> Iterator[Signature]:
    """Yield the signatures of the articles that were written into a generation."""
    for name in list_spilled(folder, SIGNATURES_PREFIX):
        for number, signature in read_rows(folder, name):
            yield number, b64decode(signature)


def update_groups(client: ClusterClient, base: str, gone: Collection[int], added: Sequence[Signature]) -> Groups:
    """Return the groups of a generation that continues `base` without the articles `gone` and with those `added`."""
    removed = set(gone)
    old = [tuple(group) for group in read_chunks(client, base, NEAR_DUPLICATE_CHUNKS)]
    left = sorted({number for group in old if not removed.isdisjoint(group) for number in group} - removed)
    compared, index = dict(added), GenerationIndex(client, base)
    for some in batched(left, _ARTICLES_AT_ONCE):
        compared.update(_find_signatures(index, {"terms": {"n": some}}))
    for some in batched(added, _ARTICLES_AT_ONCE):
        bands = sorted({band for _, signature in some for band in signature_bands(signature)})
        found = _find_signatures(index, {"terms": {"bands": bands}})
        compared.update((number, signature) for number, signature in found if number not in removed)
    kept = [group for group in old if removed.isdisjoint(group)]
    return _join_groups([*kept, *group_near_duplicates(compared.items())])


def _find_signatures(index: GenerationIndex, query: Dsl) -> Iterator[Signature]:
    """Yield the signatures of the articles of a generation that match a query."""
    body = {"query": {"bool": {"filter": [query]}}, "sort": ["n"], "_source": False, "docvalue_fields": ["likeness"]}
    for hits in index.walk(body, page=_PAGE):
        for hit in hits:
            if "fields" in hit:  # a short text has no signature
                yield hit["sort"][0], b64decode(hit["fields"]["likeness"][0] + "==")  # without its padding


def _join_groups(groups: Iterable[tuple[int, ...]]) -> Groups:
    """Return groups joined where they share an article; numbers ascend in a group, and groups by their first."""
    group_of: dict[int, set[int]] = {}
    for group in groups:
        joined = set(group)
        for other in {id(group_of[number]): group_of[number] for number in group if number in group_of}.values():
            joined |= other
        group_of.update(dict.fromkeys(joined, joined))
    return sorted(tuple(sorted(group)) for group in {id(group): group for group in group_of.values()}.values())
