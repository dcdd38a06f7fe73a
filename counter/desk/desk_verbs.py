"""What one can do at the information desk, and on which key; keys that the counter has too mean
the same there."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from hall.marked import _

if TYPE_CHECKING:
    from hall.counters.help_requests import Help
    from hall.desk_view import DeskView, InquiryShown


class DeskVerb(StrEnum):
    NEW = "new"
    ANSWER = "answer"
    LEAD = "lead"
    DIRECT = "direct"
    HAND_OVER = "hand_over"
    SLIP = "slip"
    ASSIST = "assist"
    COME_BACK = "come_back"
    GO = "go"
    FIND = "find"
    MESSAGE = "message"
    MANAGER = "manager"
    EMERGENCY = "emergency"


KEYS = {
    DeskVerb.NEW: "n",
    DeskVerb.ANSWER: "r",
    DeskVerb.LEAD: "l",
    DeskVerb.DIRECT: "e",
    DeskVerb.HAND_OVER: "h",
    DeskVerb.SLIP: "w",
    DeskVerb.ASSIST: "a",
    DeskVerb.COME_BACK: "c",
    DeskVerb.GO: "g",
    DeskVerb.FIND: "f",
    DeskVerb.MESSAGE: "m",
    DeskVerb.MANAGER: "d",
    DeskVerb.EMERGENCY: "u",
}

LABELS = {
    DeskVerb.NEW: _("New"),
    DeskVerb.ANSWER: _("Answer"),
    DeskVerb.LEAD: _("To counter"),
    DeskVerb.DIRECT: _("Elsewhere"),
    DeskVerb.HAND_OVER: _("Hand over"),
    DeskVerb.SLIP: _("Slip"),
    DeskVerb.ASSIST: _("Assist"),
    DeskVerb.COME_BACK: _("Comes back"),
    DeskVerb.GO: _("To kiosk"),
    DeskVerb.FIND: _("Find"),
    DeskVerb.MESSAGE: _("Tell"),
    DeskVerb.MANAGER: _("Manager"),
    DeskVerb.EMERGENCY: _("Emergency"),
}

MEANINGS = {
    DeskVerb.NEW: _("Somebody asks something: you answer for it until it has a result."),
    DeskVerb.ANSWER: _("The chosen inquiry is answered; say what the citizen was told."),
    DeskVerb.LEAD: _("The chosen inquiry goes on at a counter, with a ticket."),
    DeskVerb.DIRECT: _("It is not this centre's; say where the citizen was told to go."),
    DeskVerb.HAND_OVER: _(
        "A colleague answers for it from now on; the citizen gets name and phone."
    ),
    DeskVerb.SLIP: _("Print who answers for the chosen inquiry, once more if need be."),
    DeskVerb.ASSIST: _("Take a ticket for somebody who needs help."),
    DeskVerb.COME_BACK: _(
        "Somebody brings the papers a notice asked for: a number ahead of new ones."
    ),
    DeskVerb.GO: _("Somebody at a kiosk asks for help: they read there that you are coming."),
    DeskVerb.FIND: _("How a ticket stands, or an inquiry; a ticket's slip can be printed again."),
    DeskVerb.MESSAGE: _("A short word to one counter, or to all."),
    DeskVerb.MANAGER: _("Ask the duty manager to come."),
    DeskVerb.EMERGENCY: _("Somebody is ill or in danger: everyone on duty sees it."),
}

AT_THE_CALL = DeskVerb.GO
"""Its button stands beside the call, not among the others."""

OF_AN_INQUIRY = frozenset(
    {DeskVerb.ANSWER, DeskVerb.LEAD, DeskVerb.DIRECT, DeskVerb.HAND_OVER, DeskVerb.SLIP}
)


def applicable(view: DeskView | None, chosen: InquiryShown | None) -> frozenset[DeskVerb]:
    """What would not be refused outright; the database has the last word."""
    if view is None:
        return frozenset()
    refused = set() if chosen is not None else set(OF_AN_INQUIRY)
    if asked_from_kiosk(view) is None:
        refused.add(DeskVerb.GO)
    return frozenset(DeskVerb) - refused


def asked_from_kiosk(view: DeskView) -> Help | None:
    """Whoever has waited longest for somebody to come."""
    return next((one for one in view.help if one.kind == "assistant"), None)


def next_step(
    view: DeskView | None, chosen: InquiryShown | None, staff_number: str
) -> DeskVerb | None:
    """On Enter: one's own inquiry is answered, else a new one taken."""
    if view is None:
        return None
    is_own = chosen is not None and chosen.responsible.staff_number == staff_number
    return DeskVerb.ANSWER if is_own else DeskVerb.NEW
