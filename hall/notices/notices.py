"""一次性告知: what is missing or wrong, told once, completely and in writing, in two copies.

What was told stays told: what was wrong with a notice is put right by a new one that names it.
"""

import secrets
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db import journal
from db.tables import (
    Clerk,
    Counter,
    MaterialFinding,
    Notice,
    NoticeMaterial,
    PrintJobKind,
    Service,
    Ticket,
)
from hall import forbidden_phrases, number_series, rights
from hall.catalogue import catalogue
from hall.errors.notices import (
    NothingToTell,
    PaperUnnamed,
    RemarkTooLong,
    TextTooLong,
    UnknownMaterial,
    UnknownNotice,
)
from hall.errors.printing import ReasonMissing
from hall.fingerprint import fingerprint
from hall.hall_rules import HallRules
from hall.names import plain, tidy_code
from hall.notices.notice_content import UNNUMBERED, Correction, Finding, SpecialMaterial, content
from hall.printing import print_jobs
from hall.rights import Right

MOST_REMARK = 500
MOST_WHAT = 200
"""Of what is wrong with a paper, or what a special one has to be."""
MOST_NAME = 60
"""Of a special material."""
BEGINNING = 12
"""So much of a text is enough to know it by."""

# -- rules ---------------------------------------------------------------------------------------


def decent(rules: HallRules, text: str, most: int) -> str:
    """As it may be printed. Raises TextTooLong, ForbiddenPhrase."""
    text = plain(text)
    if len(text) > most:
        raise TextTooLong(beginning=text[:BEGINNING], count=len(text), most=most)
    forbidden_phrases.check(rules, text)
    return text


def decent_remark(rules: HallRules, text: str) -> str:
    """As it may be printed. Raises RemarkTooLong, ForbiddenPhrase."""
    text = plain(text)
    if len(text) > MOST_REMARK:
        raise RemarkTooLong(count=len(text), most=MOST_REMARK)
    forbidden_phrases.check(rules, text)
    return text


def special_findings(
    rules: HallRules, special: Sequence[SpecialMaterial], behind: int
) -> list[Finding]:
    """Numbered on `behind` the last of the catalogue. Raises PaperUnnamed, as `decent`."""
    findings = []
    for number, one in enumerate(special, start=behind + 1):
        name = decent(rules, one.name, MOST_NAME)
        if not name:
            raise PaperUnnamed()
        what = decent(rules, one.what, MOST_WHAT)
        findings.append(Finding(number, MaterialFinding.MISSING, what, name))
    return findings


# -- operations ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Draft:
    """A notice as it would be issued; nothing of it is in the database."""

    findings: list[Finding]
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
    special: Sequence[SpecialMaterial] = (),
    ticket: Ticket | None = None,
    counter: Counter | None = None,
    remark: str = "",
    corrects: Correction | None = None,
) -> Draft:
    """What `issue` would tell, without serial and code; raises what `issue` raises. Only reads."""
    assert service.id is not None
    rights.check(clerk, Right.ISSUE_NOTICE)
    remark = decent_remark(rules, remark)
    # A correction may tell that nothing is missing after all.
    if not (missing or wrong or special or remark or corrects):
        raise NothingToTell()
    listed = catalogue.materials(session, service.id)
    known = {material.number for material in listed}
    findings = []
    for number in sorted(missing | set(wrong)):
        if number not in known:
            raise UnknownMaterial(service=service.code, material=number)
        if number not in wrong:
            findings.append(Finding(number, MaterialFinding.MISSING))
            continue
        what = decent(rules, wrong[number], MOST_WHAT)
        if not what:
            raise ReasonMissing()
        findings.append(Finding(number, MaterialFinding.WRONG, what))
    findings += special_findings(rules, special, max(known, default=0))
    told = content(
        rules,
        service,
        listed,
        findings,
        clerk,
        serial=UNNUMBERED,
        code="",
        remark=remark,
        now=now,
        corrects=corrects,
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
    special: Sequence[SpecialMaterial] = (),
    ticket: Ticket | None = None,
    counter: Counter | None = None,
    remark: str = "",
    printer: str = print_jobs.DEFAULT_PRINTER,
    corrects: Correction | None = None,
) -> Notice:
    """Write the notice and have both copies printed.

    `missing`: numbers of materials that are not there; `wrong`: number → what is wrong with it. A
    material in both counts as wrong. `corrects` is given by `correct` only. Raises NotAllowed,
    NothingToTell, UnknownMaterial, PaperUnnamed, ReasonMissing (wrong, but not said how),
    RemarkTooLong, TextTooLong, ForbiddenPhrase.
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
        special=special,
        ticket=ticket,
        counter=counter,
        remark=remark,
        corrects=corrects,
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
        corrects_id=corrects.old.id if corrects else None,
        fault=corrects.fault.value if corrects else None,
        answerable_id=corrects.answerable.id if corrects else None,
    )
    session.add(notice)
    session.flush()
    assert notice.id is not None
    for one in drafted.findings:
        session.add(
            NoticeMaterial(
                notice_id=notice.id,
                number=one.number,
                finding=one.finding.value,
                what_is_wrong=one.what,
                name=one.name,
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
                "special": [one.number for one in drafted.findings if one.name],
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
    """Also typed in small or full-width letters. Raises UnknownNotice."""
    typed = (serial.strip(), tidy_code(serial))
    notice = session.exec(
        select(Notice).where(Notice.hall_id == rules.hall_id, col(Notice.serial).in_(typed))
    ).first()
    if notice is None:
        raise UnknownNotice(serial=serial)
    return notice


def is_unchanged(notice: Notice) -> bool:
    """Whether what is kept is what was issued."""
    return fingerprint(notice.content) == notice.content_sha256
