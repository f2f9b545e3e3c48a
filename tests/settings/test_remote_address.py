"""Addresses of an index that a cluster keeps: what is one, what is refused, and that no message shows a secret."""

from pathlib import Path

import pytest

from shanxi_cli.errors import LocationError
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.settings.remote_address import (
    check_connection,
    check_index_name,
    describe_credentials,
    describe_plain_nodes,
    format_address,
    parse_address,
    parse_credentials,
    read_address,
)

SCHEME = "an address begins with https:// or http://"
ALLOWED = "it may have a-z, 0-9 and, behind the first letter or digit, - _ ."


@pytest.mark.parametrize(
    ("text", "nodes", "name"),
    [
        ("https://a:9200/press", ("https://a:9200",), "press"),
        ("https://a:9200,https://b:9200/press", ("https://a:9200", "https://b:9200"), "press"),
        (
            " HTTPS://A.Example.org:9200 , https://b:9200/press/",
            ("https://a.example.org:9200", "https://b:9200"),
            "press",
        ),
        ("https://a:9200,https://a:9200/press", ("https://a:9200",), "press"),
        ("https://a/press", ("https://a:443",), "press"),
        ("http://[::1]:9200/press_2-a.b", ("http://[::1]:9200",), "press_2-a.b"),
    ],
    ids=["one", "two", "spaces-and-capitals", "twice", "default-port", "ipv6"],
)
def test_addresses(text: str, nodes: tuple[str, ...], name: str) -> None:
    assert parse_address(text, "") == (nodes, name)
    assert parse_address(format_address(RemoteIndex(nodes, name)), "") == (nodes, name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("https://a:9200", "the name of the index is missing: https://HOST:9200/NAME"),
        ("https://a:9200/", "the name of the index is missing: https://HOST:9200/NAME"),
        ("https://a:9200/x/press", "only the name of the index follows the last node: https://HOST:9200/NAME"),
        ("https://a:9200,b:9200/press", f"{SCHEME}: write https://b:9200/press"),
        ("ftp://a:9200/press", f"{SCHEME}: write https://a:9200/press"),
        ("localhost:9200/press", f"{SCHEME}: write http://localhost:9200/press"),
        ("https:/a:9200/press", f"{SCHEME}: write https://a:9200/press"),
        ("word://", f"{SCHEME}: write https://HOST:9200/NAME"),
        (
            "https://a:9200/x,https://b:9200/press",
            "https://a:9200 has a path; only the last node is followed by the name of the index",
        ),
        ("https://a:9200/press?x=1", "https://a:9200: an address has no ? and no #"),
        ("https://a:99999/press", "https://a:99999: the port is a number up to 65535"),
        ("https://a:http/press", "https://a:http: the port is a number up to 65535"),
        ("https://:9200/press", "https://:9200: the name of the host is missing or has letters that no host has"),
        ("https://a b/press", "https://a b: the name of the host is missing or has letters that no host has"),
        ("https://[::1/press", "not an address: https://HOST:9200/NAME"),
        ("https://a:9200/Press", f"Press cannot be the name of an index: it has capital letters; {ALLOWED}"),
    ],
)
def test_addresses_that_are_none(text: str, message: str) -> None:
    with pytest.raises(LocationError) as error:
        parse_address(text, "--index: ")
    assert str(error.value) == f"--index: {message}"


