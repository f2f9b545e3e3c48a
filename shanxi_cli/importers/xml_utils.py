"""XML of digitised newspapers, read without namespaces: ALTO and METS exist in many versions."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from shanxi_cli.errors import PageError

_MAX_DEPTH = 64


def parse_xml(data: bytes, shown: str) -> ElementTree.Element:
    """Return the root of an XML file.

    Raise `PageError` for broken XML, and for XML that declares entities, which no ALTO needs.
    """
    reject_entities(data, shown)
    try:
        root = ElementTree.fromstring(_declare_prefixes(data))  # noqa: S314 (entities are rejected above)
    except ElementTree.ParseError as error:
        raise PageError(shown, f"broken XML: {error}") from error
    except (LookupError, ValueError) as error:
        raise PageError(shown, f"XML in an encoding that cannot be read ({error}); save it as UTF-8") from error
    if _is_deeper(root, _MAX_DEPTH):
        raise PageError(shown, f"XML nested more than {_MAX_DEPTH} elements deep, as no ALTO or METS is")
    return root


def reject_entities(data: bytes, shown: str) -> None:
    """Raise `PageError` for XML that declares entities, which can grow without limit."""
    if re.search(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y", data[:200_000]):  # also in UTF-16
        raise PageError(shown, "XML that declares entities is not read")


def _declare_prefixes(data: bytes) -> bytes:
    """Return XML whose root declares `xsi`, which exports of libraries use without a declaration."""
    if b"xsi:" not in data or b"xmlns:xsi" in data:
        return data
    return re.sub(
        rb"<(?=[A-Za-z_])([^\s/>]+)", rb'<\1 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', data, count=1
    )


def _is_deeper(root: ElementTree.Element, depth: int) -> bool:
    level = [root]
    while level and depth:
        level = [child for element in level for child in element]
        depth -= 1
    return bool(level)


def local_name(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def iter_named(element: ElementTree.Element, *names: str) -> Iterator[ElementTree.Element]:
    """Yield descendants with one of the names, in document order."""
    return (descendant for descendant in element.iter() if local_name(descendant) in names)


def get_attribute(element: ElementTree.Element, name: str) -> str:
    """Return the value of an attribute in any namespace; empty if it is missing."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
