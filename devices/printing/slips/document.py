"""What documents of the office have in common: head, papers, who answers for it, signatures.

In Chinese whatever the citizen speaks.
"""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Mark, Paper, Size
from devices.printing.slips.page import Page, write_reprint_mark
from devices.printing.slips.values import name, text_of
from hall.marked import _
from hall.wording import Wording

CITIZEN_AND_FILE = (_("Copy for the citizen"), _("Copy for the file"))


def begin(
    paper: Paper, content: Mapping[str, Any], title: str, copy: str, *, reprint: bool
) -> Page:
    """The head; `copy` is empty where there is only one."""
    page = Page(paper, content, Wording("zh"))
    write_reprint_mark([page], reprint)
    paper.centred(name(content.get("hall")), Size.BODY)
    paper.centred(page.say(title), Size.TITLE, heavy=True)
    if copy:
        paper.centred(f"【{page.say(copy)}】", Size.BODY)
    paper.rule()
    return page


def write_service(page: Page) -> None:
    service, code = name(page.content.get("service")), page.text("service_code")
    page.fact(_("Service"), f"{service}（{code}）" if code else service)


def write_material(
    page: Page, material: Mapping[str, Any], mark: str, kind: Mark = Mark.PLAIN
) -> None:
    """`mark` is said at the end of its line; without one the number of copies is."""
    form, copies = text_of(material.get("form")), text_of(material.get("copies"))
    if copies.isdigit():
        copies = page.say(_("{count} copies"), count=copies)
    needed = "" if material.get("required", True) else page.say(_("if it applies"))
    facts = [form, copies if mark else "", text_of(material.get("source")), needed]
    details = ["　".join(fact for fact in facts if fact)]
    if material.get("how_to_fill"):
        details.append(page.say(_("How to fill in: {note}"), note=material["how_to_fill"]))
    if material.get("what_is_wrong"):
        details.append(page.say(_("To correct: {what}"), what=material["what_is_wrong"]))
    page.paper.item(
        text_of(material.get("number")),
        name(material.get("names")),
        [detail for detail in details if detail],
        page.say(mark) if mark else copies,
        kind,
        Size.BODY,
    )


def write_person(page: Page, label: str, person: str, number: str, phone: str) -> None:
    """Keys of the content: who it is, the staff number, the phone."""
    told = page.text(person)
    if page.text(number):
        told += f"（{page.text(number)}）"
    page.fact(label, f"{told} {page.text(phone)}".strip())


def write_contacts(page: Page) -> None:
    page.fact(_("Questions"), page.text("phone"))
    page.fact(_("Supervision phone"), page.text("supervision_phone"))
    page.fact(_("Address"), page.text("address"))


def write_seal(page: Page) -> None:
    """Room for a stamp, which is 4 cm wide and may lie over the words around it."""
    page.paper.gap(2.5)
    page.paper.centred(page.say(_("(seal of the office)")), Size.BODY)


def sign(page: Page, *labels: str) -> None:
    for label in labels:
        page.paper.signature(page.say(label), Size.BODY)
    page.paper.gap(0.6)


def end(page: Page, caption: str) -> None:
    """The code, and the beginning of the fingerprint that both copies share."""
    page.code(caption)
    fingerprint = page.text("sha256")[:16]
    if fingerprint:
        parts = " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))
        page.advice(_("Content check: {hash}"), hash=parts)
