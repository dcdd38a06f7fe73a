"""一次性告知单: both copies of the one-time notice, with all that the rules ask for."""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Mark, Paper, Size
from devices.printing.slips import document
from devices.printing.slips.document import CITIZEN_AND_FILE
from devices.printing.slips.page import Page
from devices.printing.slips.values import moment, text_of
from hall.marked import _

FINDINGS = {
    "here": (_("COMPLETE"), Mark.PLAIN),
    "missing": (_("MISSING"), Mark.STRONG),
    "wrong": (_("WRONG"), Mark.STRONG),
}

FAULTS = {
    "omitted": _("something was not told"),
    "incomplete": _("something was told in part only"),
    "mistaken": _("something was told wrongly"),
}


def write(paper: Paper, content: Mapping[str, Any], copy: str, reprint: bool) -> None:
    """`content` as `hall.notices.notice_content.content` makes it, with its `sha256`."""
    page = document.begin(paper, content, _("One-time notice"), copy, reprint=reprint)
    write_correction(page, copy)
    page.fact(_("Serial"), page.text("serial"))
    document.write_service(page)
    page.fact(_("Kind of case"), page.text("kind"))
    page.fact(_("Ticket"), page.text("ticket"))
    page.fact(_("Counter"), page.text("counter"))
    page.fact(_("Issued at"), moment(content.get("issued_at")))
    write_summary(page)

    paper.rule(heavy=True)
    write_contents(page)
    if page.text("remark"):
        page.heading(_("Remark"))
        page.told("remark")
    paper.rule(heavy=True)
    document.write_person(page, _("Clerk"), "clerk", "staff_number", "clerk_phone")
    document.write_contacts(page)
    document.sign(page, _("Citizen's signature"), _("Clerk's signature"))
    document.end(page, _("Please bring this notice when you come again"))


def write_contents(page: Page) -> None:
    """The five that the centres' rules ask for."""
    page.heading(_("1. What it rests on"))
    page.told("legal_basis")
    page.fact(_("Conditions"), page.text("conditions"), heavy=False)

    page.heading(_("2. Papers and how to fill them in"))
    for material in page.rows("materials"):
        finding = FINDINGS.get(text_of(material.get("finding")), FINDINGS["here"])
        if material.get("special"):
            material = {**material, "source": page.say(_("asked for in this case"))}
        document.write_material(page, material, *finding)

    page.heading(_("3. Who approves"))
    page.told("approval")
    page.fact(_("Department"), page.text("department"), heavy=False)

    page.heading(_("4. Procedure and time limits"))
    page.told("procedure")
    page.fact(_("Statutory limit"), page.text("statutory_limit"), heavy=False)
    page.fact(_("Promised limit"), page.text("promised_limit"), heavy=False)
    page.fact(_("Fee"), page.text("fee"), heavy=False)

    page.heading(_("5. If you disagree"))
    page.told("remedy")


def write_correction(page: Page, copy: str) -> None:
    """Which notice this one puts right and who answers for it; nothing on a first notice."""
    corrects = page.content.get("corrects")
    if not isinstance(corrects, Mapping):
        return
    words = _("This notice corrects {serial}; please go by this one.")
    page.paper.paragraph(
        page.say(words, serial=text_of(corrects.get("serial"))), Size.BODY, heavy=True
    )
    fault = text_of(corrects.get("fault"))
    page.fact(_("What was the matter"), page.say(FAULTS[fault]) if fault in FAULTS else fault)
    person, number = text_of(corrects.get("answerable")), text_of(corrects.get("staff_number"))
    page.fact(_("Answerable"), f"{person}（{number}）" if number else person)
    if copy == CITIZEN_AND_FILE[0]:
        page.paper.paragraph(
            page.say(_("We are sorry for the trouble this caused you.")), Size.BODY
        )
    page.paper.rule()


def write_summary(page: Page) -> None:
    """How much is to be mended, before the long text."""
    findings = [text_of(material.get("finding")) for material in page.rows("materials")]
    missing, wrong = findings.count("missing"), findings.count("wrong")
    if missing or wrong:
        page.paper.gap(0.2)
        page.paper.paragraph(
            page.say(
                _("Of {total} papers, {missing} missing and {wrong} to be corrected."),
                total=len(findings),
                missing=missing,
                wrong=wrong,
            ),
            Size.BODY,
            heavy=True,
        )
