"""Step 2 of understanding: spaCy's word rules for the language the message is in."""

from typing import Any, Dict, List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.languages import DEFAULT, LANGUAGES
from bot.nlu.language_identifier import declared_language
from bot.words import make_tokenizer


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER], is_trainable=False)
class SpacyTokenizer(Tokenizer):
    """Splits with spaCy's rules (bot/words.py); no trained spaCy model is needed."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Rasa's own tokenizer settings; we split no intents."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def __init__(self, config: Dict[Text, Any]) -> None:
        """Make one tokenizer a language."""
        super().__init__(config)
        self._tokenizers = {code: make_tokenizer(code) for code in LANGUAGES}

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: no step learns from tokens."""
        return training_data

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """Tokens with their character offsets, white space left out."""
        text = message.get(attribute)
        document = self._tokenizers[_language_of(message)](text)
        tokens = [Token(token.text, token.idx) for token in document if not token.is_space]
        return self._apply_token_pattern(tokens)


def _language_of(message: Message) -> Text:
    """The language a training example declares, or the identifier found, or the default."""
    declared = declared_language(message)
    if declared is not None:
        return declared
    for entity in message.get(ENTITIES, []):
        if entity["entity"] == "language":
            return str(entity["value"])
    return DEFAULT
