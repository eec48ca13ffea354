"""Trains the graph without Rasa's cache of trained parts.

Whether anything changed is known before (`bot/training.py`); and one changed line of an example
changes every part that learns from them. To find out the same, Rasa computes a checksum over each
example after each step, and keeps a packed copy of each step's outcome: half of a training.
"""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import rasa.engine.validation
from rasa.engine.constants import PLACEHOLDER_IMPORTER
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.recipe import Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import (
    MODEL_ARCHIVE_COMPONENTS_DIR,
    LocalModelStorage,
)
from rasa.engine.training.hooks import LoggingHook
from rasa.model_training import get_unresolved_slots
from rasa.shared.data import TrainingType
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.importers.importer import TrainingDataImporter

from bot.engine.beside import beside
from bot.engine.light_training_data import MergedOnce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rasa.engine.graph import GraphModelConfiguration, GraphSchema
    from rasa.engine.storage.storage import ModelMetadata
    from rasa.shared.core.domain import Domain

EXAMPLES = "nlu_training_data_provider"


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
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as folder_beside:
        storage = _Storage(Path(folder))
        examples = MergedOnce(importer.importer)
        examples.get_nlu_data()  # read now, so that both processes have them

        def run(targets: list[str], parts: LocalModelStorage) -> None:
            schema = graph.train_schema.minimal_graph_schema(targets)
            DaskGraphRunner.create(
                schema,
                parts,
                ExecutionContext(graph_schema=graph.train_schema),
                hooks=[LoggingHook(pruned_schema=schema)],
            ).run(inputs={PLACEHOLDER_IMPORTER: examples})

        alone = _alone(graph.train_schema)
        # What both need, as the check of the examples, each writes into its own folder.
        with (
            beside(lambda: run(alone, LocalModelStorage(Path(folder_beside))))
            if alone
            else nullcontext()
        ):
            run([name for name in graph.train_schema.target_names if name not in alone], storage)
        for name in alone:
            if Path(folder_beside, name).exists():  # who learned nothing stores nothing
                shutil.move(Path(folder_beside, name), Path(folder, name))
        storage.create_model_package(model, graph, importer.get_domain())


def _alone(schema: GraphSchema) -> list[str]:
    """What learns from the examples as they were written: the language identifier."""
    return [
        name
        for name, node in schema.nodes.items()
        if node.is_target and list(node.needs.values()) == [EXAMPLES]
    ]


class _Storage(LocalModelStorage):
    """Rasa's own, which packs numbers as if they could be made much smaller."""

    def create_model_package(
        self,
        model_archive_path: Path,
        model_configuration: GraphModelConfiguration,
        domain: Domain,
    ) -> ModelMetadata:
        """Write the archive."""
        metadata = self._create_model_metadata(domain, model_configuration)
        with tempfile.TemporaryDirectory() as folder:
            self._persist_metadata(metadata, Path(folder))
            model_archive_path.parent.mkdir(parents=True, exist_ok=True)
            with tarfile.open(model_archive_path, "w:gz", compresslevel=1) as archive:
                archive.add(folder, arcname="")
                archive.add(self._storage_path, arcname=MODEL_ARCHIVE_COMPONENTS_DIR)
        return metadata
