"""Rasa can import TensorFlow and build classes on it; whoever calls it is told what to do."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest
import tensorflow as tf

if TYPE_CHECKING:
    from collections.abc import Callable

MODULES_THAT_IMPORT_IT = (
    "rasa.nlu.classifiers.diet_classifier",
    "rasa.nlu.selectors.response_selector",
    "rasa.core.policies.ted_policy",
    "rasa.core.policies.unexpected_intent_policy",
    "rasa.utils.tensorflow.models",
)


@pytest.mark.parametrize("name", MODULES_THAT_IMPORT_IT)
def test_rasa_module_imports(name: str) -> None:
    assert importlib.import_module(name).__name__ == name


def test_class_can_be_named_subclassed_and_subscripted() -> None:
    class Model(tf.keras.Model):
        field: tf.Tensor

    assert issubclass(Model, tf.keras.Model)
    assert tf.data.Dataset[int] is not None


def test_decorators_leave_a_function_as_it_is() -> None:
    def act() -> int:
        return 7

    assert tf.function(act) is act
    assert tf.keras.utils.register_keras_serializable(package="x")(act) is act


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: tf.constant(1), "tensorflow.constant"),
        (lambda: tf.keras.layers.Dense(3), "tensorflow.keras.layers.Dense"),
        (lambda: tf.keras.Model(), "tensorflow.keras.Model"),
    ],
)
def test_a_real_call_says_what_to_do(call: Callable[[], object], name: str) -> None:
    with pytest.raises(tf.TensorFlowAbsentError) as caught:
        call()

    assert str(caught.value) == (
        f"{name} was called, but TensorFlow is not installed: this project runs without it. "
        "Take the component that needs it (DIETClassifier, TEDPolicy, ResponseSelector ...) "
        "out of config.yml."
    )


def test_subclass_cannot_be_made_either() -> None:
    class Layer(tf.keras.layers.Layer):
        pass

    with pytest.raises(tf.TensorFlowAbsentError):
        Layer()


def test_other_missing_packages_stay_missing() -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("tensorflow_probability")
