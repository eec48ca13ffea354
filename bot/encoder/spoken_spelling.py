"""Words as they are spoken in Flanders, in Wallonia and in short messages, or as they sound.

Everyday habits of writing, known to any reader of Dutch or French chats: glued words, endings that
nobody pronounces, verbs that sound alike. Part of the typing errors that a network learns to read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

EACH_HABIT = 0.15  # of the habits of a language, those that a text is written with

_DUTCH = (
    # glued together
    (r"\bik (heb|ben|wil|zou|had|weet|kan|moet|ga|zit|zie|vind|denk|doe|zal)\b", r"k\1"),
    (r"\b(?:het|t) is\b", "tis"),
    (r"\b(dat|wat) is\b", r"\1s"),
    (r"\bis (?:het|t)\b", "ist"),
    (r"\b(als|kan|moet) (?:het|t)\b", r"\1t"),
    (r"\b(heb|ben|kan|moet|wil|zal|mag) (?:jij|je|ge|u)\b", r"\1de"),
    (r"\b(hebben|kunnen|moeten|willen|zijn|mogen) (?:wij|we)\b", r"\1me"),
    (r"\b(\w+t) (?:je|ge)\b", r"\1e"),
    # not pronounced
    (r"(?<=\w{3})en\b", "e"),
    (r"\b(da|wa|nie|me|moe|goe|mee|wee)[td]\b", r"\1"),
    (r"(?<=\w{3}ch)t\b", ""),
    (r"\bh(?=[aeiou]\w)", ""),
    # of the region
    (r"\been\b", "ne"),
    (r"\b(?:jij|je)\b", "ge"),
    (r"\bjullie\b", "gulle"),
    (r"\bmijn\b", "mn"),
    (r"\bzijn\b", "zn"),
    (r"\bhebben\b", "emme"),
    (r"\bniets\b", "niks"),
    (r"\beens\b", "is"),
    (r"(?<=\w{3})(?:tje|je)\b", "ke"),
    # as it sounds
    (r"(?<=\w)dt\b", "d"),
    (r"(?<=\w[aeiour])d\b", "t"),
    (r"(?<=\w[aeiourn])t\b", "d"),
    (r"ij", "ei"),
    (r"ei", "ij"),
    (r"au", "ou"),
    (r"ou(?=d|w)", "au"),
    (r"c(?=[aour])", "k"),
    (r"tie\b", "sie"),
    (r"isch\b", "is"),
    (r"(?<=\w)ch(?=\w)", "g"),
    (r"([bdfgklmnprst])\1", r"\1"),
    (r"([aeou])\1(?=[bdfgklmnprst][aeiou])", r"\1"),
    # short
    (r"\b(?:vraag|vragen)\b", "vrg"),
    (r"\bwaarom\b", "wrm"),
    (r"\bwanneer\b", "wnr"),
    (r"\bhoeveel\b", "hvl"),
    (r"\bmaar\b", "mr"),
    (r"\bnummer\b", "nr"),
    (r"\b(?:personen|persoon)\b", "pers"),
    (r"\bprocent\b", "%"),
    (r"\bjaar\b", "jr"),
    (r"\bgewoon\b", "gwn"),
    (r"\bvoor\b", "vr"),
)
_FRENCH = (
    # glued together, or left out
    (r"\best[- ]ce qu(?:e |')", "es que "),
    (r"\bqu'est[- ]ce\b", "kes"),
    (r"\bc'est\b", "c"),
    (r"\bc'était\b", "ct"),
    (r"\bj'ai\b", "jai"),
    (r"\bje (?=[bcdfgklmpqrstv])", "j"),
    (r"\bje ne\b", "je"),
    (r"\bne (?=\w+ (?:pas|plus|rien|jamais)\b)", ""),
    (r"\bje n'(?=\w)", "j'"),
    (r"\b(on|il|elle|nous|vous|ils|elles) n'(?=\w)", r"\1 "),
    (r"\b([jldsmtn])'(?=\w)", r"\1"),
    (r"\btu es\b", "t"),
    (r"\bil (y a|faut)\b", r"\1"),
    (r"\bs'il vous pla[iî]t\b", "svp"),
    # not pronounced
    (r"(?<=\w{3})s\b", ""),
    (r"(?<=\w{2}[aeéiou])[tdx]\b", ""),
    (r"(?<=\w{3})ent\b", "e"),
    (r"\bh(?=[aeéiou]\w)", ""),
    # sounds alike
    (r"(?<=\w{3})(?:er|ez|ée?s?)\b", "é"),
    (r"(?<=\w{3})(?:é|és|ée|ez)\b", "er"),
    (r"(?<=\w{3})(?:er|é)\b", "ez"),
    (r"(?<=\w{2})(?:ais|ait|aient)\b", "é"),
    (r"\b(?:ces|ses)\b", "c'est"),
    (r"\bà\b", "a"),
    (r"\ba\b", "à"),
    (r"\boù\b", "ou"),
    (r"\best\b", "et"),
    (r"\bquel(?:le)?s?\b", "kel"),
    (r"\bquoi\b", "koi"),
    (r"\bqu(?=[aeio'])", "k"),
    (r"ph", "f"),
    (r"ç", "ss"),
    (r"tion\b", "sion"),
    (r"(?<=\w)(?:eau|au)", "o"),
    (r"([bcdfglmnprt])\1", r"\1"),
    (r"(?<=[aeiou])s(?=[aeiou])", "z"),
    # short
    (r"\bcombien\b", "cb"),
    (r"\bquelqu'un\b", "qqun"),
    (r"\btout\b", "tt"),
    (r"\btous\b", "ts"),
    (r"\bm[êe]me\b", "mm"),
    (r"\bmais\b", "ms"),
    (r"\bplus\b", "+"),
    (r"\bpeut-être\b", "ptet"),
    (r"\bbien\b", "bi1"),
    (r"\brien\b", "ri1"),
    (r"\bsociété\b", "ste"),
    (r"\bmaintenant\b", "mnt"),
    (r"\bsans\b", "ss"),
    (r"\bsur\b", "sr"),
    (r"\bdéjà\b", "dja"),
    (r"\bnuméro\b", "num"),
    (r"\bnombre\b", "nb"),
    (r"\benviron\b", "env"),
    (r"\bpendant\b", "pdt"),
    (r"\bsouvent\b", "svt"),
    (r"\bpar exemple\b", "par ex"),
    (r"\bc'est-à-dire\b", "cad"),
)
_HABITS = {
    language: tuple((re.compile(habit, re.IGNORECASE), spelt) for habit, spelt in habits)
    for language, habits in {"nl": _DUTCH, "fr": _FRENCH}.items()
}


def as_spoken(text: str, language: str, chance: np.random.Generator) -> str:
    """The text with some of the habits of its language; of another language, as it was."""
    for habit, spelt in _HABITS.get(language, ()):
        if chance.random() < EACH_HABIT:
            text = habit.sub(spelt, text) or text
    return text
