"""Why staff did something, as the journal has it: a code for the usual reasons, no words.

Words may name somebody; they stand beside the journal, where they can be erased.
"""

from collections.abc import Mapping

from hall.wording import Wording

OTHER = "other"
"""In one's own words."""
LANGUAGES = ("zh", "en")
"""In which screens offer the usual reasons."""


def code_of(reasons: Mapping[str, str], words: str) -> str:
    """`reasons`: code → sentence as in the sources; `words`: a code, or what a screen offered."""
    if words in reasons:
        return words
    for language in LANGUAGES:
        wording = Wording(language)
        for code, sentence in reasons.items():
            if words == wording.say(sentence):
                return code
    return OTHER
