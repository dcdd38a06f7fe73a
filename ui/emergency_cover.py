"""Over everything a public screen shows: what everybody is to do now, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Static

from hall.announcing.prepared_texts import HEADLINES
from ui.big_text import BigText
from ui.script_text import ScriptText

if TYPE_CHECKING:
    from hall.announcing.bulletins import Shown

LEAST_FOR_WORDS = 8
FACE_S = 6.0
"""How long each face stays: Chinese and English, then one for each other language."""


class EmergencyCover(Vertical):
    """Shown alone: its screen hides all else while it has the class `-emergency`.

    What lay beneath would cut wide letters in two where its own edges are.
    """

    # The same red in every theme, 7.8:1 under white. It does not flash: that can do harm.
    DEFAULT_CSS = """
    EmergencyCover {
        display: none;
        width: 100%;
        height: 100%;
        padding: 1 2;
        background: #a3161f;
        color: #ffffff;
        &.-stands { display: block; }
        .face { width: 1fr; height: 1fr; }
        .headline { width: 1fr; height: 2fr; min-height: 1; text-style: bold; }
        .headline-english { width: 1fr; height: 1fr; min-height: 1; text-style: bold; }
        .drawn { width: 1fr; height: 1fr; margin: 0 0 1 0; }
        .words { width: 1fr; height: auto; text-align: center; }
        &.-strip { padding: 0; }
        &.-strip .words { display: none; }
    }
    """

    emergency: Shown | None = None
    turned = 0

    def on_mount(self) -> None:
        self.set_interval(FACE_S, self.turn)

    def on_resize(self) -> None:
        """A strip has room for the headlines alone."""
        self.set_class(self.screen.size.height < LEAST_FOR_WORDS, "-strip")

    def show(self, emergency: Shown | None) -> None:
        if emergency == self.emergency:
            return
        self.emergency, self.turned = emergency, 0
        self.set_class(emergency is not None, "-stands")
        self.screen.set_class(emergency is not None, "-emergency")
        self.remove_children()
        if emergency is not None:
            faces = list(faces_of(emergency))
            for face in faces[1:]:
                face.display = False
            self.mount_all(faces)

    def turn(self) -> None:
        if len(self.children) > 1:
            self.turned += 1
            for place, face in enumerate(self.children):
                face.display = place == self.turned % len(self.children)


def faces_of(emergency: Shown) -> Iterator[Vertical]:
    headline = HEADLINES[emergency.emergency]
    yield Vertical(
        BigText(headline["zh"], most_lines=2, classes="headline"),
        BigText(headline["en"], most_lines=2, classes="headline-english"),
        *(
            Static(text, markup=False, classes="words")
            for language, text in emergency.text.items()
            if language in headline
        ),
        classes="face",
    )
    for language, text in emergency.text.items():
        if language not in headline:
            yield Vertical(
                ScriptText(text, always=True, classes="drawn"),
                Static("  ".join(headline.values()), markup=False, classes="words"),
                classes="face",
            )
