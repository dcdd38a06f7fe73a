"""预约凭证: when to come and what to bring. Chinese first, the citizen's language beneath.

Content; moments are ISO 8601 in the hall's time, names are maps from language to text:
    hall, service: names; number: the appointment's; name: who comes; code: for the QR;
    starts_at, ends_at: moments, the slot; check_in_from, check_in_until: moments;
    cancel_by: a moment, the last one to cancel or change;
    materials: as in a notice, without findings: number, names, form, copies, source, how_to_fill,
    required;
    address, phone: where, and whom to call; supervision_phone; language: the citizen's;
    large_print.
"""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Paper, Size
from devices.printing.slips.document import write_material
from devices.printing.slips.page import Page, both, pages_of, write_names, write_reprint_mark
from devices.printing.slips.values import clock, day, moment, span
from hall.marked import _


def write(paper: Paper, content: Mapping[str, Any], _copy: str, reprint: bool) -> None:
    pages = pages_of(paper, content)
    chinese = pages[0]
    starts_at, ends_at = content.get("starts_at"), content.get("ends_at")
    write_reprint_mark(pages, reprint)
    write_names(pages, "hall", Size.BODY)
    paper.rule()
    paper.centred(both(pages, _("Appointment")), Size.BODY)
    paper.centred(day(starts_at, chinese.wording), Size.LARGE, heavy=True)
    paper.centred(span(clock(starts_at), clock(ends_at)), Size.TITLE, heavy=True)
    paper.gap(0.3)
    write_names(pages, "service")
    paper.rule()
    for page in pages:
        write_facts(page)
    if chinese.rows("materials"):
        chinese.paper.rule()
        paper.paragraph(both(pages, _("Please bring")), Size.BODY, heavy=True)
        for material in chinese.rows("materials"):
            write_material(chinese, material, "")
    else:
        paper.rule()
    chinese.code()
    for page in pages:
        page.advice(_("Scan this code at the kiosk when you arrive"))
        if page.text("cancel_by"):
            until = moment(content.get("cancel_by"))
            page.advice(_("To cancel or change, please call before {until}"), until=until)
        if page.text("supervision_phone"):
            page.advice(_("Supervision: {phone}"), phone=page.text("supervision_phone"))


def write_facts(page: Page) -> None:
    page.fact(_("Appointment number"), page.text("number"))
    page.fact(_("Name"), page.text("name"))
    first, last = page.content.get("check_in_from"), page.content.get("check_in_until")
    page.fact(_("Check in"), span(clock(first), clock(last)))
    page.fact(_("Phone"), page.text("phone"))
    page.fact(_("Address"), page.text("address"))
