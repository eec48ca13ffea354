"""Networks as onnxruntime runs them here: on one core, silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def session_of(source: bytes | Path) -> Any:
    """A session over a file's content, or over where it stands.

    Raises:
        Exception: onnxruntime cannot read it; what it raises has no class of its own.
    """
    import onnxruntime  # 16 MB of library: only when something is really computed

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    given = source if isinstance(source, bytes) else str(source)
    return onnxruntime.InferenceSession(given, options, providers=["CPUExecutionProvider"])
