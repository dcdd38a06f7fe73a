"""All that a notice says, frozen: the catalogue may change, this notice may not.

The five contents are those the centres' rules ask for: the rule it rests on; the papers and how to
fill them in; who must approve; procedure and time limit; remedies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.tables import Clerk, Material, MaterialFinding, Notice, NoticeFault, Service
from hall.hall_rules import HallRules

UNNUMBERED = "—"
"""The serial of what is not issued."""


@dataclass(frozen=True)
class SpecialMaterial:
    """A paper the catalogue does not list, asked for by hand."""

    name: str
    what: str = ""
    """What it has to be, or what is wrong with it; may be empty."""


@dataclass(frozen=True)
class Finding:
    """What is the matter with one paper; as a row of `NoticeMaterial`."""

    number: int
    finding: MaterialFinding
    what: str = ""
    name: str = ""
    """Of a special material; empty for one of the catalogue's."""


@dataclass(frozen=True)
class Correction:
    """更正: which notice is put right, what was the matter with it, and whose it is to mend."""

    old: Notice
    fault: NoticeFault
    answerable: Clerk


def content(
    rules: HallRules,
    service: Service,
    listed: Sequence[Material],
    findings: Sequence[Finding],
    clerk: Clerk | None,
    *,
    serial: str,
    code: str,
    remark: str,
    now: datetime,
    corrects: Correction | None = None,
) -> dict[str, Any]:
    """`clerk`: None where a citizen has looked alone."""
    told = {
        "hall": rules.names,
        "address": rules.address,
        "serial": serial,
        "code": code,
        "service": service.names,
        "service_code": service.code,
        "kind": service.kind,
        "legal_basis": service.legal_basis,
        "conditions": service.conditions,
        "materials": materials(listed, findings),
        "approval": service.approval,
        "procedure": service.procedure,
        "statutory_limit": service.statutory_limit,
        "promised_limit": service.promised_limit,
        "fee": service.fee,
        "remedy": service.remedy,
        "remark": remark,
        "department": service.department,
        "clerk": clerk.name if clerk else "",
        "staff_number": clerk.staff_number if clerk else "",
        "clerk_phone": clerk.phone if clerk else "",
        "phone": service.phone,
        "supervision_phone": rules.supervision_phone,
        "issued_at": rules.local(now).isoformat(timespec="seconds"),
    }
    if corrects is not None:
        told["corrects"] = {
            "serial": corrects.old.serial,
            "fault": corrects.fault.value,
            "answerable": corrects.answerable.name,
            "staff_number": corrects.answerable.staff_number,
        }
    return told


def materials(listed: Sequence[Material], findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Those of the catalogue, then those asked for by hand."""
    found = {finding.number: finding for finding in findings}
    told: list[dict[str, Any]] = [
        {
            "number": material.number,
            "names": material.names,
            "form": material.form,
            "copies": material.copies,
            "how_to_fill": material.how_to_fill,
            "source": material.source,
            "required": material.required,
            "finding": found[material.number].finding.value if material.number in found else "here",
            "what_is_wrong": found[material.number].what if material.number in found else "",
        }
        for material in listed
    ]
    told += [
        {
            "number": finding.number,
            "names": {"zh": finding.name},
            "form": finding.what,
            "copies": "",
            "how_to_fill": "",
            "source": "",
            "required": True,
            "special": True,
            "finding": finding.finding.value,
            "what_is_wrong": "",
        }
        for finding in findings
        if finding.name
    ]
    return told
