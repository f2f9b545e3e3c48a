"""TLS: certificates are verified, and each failure says what to do."""

import datetime
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import trustme

from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.errors import EngineError, LocationError
from shanxi_cli.model.remote_index import RemoteIndex
from tests.opensearch.http.scripted_node import Play, ScriptedNode, answering, hanging

FINE = answering({"n": 1})
PAST = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


class Nodes:
    """Starts nodes and clients, and stops them."""

    def __init__(self, authority: trustme.CA, stack: ExitStack) -> None:
        self.authority = authority
        self.stack = stack

    def start(
        self,
        *names: str,
        play: Play = FINE,
        expires: datetime.datetime | None = None,
        by: trustme.CA | None = None,
    ) -> ScriptedNode:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        (by or self.authority).issue_cert(*names, not_after=expires, not_before=PAST).configure_cert(context)
        node = ScriptedNode(play, tls=context)
        self.stack.callback(node.stop)
        return node

    def plain(self) -> ScriptedNode:
        node = ScriptedNode(answering({"n": 1}))
        self.stack.callback(node.stop)
        return node

    def client(self, *urls: str, ca: str) -> ClusterClient:
        client = ClusterClient(RemoteIndex(urls, "press", ca=ca), 60.0)
        self.stack.callback(client.close)
        return client


@pytest.fixture
def nodes(authority: trustme.CA) -> Iterator[Nodes]:
    with ExitStack() as stack:
        yield Nodes(authority, stack)


def reason(client: ClusterClient) -> str:
    with pytest.raises(EngineError) as caught:
        client.request("GET", "/x")
    return str(caught.value).removesuffix("; check that the cluster runs and the address is right")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_encrypted_requests(host: str, nodes: Nodes, ca_file: str) -> None:
    node = nodes.start("127.0.0.1", "localhost")
    client = nodes.client(f"https://{host}:{node.port}", ca=ca_file)
    assert [client.request("GET", "/x") for _ in range(3)] == [{"n": 1}] * 3
    assert node.connections <= 2  # TLS 1.3 may send tickets after the first answer


def test_large_bodies_both_ways(nodes: Nodes, ca_file: str) -> None:
    large = ["煤" * 1000] * 2000
    node = nodes.start("127.0.0.1", play=answering(large))
    assert nodes.client(node.url, ca=ca_file).request("POST", "/x", large) == large
    assert len(node.seen[0].body) > 10_000_000


def test_certificate_of_an_unknown_authority(nodes: Nodes) -> None:
    node = nodes.start("127.0.0.1")
    assert reason(nodes.client(node.url, ca="")) == (
        f"the cluster at {node.url} has a certificate of an unknown authority; name the file of that authority: "
        'ca = "/path/of/ca.pem"'
    )


def test_certificate_of_another_authority(nodes: Nodes, ca_file: str) -> None:
    node = nodes.start("127.0.0.1", by=trustme.CA())
    assert reason(nodes.client(node.url, ca=ca_file)) == (
        f"the cluster at {node.url} has a certificate that is not signed by the authority in ca = {ca_file}"
    )


@pytest.mark.parametrize(("host", "name"), [("127.0.0.1", "127.0.0.2"), ("localhost", "press.example")])
def test_certificate_for_another_name(host: str, name: str, nodes: Nodes, ca_file: str) -> None:
    url = f"https://{host}:{nodes.start(name).port}"
    assert reason(nodes.client(url, ca=ca_file)) == (
        f"the cluster at {url} has a certificate for another name; write the host name that is in the certificate"
    )


def test_certificate_that_has_expired(nodes: Nodes, ca_file: str) -> None:
    node = nodes.start("127.0.0.1", expires=PAST + datetime.timedelta(days=1))
    assert reason(nodes.client(node.url, ca=ca_file)) == (
        f"the cluster at {node.url} has a certificate that has expired; it must be renewed on the node"
    )


def test_encrypted_request_to_a_plain_port(nodes: Nodes, ca_file: str) -> None:
    url = nodes.plain().url.replace("http:", "https:")
    message = reason(nodes.client(url, ca=ca_file))
    assert message.startswith(f"the cluster at {url} ")
    assert "TLS" in message


def test_plain_request_to_an_encrypted_port(nodes: Nodes, ca_file: str) -> None:
    url = nodes.start("127.0.0.1").url.replace("https:", "http:")
    message = reason(nodes.client(url, ca=ca_file))
    assert message.startswith(f"the cluster at {url} ")
    assert "TLS" in message
    assert message.endswith("write https://")


@pytest.mark.usefixtures("impatient")
def test_encrypted_node_that_hangs_is_passed(nodes: Nodes, ca_file: str) -> None:
    hung, good = nodes.start("127.0.0.1", play=hanging), nodes.start("127.0.0.1")
    client = nodes.client(hung.url, good.url, ca=ca_file)
    assert [client.request("GET", "/x") for _ in range(2)] == [{"n": 1}] * 2
    assert hung.lines == ["GET /x HTTP/1.1"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        pytest.param("none.pem", None, "No such file or directory", id="missing"),
        pytest.param("empty.pem", "", "the file has no certificate in PEM form", id="empty"),
        pytest.param("text.pem", "no certificate", "the file has no certificate in PEM form", id="text"),
        pytest.param("null\0.pem", None, "not a path", id="no path"),
    ],
)
def test_unusable_file_of_authorities(name: str, text: str | None, message: str, nodes: Nodes, tmp_path: Path) -> None:
    path = str(tmp_path / name)
    if text is not None:
        Path(path).write_text(text)
    with pytest.raises(LocationError) as caught:
        nodes.client("https://127.0.0.1:9", ca=path).request("GET", "/x")
    assert str(caught.value) == f"ca = {path}: {message}".replace("\0", "\N{REPLACEMENT CHARACTER}")
