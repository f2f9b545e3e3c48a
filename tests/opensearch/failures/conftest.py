"""An index of 133 articles on a cluster, and what commands over it print."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.opensearch.cluster.running import StartedCluster
from tests.opensearch.comparison.corpus import write_corpus
from tests.opensearch.failures.asking import COMMANDS, Press
from tests.opensearch.program import User, local_answers


@pytest.fixture(scope="session")
def made_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("made") / "corpus")


@pytest.fixture(scope="session")
def press(
    started_cluster: StartedCluster, made_corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Press]:
    """The index, built once; tests only read it."""
    home = tmp_path_factory.mktemp("press")
    name = f"press-{uuid.uuid4().hex[:8]}"
    built = User(home, name, made_corpus).run(started_cluster.urls, "index")
    assert built.status == 0, built
    answers = local_answers(tmp_path_factory.mktemp("local"), made_corpus, COMMANDS)
    yield Press(User(tmp_path_factory.mktemp("reader"), name), dict(zip(COMMANDS, answers, strict=True)))
    started_cluster.remove_indices(name)
