"""Addresses of an index that a cluster keeps: `https://a:9200,https://b:9200/press`, and what may stand in them.

Nothing here connects to anything. Every mistake is a `LocationError` of one line that begins with the place of the
mistake, `where` (as `--index: `), and never shows a secret.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from shanxi_cli.errors import LocationError
from shanxi_cli.model.remote_index import RemoteIndex

_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_NAME_BYTES = 200
"""OpenSearch allows 255 bytes; the program appends up to 33 of its own (`-gen-`, 16 digits, a word)."""
_WRONG_IN_NAME = re.compile(r"^[-_.]|[^a-z0-9_.-]")
"""OpenSearch allows more letters, which would have to be escaped in some places of a request and not in others."""
_RIGHT_IN_NAME = "it may have a-z, 0-9 and, behind the first letter or digit, - _ ."
_OWN_NAME = re.compile(r"-(gen|build)-[0-9a-f]{16}(-[a-z]+)?\Z|-fence-[0-9]+\Z|-lease\Z")
_EXAMPLE = "https://HOST:9200/NAME"
_NODE_EXAMPLE = "https://HOST:9200"


def read_address(text: str, source: str, environ: Mapping[str, str]) -> RemoteIndex:
    """Return the index that `source` (an option or a variable) gives as an address.

    SHANXI_CA names the certificates to trust and SHANXI_AUTH the source of the credentials: those of an archive of the
    configuration are for its own cluster, and go to no other.
    """
    urls, name = parse_address(text, f"{source}: ")
    ca, auth = environ.get("SHANXI_CA", ""), environ.get("SHANXI_AUTH", "")
    auth = parse_credentials(auth, "SHANXI_AUTH: ", Path.cwd()) if auth else ""
    return RemoteIndex(urls, name, os.path.abspath(os.path.expanduser(ca)) if ca else "", auth)


def check_connection(remote: RemoteIndex, source: str) -> None:
    """Raise `LocationError` for certificates that are not there, and for `http` to another machine unless allowed."""
    if remote.ca and not os.path.isfile(remote.ca):
        reason = "is not a file" if os.path.exists(remote.ca) else "does not exist"
        raise LocationError(f"the file of certificates {remote.ca} ({_name_ca_source(source)}) {reason}")
    if not remote.insecure and (plain := _list_plain_nodes(remote)):
        raise LocationError(
            f"{plain[0]} ({source}) is not encrypted: others on the network could read and change what is sent;"
            " write https, or add --insecure if you trust the network"
        )


def _name_ca_source(source: str) -> str:
    return source if source.startswith("archives.") else "SHANXI_CA"


def parse_address(text: str, where: str) -> tuple[tuple[str, ...], str]:
    """Return the nodes and the name of `https://a:9200,https://b:9200/press`; the last node is followed by the name."""
    *before, last = [part.strip() for part in text.split(",")]
    parts = _split_node(last, where)
    name = parts.path.strip("/")
    if not name:
        raise LocationError(f"{where}the name of the index is missing: {_EXAMPLE}")
    if "/" in name:
        raise LocationError(f"{where}only the name of the index follows the last node: {_EXAMPLE}")
    check_index_name(name, where)
    nodes = [*(parse_node(part, where) for part in before), _format_node(parts, where)]
    return tuple(dict.fromkeys(nodes)), name


def format_address(remote: RemoteIndex) -> str:
    """Return the address of an index as `--index` takes it."""
    return f"{','.join(remote.urls)}/{remote.name}"


def parse_node(text: str, where: str) -> str:
    """Return the address of one node in one form: `https://host:port`, in small letters."""
    parts = _split_node(text, where)
    if parts.path.strip("/"):
        raise LocationError(
            f"{where}{_show(parts)} has a path; only the last node is followed by the name of the index"
        )
    return _format_node(parts, where)


def parse_listed_node(text: str, where: str) -> str:
    """Return the address of a node as `parse_node`, for the key `url` of the file, beside which `name` is a key."""
    if "," in text and "@" not in text:
        nodes = ", ".join(f'"{_strip_path(part)}"' for part in text.split(",") if part.strip())
        raise LocationError(f"{where}each node is a text of its own: url = [{nodes}]; the name of the index is name")
    parts = _split_node(text, where, _NODE_EXAMPLE)
    if path := parts.path.strip("/"):
        raise LocationError(
            f'{where}{_show(parts)} has a path; the name of the index is a key of its own: name = "{path[:80]}"'
        )
    return _format_node(parts, where)


def _strip_path(node: str) -> str:
    """Return an address without its path, for a message."""
    scheme, slashes, rest = node.strip().partition("://")
    return f"{scheme}{slashes}{rest.partition('/')[0]}"[:80] if slashes else node.strip().partition("/")[0][:80]


def _split_node(text: str, where: str, example: str = _EXAMPLE) -> SplitResult:
    """Return the parts of an address. A user name or password in it is refused: others can read a command line.

    `example` is what a message shows as the right form.
    """
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        raise LocationError(f"{where}not an address: {example}") from None
    if "@" in text:
        raise LocationError(
            f"{where}no user name or password in an address, where others can read them; name their source instead:"
            " SHANXI_AUTH, or auth in config.toml, as env:NAME, file:PATH or command:LINE"
        )
    if parts.scheme not in _DEFAULT_PORTS or not parts.netloc:
        raise LocationError(f"{where}an address begins with https:// or http://: write {_suggest(text, example)}")
    if parts.query or parts.fragment or "?" in text or "#" in text:
        raise LocationError(f"{where}{_show(parts)}: an address has no ? and no #")
    return parts


def _suggest(text: str, example: str) -> str:
    """Return an address without a scheme, or with one that no cluster has, with that which it should have."""
    rest = re.sub(r"^\s*[A-Za-z][A-Za-z0-9+.-]*:/+", "", text).split("?")[0].strip()[:80]
    try:
        host = urlsplit(f"//{rest}").hostname or ""
    except ValueError:
        host = ""
    return f"{'http' if _is_loopback_host(host) else 'https'}://{rest}" if host else example


def _format_node(parts: SplitResult, where: str) -> str:
    try:
        host, port = parts.hostname, parts.port or _DEFAULT_PORTS[parts.scheme]
    except ValueError:
        raise LocationError(f"{where}{_show(parts)}: the port is a number up to 65535") from None
    if not host or not re.fullmatch(r"[\w.-]+|[0-9a-f:.]+", host):
        raise LocationError(f"{where}{_show(parts)}: the name of the host is missing or has letters that no host has")
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def _show(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"[:80]


def check_index_name(name: str, where: str) -> None:
    """Raise `LocationError` for a name that no index can have, or that the program gives to indexes of its own."""
    if found := _WRONG_IN_NAME.search(name):
        reason = f"{_explain_letter(found[0])}; {_RIGHT_IN_NAME}"
        raise LocationError(f"{where}{name[:80]} cannot be the name of an index: {reason}")
    if len(name) > _MAX_NAME_BYTES:
        raise LocationError(
            f"{where}the name of an index has at most {_MAX_NAME_BYTES} bytes, and {name[:20]}... has {len(name)}"
        )
    if own := _OWN_NAME.search(name):
        hint = f"; the index is {name[: own.start()]}" if own.start() else ""
        raise LocationError(f"{where}{name} is a name that shanxi gives to parts of an index{hint}")


def _explain_letter(letter: str) -> str:
    if letter.isspace():
        return "it has a space"
    if letter.isupper():
        return "it has capital letters"
    return f"it begins with {letter}" if letter in "-_." else f"it has {letter}"


def parse_credentials(text: str, where: str, folder: Path) -> str:
    """Return a source of credentials with an absolute path in it; a relative one is relative to `folder`.

    `env:NAME`, `file:PATH` or `command:LINE`. The message for anything else does not repeat it: it may be a password.
    """
    kind, _, rest = text.strip().partition(":")
    if kind not in ("env", "file", "command") or not rest.strip():
        raise LocationError(f"{where}env:NAME, file:PATH or command:LINE, never a password itself")
    if kind == "env" and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", rest):
        raise LocationError(f"{where}env: is followed by the name of a variable")
    return f"file:{os.path.normpath(folder / os.path.expanduser(rest))}" if kind == "file" else f"{kind}:{rest}"


def describe_credentials(source: str) -> str:
    """Return a source of credentials for people; of a command its program alone, as its arguments may be secret."""
    kind, _, rest = source.partition(":")
    return f"{kind}:{rest.split()[0]}" if kind == "command" else source


def describe_plain_nodes(remote: RemoteIndex) -> str:
    """Return the notice for a connection to another machine that is not encrypted; empty where each is."""
    plain = _list_plain_nodes(remote)
    return f"the connection to {', '.join(plain)} is not encrypted: others on the network can read it" if plain else ""


def _list_plain_nodes(remote: RemoteIndex) -> list[str]:
    return [url for url in remote.urls if url.startswith("http:") and not _is_loopback(url)]


def _is_loopback(url: str) -> bool:
    return _is_loopback_host(urlsplit(url).hostname or "")


def _is_loopback_host(host: str) -> bool:
    return re.fullmatch(r"127(\.[0-9]{1,3}){3}|::1|(.+\.)?localhost", host) is not None
