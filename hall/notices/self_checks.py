"""材料自查: the kiosk prints what is missing, with all a notice tells; nobody queues for that."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, select

from db import journal
from db.tables import Material, MaterialFinding, PrintJobKind, SelfCheck, Service
from hall import number_series
from hall.catalogue import catalogue
from hall.catalogue.office_words import paper_words
from hall.errors.notices import NothingToTell, UnknownMaterial, UnknownNotice
from hall.fingerprint import fingerprint
from hall.hall_rules import HallRules
from hall.names import name_in, plain
from hall.notices.notice_content import Finding, content
from hall.printing import print_jobs
from hall.wording import Wording


def subject_of(check: SelfCheck) -> str:
    return f"{PrintJobKind.SELF_CHECK.value}/{check.id}"


def make(
    session: Session,
    rules: HallRules,
    service: Service,
    missing: Collection[int],
    now: datetime,
    *,
    language: str = "zh",
    place: str = "kiosk",
    printer: str = print_jobs.DEFAULT_PRINTER,
    large_print: bool = False,
) -> SelfCheck:
    """Have the list printed, in one copy: nobody signs it and the hall keeps none.

    Who reads another language than Chinese has the papers in that language too.

    Needs a write transaction, for its number. Raises NothingToTell, UnknownMaterial.
    """
    assert service.id is not None
    if not missing:
        raise NothingToTell()
    listed = catalogue.materials(session, service.id)
    known = {material.number for material in listed}
    for number in sorted(missing):
        if number not in known:
            raise UnknownMaterial(service=service.code, material=number)
    findings = [Finding(number, MaterialFinding.MISSING) for number in sorted(missing)]
    year = rules.business_day(now).year
    number = number_series.take(session, rules.hall_id, f"self_check/{year}")
    serial, code = f"{rules.code}-{year}-Z{number:06d}", secrets.token_urlsafe(9)
    told = content(
        rules, service, listed, findings, None, serial=serial, code=code, remark="", now=now
    )
    if not language.startswith("zh"):
        told["language"] = language
        told["in_language"] = [
            in_language(material, language) for material in listed if material.number in missing
        ]
    check = SelfCheck(
        hall_id=rules.hall_id,
        year=year,
        number=number,
        serial=serial,
        code=code,
        service_id=service.id,
        missing=sorted(missing),
        made_at=now,
        content=told,
    )
    session.add(check)
    session.flush()
    assert check.id is not None
    journal.append(
        session,
        rules.hall_id,
        journal.Entry(
            "self_check.made",
            place=place,
            subject=subject_of(check),
            after={"serial": serial, "service": service.code, "missing": check.missing},
        ),
        now,
    )
    print_jobs.add(
        session,
        rules.hall_id,
        PrintJobKind.SELF_CHECK,
        check.id,
        told | {"sha256": fingerprint(told)} | ({"large_print": True} if large_print else {}),
        print_jobs.DOCUMENT_LIFETIME,
        now,
        printer=printer,
    )
    return check


def in_language(material: Material, language: str) -> dict[str, str]:
    """A missing paper as its reader understands it: what it is, all that is told of it."""
    form, how_to_fill, source = (
        catalogue.texts_of(material, field) for field in ("form", "how_to_fill", "source")
    )
    say = Wording(language).say
    return {
        "number": str(material.number),
        "name": name_in(material.names, language),
        "facts": paper_words(form, material.copies, how_to_fill, source, say, language),
    }


def by_code(session: Session, rules: HallRules, code: str) -> SelfCheck:
    """By what its QR carries; raises UnknownNotice."""
    check = session.exec(
        select(SelfCheck).where(SelfCheck.code == plain(code), SelfCheck.hall_id == rules.hall_id)
    ).first()
    if check is None:
        raise UnknownNotice(serial=plain(code))
    return check
