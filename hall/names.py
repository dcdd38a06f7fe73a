"""Names have languages: whatever a citizen reads is a map from language to text."""

import unicodedata
from collections.abc import Mapping

Names = dict[str, str]
"""Language → text."""

FALLBACKS = ("zh", "en")
JOINERS = "\u180e\u200c\u200d"
"""Invisible, but they shape Uyghur and Mongolian."""


def name_in(names: Mapping[str, str], language: str) -> str:
    """The text in this language, else in Chinese, English, or whatever there is."""
    for wanted in (language, *FALLBACKS):
        if names.get(wanted):
            return names[wanted]
    return next((text for text in names.values() if text), "")


def plain(text: str) -> str:
    """Text from people is text: without control characters and direction marks, in NFC.

    Line breaks and tabs become spaces. What is left can reach a terminal or a printer.
    """
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        if sign in "\n\r\t":
            kept.append(" ")
        elif sign in JOINERS or category not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            kept.append(sign)
    return "".join(kept).strip()


def plain_names(names: Mapping[str, str]) -> Names:
    """As screens may show them, without those that are empty."""
    return {language: plain(str(text)) for language, text in names.items() if text}


def tidy_code(text: str) -> str:
    """A code, number or letter as it is kept: narrow, upper case, without blanks around it."""
    return unicodedata.normalize("NFKC", plain(text)).strip().upper()
