"""首问责任单: who answers for a question, and how that person is reached.

What was asked is not on it: it may lie about. Content; moments are ISO 8601 in the hall's time,
names are maps from language to text:
    hall: names; number: the inquiry's; name, phone, department: of who answers for it; counter: a
    number, where that person sits; service: names, of the ticket it came with, if it came with one;
    asked_at: a moment; supervision_phone, address; code: for the QR; large_print.
"""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Paper, Size
from devices.printing.slips import document
from devices.printing.slips.values import moment, name
from hall.marked import _


def write(paper: Paper, content: Mapping[str, Any], copy: str, reprint: bool) -> None:
    page = document.begin(paper, content, _("Your inquiry"), copy, reprint=reprint)
    page.fact(_("Inquiry number"), page.text("number"))
    page.fact(_("Service"), name(content.get("service")))
    page.fact(_("Asked at"), moment(content.get("asked_at")))

    paper.rule(heavy=True)
    paper.centred(page.say(_("Answering for it")), Size.BODY)
    paper.centred(page.text("name") or "—", Size.TITLE, heavy=True)
    paper.centred(page.text("phone") or "—", Size.TITLE, heavy=True)
    paper.rule(heavy=True)

    page.fact(_("Department"), page.text("department"))
    page.fact(_("Counter"), page.text("counter"))
    page.fact(_("Supervision phone"), page.text("supervision_phone"))
    page.fact(_("Address"), page.text("address"))
    page.code(_("Please name this number, or show this slip, when you ask"))
