"""Tests of the making run where its packages are installed (requirements-encoder.lock)."""

from importlib.util import find_spec

MAKING = ["test_distilling.py", "test_making.py"]
collect_ignore = [] if find_spec("torch") and find_spec("onnx") else MAKING
