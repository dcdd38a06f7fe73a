"""What stands on a page, as it is read aloud: key → text, in the order in which one reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from textual.widget import Widget
from textual.widgets import Label

from hall.marked import _
from kiosk.choice_button import ChoiceButton, TouchButton
from kiosk.fitting import FittedText
from kiosk.guide.guide_pages import GuidePages
from kiosk.kiosk_screen import KioskScreen
from kiosk.matter.paper_pages import Row
from kiosk.search.found_pages import FoundButton
from ui.big_text import BigText

Say = Callable[..., str]

UNSPOKEN = "unspoken"
"""The style-sheet class of what is not read aloud: keys to type with, and what was typed."""
KEYS = {"+": _("plus"), "-": _("minus"), "*": _("star"), "/": _("slash")}
MARKS = {"here": _("here"), "missing": _("missing")}
FIGURES = re.compile(r"\d+")


def words_of(page: KioskScreen, say: Say) -> dict[str, str]:
    """A figure that changes leaves the key as it is: nobody wants to hear the line count down."""
    told = {}
    for part in ("#page", "#foot"):
        for widget in shown(page.query_one(part)):
            text = text_of(widget, say)
            if text:
                told[key_of(widget, text)] = text
    return told


def shown(widget: Widget) -> Iterator[Widget]:
    if not widget.display or not widget.visible or widget.has_class(UNSPOKEN):
        return
    yield widget
    for child in widget.children:
        yield from shown(child)


def key_of(widget: Widget, text: str) -> str:
    if isinstance(widget, ChoiceButton) and widget.choice is not None:
        mark = widget.choice.mark if isinstance(widget.choice, Row) else ""
        return f"{widget.id} {widget.choice.title} {mark}"
    return f"{widget.id} {FIGURES.sub('#', text)}"


def text_of(widget: Widget, say: Say) -> str:
    """Empty for what says nothing."""
    match widget:
        case ChoiceButton():
            return choice_words(widget, say)
        case TouchButton():
            return label_words(str(widget.label), say)
        case FittedText() | BigText():
            return readable(widget.text)
        case GuidePages() | Label():
            return readable(str(widget.content))
        case _:
            return ""


def choice_words(button: ChoiceButton, say: Say) -> str:
    choice = button.choice
    if choice is None:
        return ""
    digit = "" if isinstance(button, FoundButton) else f"{button.digit}"
    mark = MARKS.get(choice.mark, "") if isinstance(choice, Row) else ""
    parts = (digit, choice.title, say(mark) if mark else "", choice.detail)
    return readable(say(", ").join(part for part in parts if part))


def label_words(label: str, say: Say) -> str:
    """With the name of its key, which the voice would leave out."""
    words = [say(KEYS[word]) if word in KEYS else word for word in label.split()]
    return readable(" ".join(words))


def readable(text: str) -> str:
    """Without the signs that are there to be seen."""
    seen = (" " if unicodedata.category(sign) in ("So", "Sm", "Sk") else sign for sign in text)
    return " ".join("".join(seen).split())
