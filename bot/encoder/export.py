"""Step 3 of making the encoder: the network as one ONNX file with 8-bit matrices.

The graph is written out here rather than traced: it takes one message at a time, so it needs no
padding and no mask, and the word vectors stay in the 4 bits in which the source stores them (they
are unpacked for the pieces of the message only).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    import torch

    from bot.encoder.network import Layer, Network
    from bot.encoder.weights import Blocks

OPSET, ORT_OPSET, IR_VERSION = 18, 1, 9  # what the pinned onnxruntime surely reads
FUSED = "com.microsoft"
INPUT, OUTPUT = "pieces", "vector"
QUANTISED = ["MatMul", "Attention"]


class _Graph:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def weight(self, name: str, values: torch.Tensor) -> str:
        return self.constant(name, values.detach().float().numpy())

    def add(self, kind: str, inputs: list[str], output: str, **settings: Any) -> str:
        node = helper.make_node(kind, inputs, [output], name=output, **settings)
        self.nodes.append(node)
        return output


def float_graph(network: Network, words: Blocks) -> onnx.ModelProto:
    """The network as an ONNX model in single precision; `words` are its word vectors in blocks."""
    graph = _Graph()
    states = _entered(graph, network, words)
    for number, layer in enumerate(network.each_layer()):
        states = _layer(graph, f"layer{number}", layer, states)
    graph.constant("over_pieces", np.array([1], dtype=np.int64))
    graph.add("ReduceMean", [states, "over_pieces"], "mean", keepdims=0)
    graph.add("LpNormalization", ["mean"], OUTPUT, axis=1, p=2)
    width = network.positions.shape[1]
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "sentence_encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "length"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, width])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, ORT_OPSET)],
        ir_version=IR_VERSION,
        producer_name="bot.encoder",
    )


def export(network: Network, words: Blocks, target: Path) -> None:
    """Write the network with 8-bit matrices (one scale an output) to the target.

    Unsigned matrices came out nearer to the exact vectors than signed ones, and no processor's
    8-bit instruction can overflow on them.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as directory:
        exact = Path(directory) / "exact.onnx"
        onnx.save(float_graph(network, words), exact)
        quantize_dynamic(
            exact,
            target,
            op_types_to_quantize=QUANTISED,
            per_channel=True,
            weight_type=QuantType.QUInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def _entered(graph: _Graph, network: Network, words: Blocks) -> str:
    """The states before the first layer, from the piece numbers."""
    graph.constant("nibbles", words.nibbles)
    graph.constant("scales", words.scales[..., np.newaxis])
    graph.constant("low_half", np.array(15, dtype=np.uint8))
    graph.constant("four_bits", np.array(4, dtype=np.uint8))
    graph.constant("middle", np.array(8, dtype=np.float32))
    graph.constant("as_rows", np.array([0, 0, network.positions.shape[1]], dtype=np.int64))
    graph.add("Gather", ["nibbles", INPUT], "packed", axis=0)
    graph.add("BitwiseAnd", ["packed", "low_half"], "low")
    graph.add("BitShift", ["packed", "four_bits"], "high", direction="RIGHT")
    graph.add("Concat", ["low", "high"], "levels", axis=-1)
    graph.add("Cast", ["levels"], "levels_float", to=TensorProto.FLOAT)
    graph.add("Sub", ["levels_float", "middle"], "centred")
    graph.add("Gather", ["scales", INPUT], "scale", axis=0)
    graph.add("Cast", ["scale"], "scale_float", to=TensorProto.FLOAT)
    graph.add("Mul", ["centred", "scale_float"], "numbers")
    graph.add("Reshape", ["numbers", "as_rows"], "word_states")
    return _positioned(graph, network)


def _positioned(graph: _Graph, network: Network) -> str:
    graph.weight("positions", network.positions)
    graph.constant("from_start", np.array([0], dtype=np.int64))
    graph.add("Shape", [INPUT], "length", start=1, end=2)
    graph.add("Slice", ["positions", "from_start", "length", "from_start"], "places")
    graph.add("Add", ["word_states", "places"], "placed")
    graph.weight("entry.norm.weight", network.words_norm.weight)
    graph.weight("entry.norm.bias", network.words_norm.bias)
    return graph.add(
        "LayerNormalization",
        ["placed", "entry.norm.weight", "entry.norm.bias"],
        "entered",
        axis=-1,
        epsilon=network.words_norm.eps,
    )


def _layer(graph: _Graph, name: str, layer: Layer, states: str) -> str:
    joint = layer.queries_keys_values
    graph.weight(f"{name}.qkv.weight", joint.weight.T)
    graph.weight(f"{name}.qkv.bias", joint.bias)
    attended = graph.add(
        "Attention",
        [states, f"{name}.qkv.weight", f"{name}.qkv.bias"],
        f"{name}.heads",
        domain=FUSED,
        num_heads=layer.heads,
    )
    attended = _product(graph, f"{name}.attended", layer.attended.weight, attended)
    states = _normalised(graph, f"{name}.attended", layer.attended, layer.attended_norm, states)
    _product(graph, f"{name}.widened", layer.widened.weight, states)
    graph.weight(f"{name}.widened.bias", layer.widened.bias)
    graph.add(
        "BiasGelu",
        [f"{name}.widened.product", f"{name}.widened.bias"],
        f"{name}.active",
        domain=FUSED,
    )
    _product(graph, f"{name}.narrowed", layer.narrowed.weight, f"{name}.active")
    return _normalised(graph, f"{name}.narrowed", layer.narrowed, layer.narrowed_norm, states)


def _product(graph: _Graph, name: str, weight: torch.Tensor, states: str) -> str:
    graph.weight(f"{name}.weight", weight.T)
    return graph.add("MatMul", [states, f"{name}.weight"], f"{name}.product")


def _normalised(
    graph: _Graph, name: str, linear: torch.nn.Linear, norm: torch.nn.LayerNorm, states: str
) -> str:
    """norm(states + product + bias), in one fused node."""
    graph.weight(f"{name}.norm.weight", norm.weight)
    graph.weight(f"{name}.norm.bias", norm.bias)
    graph.weight(f"{name}.bias", linear.bias)
    inputs = ["product", "norm.weight", "norm.bias", "bias"]
    return graph.add(
        "SkipLayerNormalization",
        [states, *(f"{name}.{part}" for part in inputs)],
        f"{name}.normalised",
        domain=FUSED,
        epsilon=norm.eps,
    )
