"""What help a citizen needs, in a few words that name nobody."""

import re
import unicodedata

from hall.errors.cases import AssistanceTooLong
from hall.errors.inquiries import PersonalNumber
from hall.names import plain

LONGEST = 60

# Telephone numbers have 11 digits, identity cards 15 or 18, the last perhaps an X, bank cards 16
# to 19; people write them in groups.
PERSONAL = re.compile(r"\d(?:[ ._/-]{0,2}\d){10,}")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−·•", "-"))


def checked(words: str) -> str:
    """As they are kept; may be empty. Raises AssistanceTooLong, PersonalNumber."""
    words = plain(words)
    if len(words) > LONGEST:
        raise AssistanceTooLong(most=LONGEST)
    if PERSONAL.search(unicodedata.normalize("NFKC", words).translate(DASHES)):
        raise PersonalNumber()
    return words
