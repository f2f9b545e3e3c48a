"""A sentence model of a few words, made by a test: each word has a vector, and a text the mean of those of its words.

The ONNX file is one Gather node, written as protobuf by hand (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto):
the tests need no library that makes models.
"""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace

_INT64, _FLOAT = 7, 1


def write_model(folder: Path, vectors: Mapping[str, Sequence[float]]) -> Path:
    """Write `model.onnx` and `tokenizer.json` for the words of `vectors`; any other word has no weight."""
    folder.mkdir(parents=True, exist_ok=True)
    width = len(next(iter(vectors.values())))
    rows = [[1e-6] * width, *vectors.values()]
    vocabulary = {word: number for number, word in enumerate(["[UNK]", *vectors])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))  # no password
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(_make_onnx(rows))
    return folder


def _make_onnx(rows: Sequence[Sequence[float]]) -> bytes:
    raw = b"".join(struct.pack(f"<{len(row)}f", *row) for row in rows)
    dims = _number(1, len(rows)) + _number(1, len(rows[0]))
    table = dims + _number(2, _FLOAT) + _text(8, "table") + _bytes(9, raw)
    node = _text(1, "table") + _text(1, "input_ids") + _text(2, "last_hidden_state") + _text(4, "Gather")
    read = _value("input_ids", _INT64, ["batch", "sequence"])
    made = _value("last_hidden_state", _FLOAT, ["batch", "sequence", "width"])
    graph = _bytes(1, node) + _text(2, "tiny") + _bytes(5, table) + _bytes(11, read) + _bytes(12, made)
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _number(2, 13))


def _value(name: str, kind: int, shape: Sequence[str]) -> bytes:
    dims = b"".join(_bytes(1, _text(2, dim)) for dim in shape)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, dims)))


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())
