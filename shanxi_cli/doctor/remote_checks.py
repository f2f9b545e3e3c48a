"""Checks of an index that a cluster keeps: the cluster, what was published, and whether its data is complete."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shanxi_cli.corpus.reader import display_path
from shanxi_cli.doctor.article_checks import (
    REBUILD_ADVICE,
    SAMPLE_SIZE,
    Examination,
    make_comparison_finding,
)
from shanxi_cli.doctor.cluster import check_cluster
from shanxi_cli.doctor.findings import Finding, FindingState
from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.remote import (
    inspect_cluster,
    load_published_manifest,
    open_published,
    sample_published,
)
from shanxi_cli.errors import EngineError, IndexUnusable, LocationError
from shanxi_cli.indexing.manifest import list_article_checksums
from shanxi_cli.model.remote_index import RemoteIndex

if TYPE_CHECKING:
    from shanxi_cli.engines.opensearch.published import PublishedGeneration

_READER_ADVICE = "whoever has the files of the articles repairs it: shanxi index --rebuild"


def check_remote_index(examination: Examination) -> Iterator[Finding]:
    """Check the cluster and, where there is no corpus to compare with, the index by itself."""
    remote = examination.remote
    assert remote
    try:
        report = inspect_cluster(remote, examination.timeout)
        yield from check_cluster(report)
        if report.taken:
            yield Finding("index", FindingState.WRONG, report.taken)
        else:
            yield from _check_published(examination, remote, report.articles)
    except (EngineError, LocationError) as error:
        yield Finding("cluster", FindingState.WRONG, str(error))


def _check_published(examination: Examination, remote: RemoteIndex, counted: int | None) -> Iterator[Finding]:
    try:
        engine, published = open_published(remote, examination.timeout)
    except IndexUnusable as error:
        yield Finding("index", FindingState.WRONG, str(error), _advice(examination, "builds it"))
        return
    try:
        built = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(published.built // 1_000_000_000))
        roots = ", ".join(map(display_path, published.summary["roots"]))
        yield Finding(
            "index", FindingState.SOUND, f"{published.name}, built {built} by {published.builder or '?'} from {roots}"
        )
        yield _compare_counts(examination, published, counted)
        if not examination.roots:
            yield from _check_by_itself(examination, remote, engine, published)
    except IndexUnusable as error:
        yield Finding("index", FindingState.WRONG, str(error), _advice(examination, "rebuilds it"))
    finally:
        engine.close()


def _compare_counts(examination: Examination, published: "PublishedGeneration", counted: int | None) -> Finding:
    """Compare the articles that the cluster counts with those that were published and those of the manifest."""
    listed = int(published.summary["coverage"][0])
    if counted in (None, published.articles) and published.articles == listed:
        return Finding("counts", FindingState.SOUND, f"{listed:,} articles, in the cluster as in the manifest")
    message = f"the manifest lists {listed:,} articles, {published.articles:,} were published"
    message += "" if counted is None else f", the cluster has {counted:,}"
    return Finding("counts", FindingState.WRONG, message, _advice(examination, "rebuilds it"))


def _check_by_itself(
    examination: Examination, remote: RemoteIndex, engine: Engine, published: "PublishedGeneration"
) -> Iterator[Finding]:
    """Analyse stored articles again and compare their terms; with `full` all, and the ids with the manifest."""
    if examination.full:
        manifest = load_published_manifest(remote, examination.timeout, published.name)
        listed = list_article_checksums(manifest)
        indexed = [article_id for article_id, _ in engine.articles_with_id_prefix("")]
        different = sorted({*listed} ^ {*indexed})
        right = f"the ids of all {len(indexed):,} are those of the manifest"
        yield _without_files(
            make_comparison_finding("contents", different, right, "are missing, or not in the manifest")
        )
    sample = sample_published(remote, examination.timeout, published.name, SAMPLE_SIZE)
    numbers = None if examination.full or len(sample) == published.articles else sample
    names = []
    for done, number in enumerate(engine.outdated_documents(numbers), 1):
        names.append(engine.article(number).id)
        examination.progress(done, done)
    extent = f"all {published.articles:,}" if numbers is None else f"{len(sample)} of {published.articles:,}"
    right = f"{extent} have the right terms"
    yield _without_files(make_comparison_finding("terms", names, right, "have missing or wrong terms"))


def _without_files(finding: Finding) -> Finding:
    return finding._replace(advice=_READER_ADVICE) if finding.advice else finding


def _advice(examination: Examination, outcome: str) -> str:
    return REBUILD_ADVICE.replace("rebuilds it", outcome) if examination.roots else _READER_ADVICE
