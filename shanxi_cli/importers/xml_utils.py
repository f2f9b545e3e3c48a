"""XML of digitised newspapers, read without its namespaces: ALTO and METS come in many versions of them."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from shanxi_cli.errors import PageError


def parse_xml(data: bytes, shown: str) -> ElementTree.Element:
    """The root of an XML file. `PageError` for XML that is broken, or that declares entities, which no ALTO needs."""
    if re.search(rb"<!ENTITY", data[:100_000]):
        raise PageError(shown, "XML that declares entities is not read")
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise PageError(shown, f"broken XML: {error}") from error


def local_name(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def iter_named(element: ElementTree.Element, *names: str) -> Iterator[ElementTree.Element]:
    """The elements below with one of the names, in the order of the document."""
    return (each for each in element.iter() if local_name(each) in names)


def get_attribute(element: ElementTree.Element, name: str) -> str:
    """The value of an attribute, whatever namespace it is in; empty for none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
