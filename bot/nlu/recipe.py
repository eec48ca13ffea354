"""The classifier's choices in one place; each was made by cross-validation on our own examples.

`python -m bot.evaluation --ablation` shows what each one gives.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """The defaults are what is deployed."""

    repair_spelling: bool = True
    characters_weight: float = 0.7  # of the character n-grams in the kernel
    words_weight: float = 0.5  # of words and word pairs
    meaning_weight: float = 3.0  # of the sentence vectors
    meaning_reach: float = 2.0  # larger: only near sentences count
    penalty: float = 0.3
    rare_labels: float = 0.25  # 0: every example counts the same, 1: every label does
    regression: bool = True  # calibrate with a softmax regression over all scores


DEPLOYED = Recipe()
