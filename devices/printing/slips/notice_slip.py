"""一次性告知单: both copies of the one-time notice, with all that the rules ask for."""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Mark, Paper, Size
from devices.printing.slips.ticket_slip import moment
from hall.marked import _
from hall.names import name_in
from hall.wording import Wording

COPIES = (_("Copy for the citizen"), _("Copy for the file"))

FINDINGS = {
    "here": (_("COMPLETE"), Mark.PLAIN),
    "missing": (_("MISSING"), Mark.STRONG),
    "wrong": (_("WRONG"), Mark.STRONG),
}


def write(paper: Paper, content: Mapping[str, Any], copy: str, reprint: bool) -> None:
    """`content` as `hall.notices.content` makes it, with its `sha256`; `copy` is one of COPIES.

    In Chinese whatever the citizen speaks: it is a document of the office.
    """
    wording = Wording("zh")
    write_head(paper, content, wording, copy, reprint)
    write_summary(paper, content, wording)

    paper.rule(heavy=True)
    heading(paper, wording, _("1. What it rests on"))
    told(paper, content.get("legal_basis"))
    labelled(paper, wording.say(_("Conditions")), content.get("conditions"), heavy=False)

    heading(paper, wording, _("2. Papers and how to fill them in"))
    for material in content.get("materials") or []:
        write_material(paper, material, wording)

    heading(paper, wording, _("3. Who approves"))
    told(paper, content.get("approval"))
    labelled(paper, wording.say(_("Department")), content.get("department"), heavy=False)

    heading(paper, wording, _("4. Procedure and time limits"))
    told(paper, content.get("procedure"))
    labelled(paper, wording.say(_("Statutory limit")), content.get("statutory_limit"), heavy=False)
    labelled(paper, wording.say(_("Promised limit")), content.get("promised_limit"), heavy=False)
    labelled(paper, wording.say(_("Fee")), content.get("fee"), heavy=False)

    heading(paper, wording, _("5. If you disagree"))
    told(paper, content.get("remedy"))

    if content.get("remark"):
        heading(paper, wording, _("Remark"))
        told(paper, content.get("remark"))
    paper.rule(heavy=True)
    write_foot(paper, content, wording)


def write_head(
    paper: Paper, content: Mapping[str, Any], wording: Wording, copy: str, reprint: bool
) -> None:
    if reprint:
        paper.banner(wording.say(_("REPRINT")), Size.LARGE)
        paper.gap(0.3)
    paper.centred(name_in(dict(content.get("hall") or {}), "zh"), Size.BODY)
    paper.centred(wording.say(_("One-time notice")), Size.TITLE, heavy=True)
    paper.centred(f"【{wording.say(copy)}】", Size.BODY)
    paper.rule()
    labelled(paper, wording.say(_("Serial")), content.get("serial"))
    service = name_in(dict(content.get("service") or {}), "zh")
    code = content.get("service_code")
    labelled(paper, wording.say(_("Service")), f"{service}（{code}）" if code else service)
    labelled(paper, wording.say(_("Kind of case")), content.get("kind"))
    labelled(paper, wording.say(_("Ticket")), content.get("ticket"))
    labelled(paper, wording.say(_("Counter")), content.get("counter"))
    labelled(paper, wording.say(_("Issued at")), moment(content.get("issued_at")))


def write_summary(paper: Paper, content: Mapping[str, Any], wording: Wording) -> None:
    """How much is to be mended, before the long text."""
    findings = [str(material.get("finding")) for material in content.get("materials") or []]
    missing, wrong = findings.count("missing"), findings.count("wrong")
    if missing or wrong:
        paper.gap(0.2)
        paper.paragraph(
            wording.say(
                _("Of {total} papers, {missing} missing and {wrong} to be corrected."),
                total=len(findings),
                missing=missing,
                wrong=wrong,
            ),
            Size.BODY,
            heavy=True,
        )


def write_material(paper: Paper, material: Mapping[str, Any], wording: Wording) -> None:
    mark, kind = FINDINGS.get(str(material.get("finding")), FINDINGS["here"])
    form, copies = str(material.get("form") or ""), str(material.get("copies") or "")
    source = str(material.get("source") or "")
    if copies.isdigit():
        copies = wording.say(_("{count} copies"), count=copies)
    needed = "" if material.get("required", True) else wording.say(_("if it applies"))
    details = ["　".join(part for part in (form, copies, source, needed) if part)]
    if material.get("how_to_fill"):
        details.append(wording.say(_("How to fill in: {note}"), note=material["how_to_fill"]))
    if material.get("what_is_wrong"):
        details.append(wording.say(_("To correct: {what}"), what=material["what_is_wrong"]))
    paper.item(
        f"{material.get('number', '')}",
        name_in(dict(material.get("names") or {}), "zh"),
        [detail for detail in details if detail],
        wording.say(mark),
        kind,
        Size.BODY,
    )


def write_foot(paper: Paper, content: Mapping[str, Any], wording: Wording) -> None:
    clerk = str(content.get("clerk") or "")
    number = content.get("staff_number")
    clerk = f"{clerk}（{number}）" if number else clerk
    phone = content.get("clerk_phone")
    labelled(paper, wording.say(_("Clerk")), f"{clerk} {phone}" if phone else clerk)
    labelled(paper, wording.say(_("Questions")), content.get("phone"))
    labelled(paper, wording.say(_("Supervision phone")), content.get("supervision_phone"))
    labelled(paper, wording.say(_("Address")), content.get("address"))
    paper.signature(wording.say(_("Citizen's signature")), Size.BODY)
    paper.signature(wording.say(_("Clerk's signature")), Size.BODY)
    paper.gap(0.6)
    code = str(content.get("code") or "")
    if code:
        paper.qr(code)
        paper.centred(wording.say(_("Please bring this notice when you come again")), Size.SMALL)
    fingerprint = str(content.get("sha256") or "")[:16]
    if fingerprint:
        parts = " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))
        paper.centred(wording.say(_("Content check: {hash}"), hash=parts), Size.SMALL)


def heading(paper: Paper, wording: Wording, words: str) -> None:
    paper.gap(0.35)
    paper.paragraph(wording.say(words), Size.BODY, heavy=True)


def told(paper: Paper, value: Any) -> None:
    paper.paragraph(str(value or "—"), Size.BODY)


def labelled(paper: Paper, label: str, value: Any, *, heavy: bool = True) -> None:
    if value not in (None, ""):
        paper.pair(label, str(value), Size.BODY, heavy=heavy)
