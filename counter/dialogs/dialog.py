"""A question over the counter screen: answered, or left with Escape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual import getters, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Static

from hall.marked import _
from hall.names import plain
from ui.base_app import HallApp

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """Made anew for each question. The answer is None when it was left."""

    app = getters.app(HallApp)

    BINDINGS = [Binding("escape", "leave", show=False)]

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(self.title_words(), markup=False, id="dialog-title")
            yield from self.body()
            yield Static("", markup=False, id="trouble")
            with Horizontal(id="answers"):
                yield Button(Content(self.confirm_words()), variant="primary", id="confirm")
                if self.can_leave():
                    yield Button(Content(self.leave_words()), id="leave")

    def title_words(self) -> str:
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        raise NotImplementedError

    def confirm_words(self) -> str:
        return self.app.say(_("Enter OK"))

    def leave_words(self) -> str:
        return self.app.say(_("Esc Cancel"))

    def can_leave(self) -> bool:
        return True

    def answer(self) -> Answer | None:
        """What was chosen and typed; None, after `complain`, when it is no answer yet."""
        raise NotImplementedError

    def when_left(self) -> Answer | None:
        """What a question answers that has done its work while it stood there."""
        return None

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Once: Enter pressed twice in a burst would leave the screen beneath as well."""
        if not self.is_active:
            return AwaitComplete()
        return super().dismiss(result)

    def complain(self, sentence: str) -> None:
        self.query_one("#trouble", Static).update(plain(sentence))

    @on(Button.Pressed, "#confirm")
    def confirm(self) -> None:
        answer = self.answer()
        if answer is not None:
            self.dismiss(answer)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        if self.can_leave():
            self.dismiss(self.when_left())
