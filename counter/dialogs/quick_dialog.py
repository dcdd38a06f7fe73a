"""快办: which matter is served at once, where the citizen stands."""

from __future__ import annotations

from counter.dialogs.service_dialog import ServiceDialog
from hall.marked import _


class QuickDialog(ServiceDialog):
    """Answers with the id of a service the counter takes."""

    def title_words(self) -> str:
        return self.app.say(_("Serve at once, without a slip: which matter?"))
