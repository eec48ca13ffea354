"""Tests of the making run where its packages are installed (requirements-encoder.lock)."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("torch") and find_spec("onnx") else ["test_making.py"]
