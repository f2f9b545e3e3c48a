"""Certificates, credentials, versions and names that are wrong: one line that says what to do, and no secret in it."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.opensearch.cluster.running import Cluster, StartedCluster
from tests.opensearch.failures.asking import COMMANDS, SOME, Press
from tests.opensearch.program import User
from tests.opensearch.proxy import faults
from tests.opensearch.proxy.server import Fault, Proxy, proxy_to

pytestmark = pytest.mark.cluster
SEARCH = COMMANDS[0]
SECRET = "correct-horse-battery"


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
def secured(started_cluster: StartedCluster, authority: trustme.CA) -> Iterator[Proxy]:
    """The cluster behind TLS and a password."""
    with proxy_to(started_cluster.urls[0], authority.issue_cert("127.0.0.1"), ("ann", SECRET)) as proxy:
        yield proxy


def test_a_certificate_and_a_password_open_the_index(press: Press, secured: Proxy, ca_file: str) -> None:
    variables = {"SHANXI_CA": ca_file, "SHANXI_AUTH": "env:PRESS_AUTH", "PRESS_AUTH": f"ann:{SECRET}"}
    for command in SOME:
        assert press.is_whole(command, press.answer([secured.url], command, **variables))


def test_an_archive_of_the_configuration_opens_it(press: Press, secured: Proxy, ca_file: str, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text(f"ann:{SECRET}\n")
    password.chmod(0o600)
    (tmp_path / ".config" / "shanxi").mkdir(parents=True)
    (tmp_path / ".config" / "shanxi" / "config.toml").write_text(f"""
default = "press"
[archives.press]
engine = "opensearch"
url = ["{secured.url}"]
name = "{press.reader.name}"
ca = "{ca_file}"
auth = "file:{password}"
""")
    reader = User(tmp_path, press.reader.name)
    assert press.is_whole(SEARCH, reader.run([], *SEARCH, SHANXI_INDEX=""))


@pytest.mark.parametrize("mode", [0o644, 0o640])
def test_a_password_that_others_can_read_is_refused(
    press: Press, secured: Proxy, ca_file: str, tmp_path: Path, mode: int
) -> None:
    password = tmp_path / "password"
    password.write_text(f"ann:{SECRET}\n")
    password.chmod(mode)
    result = press.answer([secured.url], SEARCH, SHANXI_CA=ca_file, SHANXI_AUTH=f"file:{password}")
    assert result.is_one_line_of_error() and SECRET not in result.err and str(password) in result.err
    assert secured.requests == []


def test_an_unknown_authority_is_refused_before_the_password_is_sent(press: Press, secured: Proxy) -> None:
    result = press.answer([secured.url], SEARCH, SHANXI_AUTH="env:PRESS_AUTH", PRESS_AUTH=f"ann:{SECRET}")
    assert result.is_one_line_of_error() and "certificate" in result.err and SECRET not in result.err, result
    assert secured.requests == []


@pytest.mark.parametrize("fault", ["of another host", "out of date"])
def test_a_wrong_certificate_is_refused(
    press: Press, started_cluster: StartedCluster, authority: trustme.CA, ca_file: str, fault: str
) -> None:
    past = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    if fault == "of another host":
        certificate = authority.issue_cert("search.example")
    else:
        certificate = authority.issue_cert("127.0.0.1", not_before=past - datetime.timedelta(days=1), not_after=past)
    with proxy_to(started_cluster.urls[0], certificate) as proxy:
        result = press.answer([proxy.url], SEARCH, SHANXI_CA=ca_file)
        assert result.is_one_line_of_error() and "certificate" in result.err, result
        assert proxy.requests == []


@pytest.mark.parametrize(
    "variables",
    [{}, {"SHANXI_AUTH": "env:PRESS_AUTH", "PRESS_AUTH": "ann:guessed"}],
    ids=["no password", "wrong password"],
)
def test_a_wrong_password_is_told(press: Press, secured: Proxy, ca_file: str, variables: dict[str, str]) -> None:
    for command in SOME:
        result = press.answer([secured.url], command, SHANXI_CA=ca_file, **variables)
        assert result.is_one_line_of_error() and "401" in result.err and "guessed" not in result.err, result


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (faults.other_version("1.3.20"), "1.3.20"),
        (faults.other_version("7.10.2", distribution=""), "Elasticsearch"),
        (faults.other_version("8.17.0", distribution=""), "Elasticsearch"),
    ],
    ids=["OpenSearch 1", "Elasticsearch 7", "Elasticsearch 8"],
)
def test_an_index_is_not_built_on_another_version(
    started_cluster: StartedCluster, made_corpus: Path, tmp_path: Path, fault: Fault, named: str
) -> None:
    with proxy_to(started_cluster.urls[0]) as proxy:
        proxy.inject(fault, path=r"^/(\?|\Z)")
        builder = User(tmp_path, "built-elsewhere", made_corpus)
        result = builder.run([proxy.url], "index")
        assert result.is_one_line_of_error() and named in result.err, result
        assert [request for request in proxy.requests if request.method != "GET"] == []


def test_an_index_that_is_not_there_is_told(press: Press, cluster: Cluster) -> None:
    reader = User(press.reader.home, "no-such-index")
    for command in SOME:
        result = reader.run(cluster.urls, *command)
        assert result.is_one_line_of_error() and "no-such-index" in result.err, result
