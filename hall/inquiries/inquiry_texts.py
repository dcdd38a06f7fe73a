"""What people write about an inquiry: how long, and what does not belong there."""

import unicodedata

from hall import forbidden_phrases
from hall.errors.inquiries import NumberOfAPerson, ResultMissing
from hall.errors.notices import TextTooLong
from hall.hall_rules import HallRules
from hall.names import plain
from hall.tickets.assistance_words import DASHES, PERSONAL

MOST_MATTER, MOST_CONTACT, MOST_WORDS, MOST_RESULT = 200, 60, 120, 300
"""Characters."""


def checked(text: str, most: int) -> str:
    """As it is kept; raises TextTooLong."""
    text = plain(text)
    if len(text) > most:
        raise TextTooLong(beginning=text[:10], count=len(text), most=most)
    return text


def names_nobody(text: str) -> str:
    """What stays for good holds no number of a person; raises NumberOfAPerson."""
    if PERSONAL.search(unicodedata.normalize("NFKC", text).translate(DASHES)):
        raise NumberOfAPerson()
    return text


def result_of(rules: HallRules, text: str) -> str:
    """As it is kept; raises ResultMissing, ForbiddenPhrase, TextTooLong."""
    text = checked(text, MOST_RESULT)
    if not any(sign.isalnum() for sign in text):  # "…" and "-" tell nobody anything
        raise ResultMissing()
    forbidden_phrases.check(rules, text)
    return text
