"""Addresses of nodes as users write them."""

import pytest

from shanxi_cli.engines.opensearch.http.addresses import cluster_nodes, insecure_notice, parse_node
from shanxi_cli.errors import LocationError
from shanxi_cli.model.remote_index import RemoteIndex


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        pytest.param("https://a.example:9200", "https://a.example:9200", id="address"),
        pytest.param(" https://A.example:9200/ ", "https://a.example:9200", id="slash, capital and spaces"),
        pytest.param("https://a.example", "https://a.example:443", id="port of the scheme"),
        pytest.param("http://localhost", "http://localhost:80", id="loopback by name"),
        pytest.param("http://127.3.2.1:9200", "http://127.3.2.1:9200", id="loopback by number"),
        pytest.param("http://[::1]:9200", "http://[::1]:9200", id="loopback of IPv6"),
        pytest.param("https://[2001:db8::1]:9200", "https://[2001:db8::1]:9200", id="IPv6"),
        pytest.param("https://zeitung-köln.example:9200", "https://xn--zeitung-kln-zfb.example:9200", id="letters"),
    ],
)
def test_address(url: str, shown: str) -> None:
    assert str(parse_node(url)) == shown


NO_ADDRESS = "not an address of a node; write https://HOST:PORT"
IN_CLEAR = (
    "without TLS, anyone on the way could read and change what is sent; use https://, or allow it with --insecure"
)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("a.example:9200", f"a.example:9200: {NO_ADDRESS}", id="no scheme"),
        pytest.param("ftp://a.example", f"ftp://a.example: {NO_ADDRESS}", id="other scheme"),
        pytest.param("https://", f"https://: {NO_ADDRESS}", id="no host"),
        pytest.param("https://:9200", f"https://:9200: {NO_ADDRESS}", id="port alone"),
        pytest.param(
            "https://a:x",
            "https://a:x: not an address of a node: Port could not be cast to integer value as 'x'",
            id="port",
        ),
        pytest.param(
            "https://a:99999", "https://a:99999: not an address of a node: Port out of range 0-65535", id="large port"
        ),
        pytest.param("https://[::1", "https://[::1: not an address of a node: Invalid IPv6 URL", id="bracket"),
        pytest.param("https://a b:9200", "a b: not the name of a host", id="space"),
        pytest.param(
            "https://a:9200/press",
            "https://a:9200/press: the address of a node has no path; write https://HOST:PORT",
            id="path",
        ),
        pytest.param(
            "https://a:9200?x=1",
            "https://a:9200: the address of a node has no path; write https://HOST:PORT",
            id="query",
        ),
        pytest.param("http://a.example:9200", f"http://a.example:9200: {IN_CLEAR}", id="in clear"),
        pytest.param("http://127.0.0.1.example", f"http://127.0.0.1.example:80: {IN_CLEAR}", id="like loopback"),
        pytest.param("http://0.0.0.0:9200", f"http://0.0.0.0:9200: {IN_CLEAR}", id="every address"),
    ],
)
def test_refused_address(url: str, message: str) -> None:
    with pytest.raises(LocationError) as caught:
        parse_node(url)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "user", ["reader:s3cret", "reader", ":s3cret", "a@b:s3cret", "reader:s3cret@x@y", "reader:s3cret/x"]
)
@pytest.mark.parametrize("port", ["9200", "x"])
def test_password_in_an_address_is_refused_and_not_shown(user: str, port: str) -> None:
    with pytest.raises(LocationError) as caught:
        parse_node(f"https://{user}@a.example:{port}")
    assert "s3cret" not in str(caught.value)
    assert str(caught.value) == (
        f"the address of a.example:{port} has a user name or password, which other users could read in the list of "
        "processes; give them by auth = env:NAME, file:PATH or command:LINE"
    )


def test_nodes_in_order_each_once() -> None:
    remote = RemoteIndex(("https://b:9200", "https://a:9200", "https://B:9200/"), "press")
    assert [str(node) for node in cluster_nodes(remote)] == ["https://b:9200", "https://a:9200"]


def test_index_without_an_address() -> None:
    with pytest.raises(LocationError) as caught:
        cluster_nodes(RemoteIndex((), "press"))
    assert str(caught.value) == 'the index press has no address; write url = ["https://HOST:PORT"]'


@pytest.mark.parametrize(
    ("urls", "auth", "notice"),
    [
        pytest.param(("https://a:1", "http://127.0.0.1:1"), "env:X", "", id="encrypted or on this machine"),
        pytest.param(
            ("http://a:1", "http://b:1", "https://c:1"),
            "",
            "not encrypted: anyone on the way to http://a:1, http://b:1 can read and change what is sent",
            id="in clear",
        ),
        pytest.param(
            ("http://a:1",),
            "env:X",
            "not encrypted: anyone on the way to http://a:1 can read and change what is sent, with the credentials",
            id="credentials in clear",
        ),
    ],
)
def test_notice_of_what_is_sent_in_clear(urls: tuple[str, ...], auth: str, notice: str) -> None:
    assert insecure_notice(RemoteIndex(urls, "press", auth=auth, insecure=True)) == notice
