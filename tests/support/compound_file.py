"""A writer of compound files (the container of Outlook messages), for streams and one level of folders. [MS-CFB]"""

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MIN_STREAM = 4096  # a shorter stream would be in the mini stream, which is not written


def write_compound_file(streams: dict[str, bytes]) -> bytes:
    """Return a compound file with streams by their names, `folder/name` for one in a folder.

    Streams are filled with zeros to 4,096 bytes.
    """
    folders = sorted({name.partition("/")[0] for name in streams if "/" in name})
    padded = {name: data.ljust(_MIN_STREAM, b"\0") for name, data in streams.items()}
    names = [name for name in padded if "/" not in name]
    inner = [[name for name in padded if name.startswith(f"{folder}/")] for folder in folders]
    entries = ["", *names, *folders, *(name for group in inner for name in group)]
    count = -(-len(entries) // 4)
    fat = [_FAT, *range(2, count + 1), _END]
    starts = {}
    for name, data in padded.items():
        starts[name] = len(fat)
        size = -(-len(data) // _SECTOR)
        fat += [*range(len(fat) + 1, len(fat) + size), _END]
    assert len(fat) <= _SECTOR // 4
    top = _link(list(range(1, 1 + len(names) + len(folders))))
    at = 1 + len(names) + len(folders)
    directory = _entry("Root Entry", 5, 1, _FREE, _END, 0)
    links = dict(top)
    children = {}
    for folder, group in zip(folders, inner, strict=True):
        links |= _link(list(range(at, at + len(group))))
        children[folder] = at
        at += len(group)
    for number, name in enumerate(entries[1:], 1):
        if name in children:
            directory += _entry(name, 1, children[name], links[number], 0, 0)
        else:
            directory += _entry(name.rpartition("/")[2], 2, _FREE, links[number], starts[name], len(padded[name]))
    directory = directory.ljust(count * _SECTOR, b"\0")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    content = b"".join(data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\0") for data in padded.values())
    return _header() + table + directory + content


def _link(numbers: list[int]) -> dict[int, int]:
    """Return the right neighbour of each entry: a tree that is a list."""
    return dict(zip(numbers, [*numbers[1:], _FREE], strict=False))


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, _MIN_STREAM, _END, 0, _END, 0, 0)
    return head + struct.pack("<108I", *([_FREE] * 108))
