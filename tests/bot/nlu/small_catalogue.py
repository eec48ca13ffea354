"""A catalogue of four labels with made-up vectors: enough to train the real classifier on."""

from __future__ import annotations

import numpy as np

from bot.nlu.catalogue_model import CatalogueModel

LINES = {
    "faq/deadline": [
        "tot wanneer kon je indienen",
        "wat was de uiterste datum",
        "quelle était la date limite",
        "jusque quand pouvait-on déposer",
    ],
    "faq/budget": [
        "hoeveel geld was er",
        "wat was het totale budget",
        "quel était le budget total",
        "combien d'argent y avait-il",
    ],
    "greet": ["dag iedereen", "hallo daar", "bonjour à tous", "salut tout le monde"],
    "out_of_scope": [
        "wat voor weer wordt het",
        "wie wint de koers",
        "recette de gaufres",
        "quel temps fera-t-il",
    ],
}
COPIES = 6  # of each line, with another last word


def examples() -> tuple[list[str], list[str]]:
    """Texts and labels: each line some times, with another number behind it."""
    rows = [
        (f"{line} {number}", label)
        for label, lines in LINES.items()
        for line in lines
        for number in range(COPIES)
    ]
    texts, labels = zip(*rows, strict=True)
    return list(texts), list(labels)


def vector(text: str) -> np.ndarray:
    """A made-up sentence vector, shape (384,), length 1: words in common make vectors near."""
    found = np.zeros(384, dtype=np.float32)
    for word in text.lower().split():
        found[sum(map(ord, word)) % 384] += 1
    return found / np.linalg.norm(found)


def vectors(texts: list[str]) -> np.ndarray:
    """The vectors of all texts."""
    return np.stack([vector(text) for text in texts])


def trained() -> CatalogueModel:
    """A model of the four labels."""
    texts, labels = examples()
    return CatalogueModel.train(texts, vectors(texts), labels)
