"""The one place where the counter screen says what was done and what was not."""

from textual.timer import Timer
from textual.widgets import Static

from hall.names import plain

SECONDS = {"good": 6.0, "warning": 8.0, "error": 12.0}
"""How long a sentence stays; a refusal is read twice."""


class MessageLine(Static):
    """Shows one sentence in the colour of its tone and clears by itself.

    What stands for longer is seen while nothing is told.
    """

    timer: Timer | None = None
    told = False
    standing = ""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)

    def tell(self, sentence: str, tone: str = "good") -> None:
        self.show(sentence, tone)
        self.timer = self.set_timer(SECONDS[tone], self.clear)

    def hold(self, sentence: str) -> None:
        """Stays until something else is told."""
        self.show(sentence, "warning")

    def show(self, sentence: str, tone: str) -> None:
        if self.timer is not None:
            self.timer.stop()
            self.timer = None
        self.told = True
        self.update(plain(sentence))  # it may tell what somebody typed
        self.set_classes(f"-{tone}")

    def clear(self) -> None:
        self.told = False
        self.update(plain(self.standing))
        self.set_classes("-standing" if self.standing else "")

    def stand(self, sentence: str) -> None:
        """Empty when there is nothing of the kind."""
        if sentence != self.standing:
            self.standing = sentence
            if not self.told:
                self.clear()
