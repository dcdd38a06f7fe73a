"""缴费通知单: what is to be paid, where, and what to do afterwards. Chinese first.

Content; moments are ISO 8601 in the hall's time, names are maps from language to text:
    hall, service: names; serial; case_number; ticket: "A012"; payer;
    items: maps with names, amount_fen (a whole number; below zero for a reduction) and basis, the
    rule the fee rests on; the total is the sum of the items;
    cashier: number of the cashier's counter; counter: the one to return to afterwards;
    pay_by, issued_at: moments; clerk, staff_number, clerk_phone, phone, supervision_phone, address;
    code: for the QR; language: the citizen's; large_print.
"""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Mark, Paper, Size
from devices.printing.slips.document import write_contacts, write_person
from devices.printing.slips.money import in_capitals, in_figures
from devices.printing.slips.page import Page, both, pages_of, write_names, write_reprint_mark
from devices.printing.slips.values import moment, name, text_of, whole
from hall.marked import _


def write(paper: Paper, content: Mapping[str, Any], _copy: str, reprint: bool) -> None:
    pages = pages_of(paper, content)
    write_reprint_mark(pages, reprint)
    write_names(pages, "hall", Size.BODY)
    paper.gap(0.2)
    paper.centred(both(pages, _("Payment slip")), Size.TITLE, heavy=True)
    paper.rule()
    for page in pages:
        write_facts(page)
    paper.rule(heavy=True)
    write_items(pages)
    if content.get("cashier"):
        paper.gap(0.4)
        where = both(pages, _("Please pay at counter {cashier}"), cashier=content["cashier"])
        paper.banner(where, Size.LARGE)
        paper.gap(0.2)
    for page in pages if content.get("counter") else []:
        page.advice(
            _("After paying, please return to counter {counter} with this slip and the receipt"),
            counter=content["counter"],
        )
    pages[0].code()
    write_person(pages[0], _("Clerk"), "clerk", "staff_number", "clerk_phone")
    write_contacts(pages[0])


def write_facts(page: Page) -> None:
    page.fact(_("Serial"), page.text("serial"))
    page.fact(_("Service"), name(page.content.get("service"), page.wording.language))
    page.fact(_("Case number"), page.text("case_number"))
    page.fact(_("Ticket"), page.text("ticket"))
    page.fact(_("Payer"), page.text("payer"))
    page.fact(_("Made out at"), moment(page.content.get("issued_at")))
    page.fact(_("Pay by"), moment(page.content.get("pay_by")))


def write_items(pages: list[Page]) -> None:
    """Without a total where an amount is no number: a wrong one would be paid."""
    chinese = pages[0]
    amounts = [whole(item.get("amount_fen")) for item in chinese.rows("items")]
    for number, (item, fen) in enumerate(zip(chinese.rows("items"), amounts, strict=True), start=1):
        details = [basis] if (basis := text_of(item.get("basis"))) else []
        told = "—" if fen is None else in_figures(fen)
        title = name(item.get("names"))
        chinese.paper.item(str(number), title, details, told, Mark.PLAIN, Size.BODY)
    known = [fen for fen in amounts if fen is not None]
    if known and len(known) == len(amounts):
        chinese.paper.gap(0.2)
        chinese.paper.pair(both(pages, _("Total")), in_figures(sum(known)), Size.LARGE)
        chinese.fact(_("In capitals"), in_capitals(sum(known)))
