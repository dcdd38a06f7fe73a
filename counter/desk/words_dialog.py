"""A question that is answered in words of one's own."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from counter.dialogs.dialog import Dialog
from hall.names import plain


class WordsDialog(Dialog[str]):
    """Every text is in the reader's language already; what is typed may not be left empty."""

    def __init__(
        self,
        title: str,
        *,
        most: int,
        about: str = "",
        hint: str = "",
        empty: str,
        typed: str = "",
        trouble: str = "",
    ) -> None:
        """`most`: characters; `about`: what it is about, above the field; `empty`: told when
        nothing was typed; `typed`, `trouble`: when it is asked again."""
        super().__init__()
        self.asked = title
        self.most = most
        self.about = about
        self.hint = hint
        self.empty = empty
        self.typed = typed
        self.trouble = trouble

    def title_words(self) -> str:
        return self.asked

    def body(self) -> Iterable[Widget]:
        if self.about:
            yield Static(plain(self.about), markup=False, id="about")
        yield Input(self.typed, placeholder=self.hint, max_length=self.most, id="words")

    def on_mount(self) -> None:
        self.complain(self.trouble)
        self.query_one("#words").focus()

    @on(Input.Submitted)
    def submit(self) -> None:
        self.confirm()

    def answer(self) -> str | None:
        words = self.query_one("#words", Input).value.strip()
        if not words:
            self.complain(self.empty)
            return None
        return words
