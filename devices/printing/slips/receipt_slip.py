"""收件回执 or 受理回执: which papers the office has taken in, and by when it answers.

Content; moments are ISO 8601 in the hall's time, names are maps from language to text:
    stage: "received" (papers left here, not yet looked through) or "accepted" (they are complete
    and the time limit runs); hall, service: names; service_code; case_number; applicant;
    materials: maps with number, names, form, copies, source; department; counter: a number;
    clerk, staff_number, clerk_phone: who took them; taken_at: a moment;
    promised_by: a date, promised_working_days: a number, both only of what is accepted;
    remark; phone, supervision_phone, address; code: for the QR; sha256: of the content;
    large_print.
"""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Paper
from devices.printing.slips import document
from devices.printing.slips.values import day, moment, whole
from hall.marked import _

TITLES = {"received": _("Receipt for papers"), "accepted": _("Receipt of acceptance")}


def write(paper: Paper, content: Mapping[str, Any], copy: str, reprint: bool) -> None:
    title = TITLES.get(str(content.get("stage")), TITLES["received"])
    page = document.begin(paper, content, title, copy, reprint=reprint)
    page.fact(_("Case number"), page.text("case_number"))
    document.write_service(page)
    page.fact(_("Applicant"), page.text("applicant"))
    page.fact(_("Counter"), page.text("counter"))
    page.fact(_("Taken in at"), moment(content.get("taken_at")))
    page.fact(_("Answer by"), day(content.get("promised_by"), page.wording))
    days = whole(content.get("promised_working_days"))
    if days is not None:
        page.fact(_("Promised limit"), page.say(_("{count} working days"), count=days))

    paper.rule(heavy=True)
    page.heading(_("Papers taken in"))
    for material in page.rows("materials"):
        document.write_material(page, material, "")
    if page.text("remark"):
        page.heading(_("Remark"))
        page.told("remark")

    page.paper.gap(0.35)
    document.write_person(page, _("Taken in by"), "clerk", "staff_number", "clerk_phone")
    page.fact(_("Department"), page.text("department"))
    document.write_contacts(page)
    document.sign(page, _("Clerk's signature"))
    document.end(page, _("Scan this code at the kiosk to see how your case stands"))
