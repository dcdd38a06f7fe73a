"""一次性告知: what is missing or wrong, told once, completely and in writing, in two copies.

The five contents are those the centres' rules ask for: the rule it rests on; the papers and how to
fill them in; who must approve; procedure and time limit; remedies.
"""

import secrets
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db import journal
from db.tables import (
    Clerk,
    Counter,
    Material,
    MaterialFinding,
    Notice,
    NoticeMaterial,
    PrintJobKind,
    Service,
    Ticket,
)
from hall import catalogue, number_series, print_jobs, rights
from hall.errors import NothingToTell, ReasonMissing, UnknownMaterial, UnknownNotice
from hall.fingerprint import fingerprint
from hall.hall_rules import HallRules
from hall.names import plain
from hall.rights import Right

UNNUMBERED = "—"
"""The serial of what is not issued."""


@dataclass(frozen=True)
class Draft:
    """A notice as it would be issued; nothing of it is in the database."""

    findings: dict[int, tuple[MaterialFinding, str]]
    content: dict[str, Any]


def draft(
    session: Session,
    rules: HallRules,
    service: Service,
    clerk: Clerk,
    missing: set[int],
    wrong: Mapping[int, str],
    now: datetime,
    *,
    ticket: Ticket | None = None,
    counter: Counter | None = None,
    remark: str = "",
) -> Draft:
    """What `issue` would tell, without serial and code; raises what `issue` raises. Only reads."""
    assert service.id is not None
    rights.check(clerk, Right.ISSUE_NOTICE)
    remark = plain(remark)
    if not (missing or wrong or remark):
        raise NothingToTell()
    listed = catalogue.materials(session, service.id)
    known = {material.number for material in listed}
    for number in sorted(missing | set(wrong)):
        if number not in known:
            raise UnknownMaterial(service=service.code, material=number)
        if number in wrong and not plain(wrong[number]):
            raise ReasonMissing()
    findings = dict.fromkeys(missing, (MaterialFinding.MISSING, ""))
    findings |= {number: (MaterialFinding.WRONG, plain(what)) for number, what in wrong.items()}
    told = content(
        rules, service, listed, findings, clerk, serial=UNNUMBERED, code="", remark=remark, now=now
    )
    told["counter"] = counter.number if counter else None
    told["ticket"] = ticket.name if ticket else None
    return Draft(findings, told)


def issue(
    session: Session,
    rules: HallRules,
    service: Service,
    clerk: Clerk,
    missing: set[int],
    wrong: Mapping[int, str],
    now: datetime,
    *,
    ticket: Ticket | None = None,
    counter: Counter | None = None,
    remark: str = "",
    printer: str = print_jobs.DEFAULT_PRINTER,
) -> Notice:
    """Write the notice and have both copies printed.

    `missing`: numbers of materials that are not there; `wrong`: number → what is wrong with it. A
    material in both counts as wrong. Raises NotAllowed, NothingToTell, UnknownMaterial,
    ReasonMissing (wrong, but not said how).
    """
    assert service.id is not None and clerk.id is not None
    drafted = draft(
        session,
        rules,
        service,
        clerk,
        missing,
        wrong,
        now,
        ticket=ticket,
        counter=counter,
        remark=remark,
    )
    year = rules.business_day(now).year
    number = number_series.take(session, rules.hall_id, f"notice/{year}")
    serial = f"{rules.code}-{year}-{number:06d}"
    code = secrets.token_urlsafe(9)
    told = drafted.content | {"serial": serial, "code": code}
    notice = Notice(
        hall_id=rules.hall_id,
        year=year,
        number=number,
        serial=serial,
        code=code,
        ticket_id=ticket.id if ticket else None,
        service_id=service.id,
        counter_id=counter.id if counter else None,
        clerk_id=clerk.id,
        issued_at=now,
        remark=told["remark"],
        content=told,
        content_sha256=fingerprint(told),
    )
    session.add(notice)
    session.flush()
    assert notice.id is not None
    for material, (finding, what) in drafted.findings.items():
        session.add(
            NoticeMaterial(
                notice_id=notice.id, number=material, finding=finding.value, what_is_wrong=what
            )
        )
    session.flush()
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            "notice.issued",
            who=clerk.staff_number,
            place=f"counter {counter.number}" if counter else "",
            subject=f"ticket/{ticket.id}" if ticket else f"notice/{notice.id}",
            after={
                "serial": serial,
                "service": service.code,
                "missing": sorted(missing - set(wrong)),
                "wrong": sorted(wrong),
                "content_sha256": notice.content_sha256,
            },
        ),
        now,
    )
    print_jobs.add(
        session,
        rules.hall_id,
        PrintJobKind.NOTICE,
        notice.id,
        told | {"sha256": notice.content_sha256},
        print_jobs.DOCUMENT_LIFETIME,
        now,
        printer=printer,
    )
    return notice


def content(
    rules: HallRules,
    service: Service,
    listed: list[Material],
    findings: Mapping[int, tuple[MaterialFinding, str]],
    clerk: Clerk,
    *,
    serial: str,
    code: str,
    remark: str,
    now: datetime,
) -> dict[str, Any]:
    """All that both copies say, frozen: the catalogue may change, this notice may not."""
    return {
        "hall": rules.names,
        "address": rules.address,
        "serial": serial,
        "code": code,
        "service": service.names,
        "service_code": service.code,
        "kind": service.kind,
        "legal_basis": service.legal_basis,
        "conditions": service.conditions,
        "materials": [
            {
                "number": material.number,
                "names": material.names,
                "form": material.form,
                "copies": material.copies,
                "how_to_fill": material.how_to_fill,
                "source": material.source,
                "required": material.required,
                "finding": findings[material.number][0].value
                if material.number in findings
                else "here",
                "what_is_wrong": findings[material.number][1]
                if material.number in findings
                else "",
            }
            for material in listed
        ],
        "approval": service.approval,
        "procedure": service.procedure,
        "statutory_limit": service.statutory_limit,
        "promised_limit": service.promised_limit,
        "fee": service.fee,
        "remedy": service.remedy,
        "remark": remark,
        "department": service.department,
        "clerk": clerk.name,
        "staff_number": clerk.staff_number,
        "clerk_phone": clerk.phone,
        "phone": service.phone,
        "supervision_phone": rules.supervision_phone,
        "issued_at": rules.local(now).isoformat(timespec="seconds"),
    }


def last_at_counter(
    session: Session, rules: HallRules, counter: Counter, now: datetime
) -> Notice | None:
    """The notice last issued there today; None when none was."""
    today = rules.business_day(now)
    rows = session.exec(
        select(Notice.id, Notice.counter_id, Notice.issued_at)
        .where(Notice.hall_id == rules.hall_id, Notice.year == today.year)
        .order_by(col(Notice.number).desc())
        .execution_options(yield_per=50)
    )
    with closing(rows) as newest_first:  # no index has the counter: it stops where today begins
        for notice_id, counter_id, issued_at in newest_first:
            if rules.business_day(issued_at) < today:
                break
            if counter_id == counter.id:
                return session.get(Notice, notice_id)
    return None


def by_serial(session: Session, rules: HallRules, serial: str) -> Notice:
    """Raises UnknownNotice."""
    notice = session.exec(
        select(Notice).where(Notice.hall_id == rules.hall_id, Notice.serial == serial.strip())
    ).first()
    if notice is None:
        raise UnknownNotice(serial=serial)
    return notice


def is_unchanged(notice: Notice) -> bool:
    """Whether what is kept is what was issued."""
    return fingerprint(notice.content) == notice.content_sha256
