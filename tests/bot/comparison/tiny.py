"""Three labels in two languages, small enough to train on in a moment."""

from bot.encoder.examples import Examples
from bot.evaluation.messages import Message

_LINES = {
    ("greet", "nl"): ["goeiedag", "hallo daar", "dag allemaal"],
    ("greet", "fr"): ["bonjour", "salut à tous", "bonjour à vous"],
    ("faq/deadline", "nl"): ["tot wanneer kan ik indienen", "wat is de deadline", "uiterste datum"],
    ("faq/deadline", "fr"): ["quelle est la date limite", "jusqu'à quand", "date ultime"],
    ("out_of_scope", "nl"): ["hoe laat rijdt de trein", "bestel een pizza", "mooi weer"],
    ("out_of_scope", "fr"): ["à quelle heure part le train", "une pizza", "quel beau temps"],
}
ROWS = [
    {"text": text, "language": language, "label": label}
    for (label, language), texts in _LINES.items()
    for text in texts
]
EXAMPLES = Examples(
    [row["text"] for row in ROWS],
    [row["label"] for row in ROWS],
    [row["language"] for row in ROWS],
)
MESSAGES = [
    Message("hallo, goeiedag", "nl", "greet"),
    Message("wat is de uiterste deadline", "nl", "faq/deadline"),
    Message("bonjour, salut à vous", "fr", "greet"),
    Message("une pizza et le train", "fr", "out_of_scope"),
]
SETS = {"first": MESSAGES[:3], "second": MESSAGES[3:]}
