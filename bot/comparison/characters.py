"""The simplest peer: logistic regression over character n-grams (scikit-learn)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.comparison.exchange import Answer, ask_all, write_answered
from bot.nlu.decision import OUT_OF_SCOPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MODEL = "model.joblib"


def main(arguments: list[str]) -> int:
    """`train EXAMPLES FOLDER` or `answer FOLDER MESSAGES ANSWERS`."""
    import joblib

    act, *rest = arguments
    places = [Path(one) for one in rest]
    if act == "train":
        examples, folder = places
        joblib.dump(trained(json.loads(examples.read_text(encoding="utf-8"))), folder / MODEL)
        return 0
    folder, messages, answers = places
    model = joblib.load(folder / MODEL)
    told = json.loads(messages.read_text(encoding="utf-8"))
    write_answered(ask_all(lambda text, _language: answer(model, text), told), answers)
    return 0


def trained(examples: Sequence[Mapping[str, str]]) -> Any:
    """A scikit-learn pipeline, trained on all languages together."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    counts = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 5),
        sublinear_tf=True,
        strip_accents="unicode",
        dtype=np.float32,
    )
    model = make_pipeline(counts, LogisticRegression(C=10.0, max_iter=200))
    texts = [example["text"] for example in examples]
    return model.fit(texts, [example["label"] for example in examples])


def answer(model: Any, text: str) -> Answer:
    """The ranking; it has no way of being unsure, and declines only what looks out of scope."""
    shares = model.predict_proba([text])[0]
    order = np.argsort(-shares, kind="stable")
    ranking = tuple((str(model.classes_[place]), float(shares[place])) for place in order)
    return Answer(ranking, "out_of_scope" if ranking[0][0] == OUT_OF_SCOPE else "sure")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
