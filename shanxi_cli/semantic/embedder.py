"""Vectors of texts, by an ONNX model of sentences: mean of the vectors of its tokens, or the model's own, of length 1.

One text a run, so that a vector depends on nothing but its text.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from shanxi_cli.errors import LocationError
from shanxi_cli.semantic.model_files import ModelFiles

Vector = npt.NDArray[np.float32]
MAX_TOKENS = 256
"""Tokens of a text that are read: what the model was trained with; a passage of 100 words has about 140."""

_POOLED_OUTPUTS = ("sentence_embedding", "pooler_embedding", "embedding")


class Embedder:
    """A loaded model; loading takes about a third of a second."""

    def __init__(self, files: ModelFiles) -> None:
        """Raise `LocationError` for files that are no model of sentences."""
        self.files = files
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1  # texts are read side by side instead (`build`), without threads that wait
        try:
            self._tokenizer = Tokenizer.from_file(str(files.tokenizer))
            self._session = onnxruntime.InferenceSession(str(files.model), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # both libraries raise classes of their own
            raise LocationError(f"the model in {files.model.parent} cannot be loaded: {_first_line(error)}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._inputs = [node.name for node in self._session.get_inputs()]
        names = [node.name for node in self._session.get_outputs()]
        self._output = next((name for name in _POOLED_OUTPUTS if name in names), names[0])
        self.dimension = len(self.embed("shanxi"))

    def embed(self, text: str) -> Vector:
        """Return the vector of a text: `dimension` numbers, of length 1. Deterministic for one model."""
        ids = self._tokenizer.encode(text).ids or [0]
        row = np.array([ids], dtype=np.int64)
        values = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        try:
            feeds = {name: values[name] for name in self._inputs}
            found: Any = self._session.run([self._output], feeds)[0]
        except Exception as error:
            raise LocationError(f"{self.files.model} is no model of sentences: {_first_line(error)}") from error
        vector = np.asarray(found, dtype=np.float32).reshape(-1, found.shape[-1]).mean(axis=0)
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)

    def embed_all(self, texts: Iterable[str]) -> npt.NDArray[np.float32]:
        """Return the vectors of texts as rows."""
        vectors = [self.embed(text) for text in texts]
        return np.stack(vectors) if vectors else np.zeros((0, self.dimension), np.float32)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:200]
