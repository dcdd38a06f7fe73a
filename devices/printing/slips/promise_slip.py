"""承诺通知书: by when the office answers, and who stays responsible until then. Two copies.

Content; moments are ISO 8601 in the hall's time, names are maps from language to text:
    hall, service: names; service_code; serial; case_number; applicant; kind: "承诺件";
    accepted_at: a moment; promised_by: a date; promised_working_days: a number;
    statutory_limit: text; stops: when the time limit stands still, text; delivery: how the result
    is handed over, text; remark;
    first_handler, staff_number, handler_phone; department; counter: a number;
    phone, supervision_phone, address; code: for the QR; sha256: of the content; large_print.
"""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Paper, Size
from devices.printing.slips import document
from devices.printing.slips.values import day, moment, whole
from hall.marked import _


def write(paper: Paper, content: Mapping[str, Any], copy: str, reprint: bool) -> None:
    page = document.begin(paper, content, _("Notice of promise"), copy, reprint=reprint)
    page.fact(_("Serial"), page.text("serial"))
    page.fact(_("Case number"), page.text("case_number"))
    document.write_service(page)
    page.fact(_("Kind of case"), page.text("kind"))
    page.fact(_("Applicant"), page.text("applicant"))
    page.fact(_("Accepted at"), moment(content.get("accepted_at")))

    paper.rule(heavy=True)
    paper.centred(page.say(_("We promise to answer by")), Size.BODY)
    paper.centred(day(content.get("promised_by"), page.wording) or "—", Size.LARGE, heavy=True)
    days = whole(content.get("promised_working_days"))
    if days is not None:
        page.advice(_("({count} working days from acceptance)"), count=days)
    paper.rule(heavy=True)

    page.fact(_("Statutory limit"), page.text("statutory_limit"), heavy=False)
    page.fact(_("The limit stands still"), page.text("stops"), heavy=False)
    page.fact(_("Handing over"), page.text("delivery"), heavy=False)
    page.fact(_("Remark"), page.text("remark"), heavy=False)

    page.heading(_("Responsible until it is settled"))
    document.write_person(page, _("First handler"), "first_handler", "staff_number", "")
    page.fact(_("Phone"), page.text("handler_phone"))
    page.fact(_("Department"), page.text("department"))
    page.fact(_("Counter"), page.text("counter"))
    document.write_contacts(page)
    document.write_seal(page)
    document.sign(page, _("Citizen's signature"), _("First handler's signature"))
    document.end(page, _("Scan this code at the kiosk to see how your case stands"))
