"""退回通知书 or 不予受理通知书: what was refused, why, by which rule, what to do. Two copies.

Content; moments are ISO 8601 in the hall's time, names are maps from language to text:
    stage: "returned" (accepted, then sent back) or "not_accepted"; hall, service: names;
    service_code; serial; case_number; applicant;
    reason, legal_basis, remedy, next_step: paragraphs (next_step: where to turn or what to mend);
    returned: what is handed back with this, maps with number, names, copies;
    clerk, staff_number, clerk_phone; approved_by: name of who decided; department; counter;
    decided_at: a moment; phone, supervision_phone, address; code: for the QR; sha256; large_print.
"""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Paper
from devices.printing.slips import document
from devices.printing.slips.values import moment
from hall.marked import _

TITLES = {"returned": _("Notice of return"), "not_accepted": _("Notice of non-acceptance")}


def write(paper: Paper, content: Mapping[str, Any], copy: str, reprint: bool) -> None:
    title = TITLES.get(str(content.get("stage")), TITLES["not_accepted"])
    page = document.begin(paper, content, title, copy, reprint=reprint)
    page.fact(_("Serial"), page.text("serial"))
    page.fact(_("Case number"), page.text("case_number"))
    document.write_service(page)
    page.fact(_("Applicant"), page.text("applicant"))
    page.fact(_("Counter"), page.text("counter"))
    page.fact(_("Decided at"), moment(content.get("decided_at")))

    paper.rule(heavy=True)
    page.heading(_("1. Reason"))
    page.told("reason")
    page.heading(_("2. The rule it rests on"))
    page.told("legal_basis")
    page.heading(_("3. What you can do now"))
    page.told("next_step")
    page.heading(_("4. If you do not agree"))
    page.told("remedy")
    if page.rows("returned"):
        page.heading(_("5. Papers handed back"))
        for material in page.rows("returned"):
            document.write_material(page, material, "")

    paper.rule(heavy=True)
    document.write_person(page, _("Clerk"), "clerk", "staff_number", "clerk_phone")
    page.fact(_("Decided by"), page.text("approved_by"))
    page.fact(_("Department"), page.text("department"))
    document.write_contacts(page)
    document.write_seal(page)
    document.sign(
        page, _("Clerk's signature"), _("Citizen's signature"), _("Date of receipt (by hand)")
    )
    document.end(page, _("Show this code at the desk when you ask about this decision"))
