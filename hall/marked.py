"""The mark of a sentence that the translators have to see."""


def _(words: str) -> str:
    """The sentence itself; put in the reader's language where it is said (`hall.wording`)."""
    return words