@pytest.mark.parametrize("text", ["https://ann:s3cret@a:9200/press", "https://a:9200,https://ann@b/press"])
def test_a_password_in_an_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(
        LocationError, match="--index: no user name or password in an address, where others can"
    ) as error:
        parse_address(text, "--index: ")
    assert "s3cret" not in str(error.value)
    assert "ann@" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("-press", f"cannot be the name of an index: it begins with -; {ALLOWED}"),
        ("_press", f"cannot be the name of an index: it begins with _; {ALLOWED}"),
        (".press", f"cannot be the name of an index: it begins with .; {ALLOWED}"),
        ("+press", f"cannot be the name of an index: it has +; {ALLOWED}"),
        ("pre*ss", f"cannot be the name of an index: it has *; {ALLOWED}"),
        ("pre%2dss", f"cannot be the name of an index: it has %; {ALLOWED}"),
        ("pre&ss", f"cannot be the name of an index: it has &; {ALLOWED}"),
        ("zeitung-köln", f"cannot be the name of an index: it has ö; {ALLOWED}"),
        ("煤", f"cannot be the name of an index: it has 煤; {ALLOWED}"),
        ("pre ss", f"cannot be the name of an index: it has a space; {ALLOWED}"),
        ("press-gen-0123456789abcdef", "is a name that shanxi gives to parts of an index; the index is press"),
        ("press-gen-0123456789abcdef-words", "is a name that shanxi gives to parts of an index; the index is press"),
        ("press-lease", "is a name that shanxi gives to parts of an index; the index is press"),
    ],
)
def test_names_that_no_index_can_have(name: str, reason: str) -> None:
    with pytest.raises(LocationError) as error:
        check_index_name(name, "")
    assert str(error.value) == f"{name} {reason}"


def test_a_name_leaves_room_for_what_is_appended() -> None:
    check_index_name("a" * 200, "")
    with pytest.raises(LocationError) as error:
        check_index_name("a" * 201, "")
    assert str(error.value) == f"the name of an index has at most 200 bytes, and {'a' * 20}... has 201"


@pytest.mark.parametrize(
    ("text", "source", "shown"),
    [
        ("env:PRESS_AUTH", "env:PRESS_AUTH", "env:PRESS_AUTH"),
        ("file:auth/press", "file:/srv/auth/press", "file:/srv/auth/press"),
        ("file:/etc/press", "file:/etc/press", "file:/etc/press"),
        ("command:vault read -token=x press", "command:vault read -token=x press", "command:vault"),
    ],
)
def test_sources_of_credentials(text: str, source: str, shown: str) -> None:
    assert parse_credentials(text, "", Path("/srv")) == source
    assert describe_credentials(source) == shown


@pytest.mark.parametrize("text", ["ann:s3cret", "s3cret", "env:", "file: ", "Basic YW5uOnMzY3JldA=="])
def test_a_password_in_place_of_its_source_is_not_repeated(text: str) -> None:
    with pytest.raises(LocationError) as error:
        parse_credentials(text, "SHANXI_AUTH: ", Path("/"))
    assert str(error.value) == "SHANXI_AUTH: env:NAME, file:PATH or command:LINE, never a password itself"


def test_certificates_and_credentials_of_an_address_are_from_the_environment(tmp_path: Path) -> None:
    environ = {"SHANXI_CA": str(tmp_path / "ca.pem"), "SHANXI_AUTH": "env:PRESS"}
    remote = read_address("https://a:9200/press", "--index", environ)
    assert remote == RemoteIndex(("https://a:9200",), "press", f"{tmp_path}/ca.pem", "env:PRESS")
    with pytest.raises(LocationError) as error:
        check_connection(remote, "--index")
    assert str(error.value) == f"the file of certificates {tmp_path}/ca.pem (SHANXI_CA) does not exist"


@pytest.mark.parametrize(
    "node", ["https://a.example.org:9200", "http://localhost:9200", "http://127.0.0.2:9200", "http://[::1]:9200"]
)
def test_safe_nodes(node: str) -> None:
    check_connection(RemoteIndex((node,), "press"), "--index")
    assert describe_plain_nodes(RemoteIndex((node,), "press", insecure=True)) == ""


@pytest.mark.parametrize(
    "node", ["http://a.example.org:9200", "http://127.0.0.1.example.org:9200", "http://10.0.0.1:80"]
)
def test_http_to_another_machine_has_to_be_allowed(node: str) -> None:
    with pytest.raises(LocationError) as error:
        check_connection(RemoteIndex(("https://b:9200", node), "press"), "SHANXI_INDEX")
    assert str(error.value) == (
        f"{node} (SHANXI_INDEX) is not encrypted: others on the network could read and change what is sent;"
        " write https, or add --insecure if you trust the network"
    )
    allowed = RemoteIndex(("https://b:9200", node), "press", insecure=True)
    check_connection(allowed, "SHANXI_INDEX")
    assert describe_plain_nodes(allowed) == (
        f"the connection to {node} is not encrypted: others on the network can read it"
    )
