"""Trains the graph without Rasa's cache of trained parts.

Whether anything changed is known before (`bot/training.py`); and one changed line of an example
changes every part that learns from them. To find out the same, Rasa computes a checksum over each
example after each step, and keeps a packed copy of each step's outcome: half of a training.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import rasa.engine.validation
from rasa.engine.constants import PLACEHOLDER_IMPORTER
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.recipe import Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.training.hooks import LoggingHook
from rasa.model_training import get_unresolved_slots
from rasa.shared.data import TrainingType
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.importers.importer import TrainingDataImporter

if TYPE_CHECKING:
    from collections.abc import Sequence


def train_graph(config: Path, domain: Path, data: Sequence[Path], model: Path) -> None:
    """Train what the configuration names, on the files of these folders; write the model's archive.

    Raises:
        RasaException: a file is broken, or configuration, domain and examples do not fit together.
    """
    importer = TrainingDataImporter.load_from_config(str(config), str(domain), list(map(str, data)))
    unknown = get_unresolved_slots(importer.get_domain(), importer.get_stories())
    if unknown:
        raise InvalidConfigException(
            f"The rules set slots that domain.yml does not name: {', '.join(sorted(unknown))}"
        )
    settings = importer.get_config()
    recipe = Recipe.recipe_for_name(settings.get("recipe"))
    settings = recipe.auto_configure(str(config), settings, TrainingType.BOTH)[0]
    graph = recipe.graph_config_for_recipe(settings, {}, training_type=TrainingType.BOTH)
    rasa.engine.validation.validate(graph)
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        runner = DaskGraphRunner.create(
            graph.train_schema,
            storage,
            ExecutionContext(graph_schema=graph.train_schema),
            hooks=[LoggingHook(pruned_schema=graph.train_schema)],
        )
        runner.run(inputs={PLACEHOLDER_IMPORTER: importer})
        storage.create_model_package(model, graph, importer.get_domain())
