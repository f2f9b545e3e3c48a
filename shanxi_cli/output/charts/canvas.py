"""An SVG picture of shapes and words: escaped, with a text for readers who do not see it."""

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from shanxi_cli.util.display_width import display_width, truncate_end
from shanxi_cli.util.sanitize import sanitize_line

FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
COLUMN = 7.0
"""Width in pixels of a letter of the labels, which are 12 pixels high: the mean of Latin letters, rounded up."""
MARGIN = 16
"""Room around a picture in a file of its own, in pixels."""

LINE = 16
"""Height of a line of labels in pixels."""


class Canvas:
    """A picture of `width` by `height` pixels that is drawn from back to front.

    Shapes get a class of the style sheet, `styles.LIGHT` and `styles.DARK`; no colour stands in the picture itself, so
    that a page can choose them.
    """

    def __init__(self, width: float, height: float, label: str) -> None:
        self.width, self.height = width, height
        size = {"viewBox": f"0 0 {_number(width)} {_number(height)}", "width": _number(width)}
        self._root = ElementTree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "class": "chart"})
        self._root.set("role", "img")
        self._root.set("aria-label", sanitize_line(label))

    def text(self, at: tuple[float, float], words: str, anchor: str = "start", kind: str = "label") -> None:
        """Write words with their base line at a point, which is their `start`, `middle` or `end`."""
        shape = self._add("text", {"x": at[0], "y": at[1]}, kind)
        shape.set("text-anchor", anchor)
        shape.text = sanitize_line(words)

    def bar(self, at: tuple[float, float], size: tuple[float, float], note: str, kind: str = "bar") -> None:
        """Draw a rectangle from its upper left corner; `note` is shown when a reader points at it."""
        shape = self._add("rect", {"x": at[0], "y": at[1], "width": size[0], "height": size[1]}, kind)
        _add_note(shape, note)

    def line(self, start: tuple[float, float], end: tuple[float, float], kind: str = "grid") -> None:
        """Draw a straight line."""
        self._add("line", {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}, kind)

    def dot(self, at: tuple[float, float], note: str, kind: str = "dot") -> None:
        """Draw a dot around a point; `note` is shown when a reader points at it."""
        _add_note(self._add("circle", {"cx": at[0], "cy": at[1], "r": 4}, kind), note)

    def place(self, picture: "Canvas", top: float) -> None:
        """Draw another picture into this one, `top` pixels from above."""
        group = ElementTree.SubElement(self._root, "g", {"transform": f"translate(0 {_number(top)})"})
        group.extend(picture._root)

    def to_svg(self, style: str = "") -> str:
        """Return the picture as an element of a page or, with a style sheet, as a file of its own with a margin."""
        root = self._root
        if style:
            width, height = _number(self.width + 2 * MARGIN), _number(self.height + 2 * MARGIN)
            size = {"viewBox": f"-{MARGIN} -{MARGIN} {width} {height}", "width": width, "height": height}
            root = ElementTree.Element(root.tag, {**root.attrib, **size})
            ElementTree.SubElement(root, "style").text = style
            ground = {"x": f"-{MARGIN}", "y": f"-{MARGIN}", "width": width, "height": height, "class": "ground"}
            ElementTree.SubElement(root, "rect", ground)
            root.extend(self._root)
        return ElementTree.tostring(root, encoding="unicode")

    def _add(self, tag: str, numbers: dict[str, float], kind: str) -> ElementTree.Element:
        attributes = {name: _number(value) for name, value in numbers.items()}
        return ElementTree.SubElement(self._root, tag, {**attributes, "class": kind})


def _add_note(shape: ElementTree.Element, note: str) -> None:
    ElementTree.SubElement(shape, "title").text = sanitize_line(note)


def _number(value: float) -> str:
    """Return a number of pixels with at most one decimal: `12`, `12.5`."""
    return f"{value:.1f}".removesuffix(".0")


def measure_label(words: str) -> float:
    """Return about the width of a label in pixels; a wide character has two columns."""
    return COLUMN * display_width(words)


def shorten_label(words: str, width: float) -> str:
    """Return a label cut with an ellipsis to about `width` pixels."""
    return truncate_end(sanitize_line(words), max(1, int(width / COLUMN)), "…")


def stack_pictures(pictures: Sequence[Canvas], heading: str) -> Canvas:
    """Return one picture of several, each below the one before it, under a heading."""
    width, top = max(each.width for each in pictures), 2.0 * LINE
    whole = Canvas(width, top + sum(each.height for each in pictures), heading)
    whole.text((0, LINE), shorten_label(heading, width), kind="title")
    for picture in pictures:
        whole.place(picture, top)
        top += picture.height
    return whole


def join_notes(parts: Iterable[str]) -> str:
    """Return the parts of a note that are not empty, joined by semicolons."""
    return "; ".join(filter(None, parts))
