"""What was told stays told; what was wrong with it is put right by a new notice that names it."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from db.tables import (
    CatalogueVersion,
    Clerk,
    Counter,
    JournalEntry,
    Material,
    Notice,
    NoticeFault,
    NoticeMaterial,
    PrintJob,
    Role,
    Service,
    ServiceGroup,
)
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.accounts import NotAllowed
from hall.errors.notices import AlreadyCorrected, ForbiddenPhrase, UnknownNotice
from hall.hall_rules import HallRules
from hall.notices import notice_corrections, notices
from hall.notices.notice_content import SpecialMaterial
from hall.tickets import tickets

pytestmark = pytest.mark.each_engine


@pytest.fixture
def service(session: Session, rules: HallRules) -> Service:
    return catalogue.service(session, rules, "T201")[0]


@pytest.fixture
def first(session: Session, rules: HallRules, service: Service, nine: datetime) -> Notice:
    """Clerk 1001 left out material 2."""
    return notices.issue(session, rules, service, clerk(session, rules, "1001"), {1}, {}, nine)


def clerk(session: Session, rules: HallRules, staff_number: str) -> Clerk:
    return counters.clerk_by_staff_number(session, rules, staff_number)


def corrected(
    session: Session, rules: HallRules, serial: str, now: datetime, **given: object
) -> Notice:
    return notice_corrections.correct(
        session,
        rules,
        serial,
        NoticeFault.OMITTED,
        clerk(session, rules, "1002"),
        {1, 2},
        {},
        now,
        **given,  # type: ignore[arg-type]
    )


def test_a_notice_that_is_not_there_is_not_corrected(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    with pytest.raises(UnknownNotice):
        corrected(session, rules, "LC-2026-000009", nine)


def test_a_notice_is_corrected_once_and_then_its_correction(
    session: Session, rules: HallRules, first: Notice, nine: datetime
) -> None:
    second = corrected(session, rules, first.serial, nine)
    third = corrected(session, rules, second.serial, nine)

    for old in (first, second):
        with pytest.raises(AlreadyCorrected) as refused:
            corrected(session, rules, old.serial, nine)
        assert refused.value.facts == {"serial": old.serial, "by": third.serial}
    assert session.exec(select(Notice.number).order_by(col(Notice.number))).all() == [1, 2, 3]
    assert notice_corrections.corrected_by(session, first) is second
    assert notice_corrections.newest(session, first) is third
    assert notice_corrections.chain(session, second) == [third, second, first]


def test_who_may_not_issue_may_not_correct(
    session: Session, rules: HallRules, first: Notice, nine: datetime
) -> None:
    clerk(session, rules, "1002").role = Role.SUPERVISION
    with pytest.raises(NotAllowed):
        corrected(session, rules, first.serial, nine)


def test_a_correction_is_as_decent_as_any_notice(
    session: Session, rules: HallRules, first: Notice, nine: datetime
) -> None:
    with pytest.raises(ForbiddenPhrase):
        corrected(session, rules, first.serial, nine, remark="不归我管")
    assert notice_corrections.corrected_by(session, first) is None


def test_a_correction_names_the_old_one_the_fault_and_who_answers_for_it(
    session: Session, rules: HallRules, first: Notice, nine: datetime
) -> None:
    kept = dict(first.content), first.content_sha256
    second = corrected(session, rules, first.serial.lower(), nine)

    assert second.content["corrects"] == {
        "serial": "LC-2026-000001",
        "fault": "omitted",
        "answerable": "李四",
        "staff_number": "1001",
    }
    assert (second.corrects_id, second.fault, second.answerable_id) == (first.id, "omitted", 1)
    assert second.clerk_id == 2
    assert notices.is_unchanged(second)
    session.refresh(first)
    assert (first.content, first.content_sha256) == kept
    jobs = session.exec(select(PrintJob).where(PrintJob.kind == "notice")).all()
    assert [job.content.get("corrects", {}).get("serial") for job in jobs] == [None, first.serial]


def test_somebody_else_can_be_answerable(
    session: Session, rules: HallRules, first: Notice, nine: datetime
) -> None:
    second = corrected(session, rules, first.serial, nine, answerable=clerk(session, rules, "1003"))
    assert second.content["corrects"]["staff_number"] == "1003"


def test_the_journal_has_serials_fault_and_staff_number_and_no_words(
    session: Session, rules: HallRules, first: Notice, nine: datetime
) -> None:
    second = corrected(
        session,
        rules,
        first.serial,
        nine,
        remark="由妹妹代办",
        special=[SpecialMaterial("欧阳䶮的委托书", "须公证")],
    )
    entry = session.exec(select(JournalEntry).where(JournalEntry.what == "notice.corrected")).one()
    assert (entry.who, entry.subject, entry.why) == ("1002", f"notice/{first.id}", "omitted")
    assert entry.after == {"serial": second.serial, "fault": "omitted", "answerable": "1001"}
    told = " ".join(str(vars(one)) for one in session.exec(select(JournalEntry)))
    assert not any(word in told for word in ("妹妹", "欧阳", "公证", "李四"))


def test_a_correction_may_tell_that_nothing_is_missing_after_all(
    session: Session, rules: HallRules, first: Notice, nine: datetime
) -> None:
    second = notice_corrections.correct(
        session,
        rules,
        first.serial,
        NoticeFault.MISTAKEN,
        clerk(session, rules, "1002"),
        set(),
        {},
        nine,
    )
    assert {one["finding"] for one in second.content["materials"]} == {"here"}


def test_what_is_told_anew_is_what_the_catalogue_in_force_asks_for(
    session: Session, rules: HallRules, first: Notice, service: Service, nine: datetime
) -> None:
    session.add(CatalogueVersion(hall_id=1, version=2, source_sha256="1" * 64, imported_at=nine))
    anew = Service(**service.model_dump(exclude={"id"}) | {"catalogue_version": 2})
    session.add(anew)
    session.flush()
    assert anew.id is not None
    for number, name in enumerate(("身份证", "银行卡"), start=1):
        session.add(
            Material(
                service_id=anew.id,
                number=number,
                names={"zh": name},
                form="",
                copies="",
                required=True,
            )
        )
    session.flush()
    object.__setattr__(rules, "catalogue_version", 2)

    second = corrected(session, rules, first.serial, nine)

    assert second.service_id == anew.id
    assert [one["names"]["zh"] for one in second.content["materials"]] == ["身份证", "银行卡"]
    object.__setattr__(rules, "catalogue_version", 3)  # withdrawn: then as it was
    assert corrected(session, rules, second.serial, nine).service_id == anew.id


def test_findings_are_carried_over_by_name_and_none_is_lost(
    session: Session, rules: HallRules, service: Service, nine: datetime
) -> None:
    by_hand = [SpecialMaterial("委托书", "须公证")]
    old = notices.issue(
        session,
        rules,
        service,
        clerk(session, rules, "1001"),
        {1, 2},
        {3: "未备案"},
        nine,
        special=by_hand,
    )
    assert service.id is not None
    for material in catalogue.materials(session, service.id):  # another order, and one is gone
        material.number += 10
    session.flush()
    first, second, _third = catalogue.materials(session, service.id)
    first.number, second.names = 5, {"zh": "银行卡"}
    session.flush()

    carried = notice_corrections.carried_over(session, old, service)

    assert carried.missing == {5}
    assert carried.wrong == {13: "未备案"}
    assert carried.special == [SpecialMaterial("本人银行储蓄卡"), *by_hand]


def test_the_number_of_a_ticket_is_told_on_its_day_only(
    session: Session, rules: HallRules, service: Service, nine: datetime
) -> None:
    group = session.get_one(ServiceGroup, service.group_id)
    tickets.issue(session, rules, service, group, nine)
    ticket = tickets.by_number(session, rules, "A001", nine)
    one = clerk(session, rules, "1001")
    first = notices.issue(session, rules, service, one, {1}, {}, nine, ticket=ticket)
    second = corrected(session, rules, first.serial, nine)
    third = corrected(session, rules, second.serial, nine + timedelta(days=1))

    assert (second.ticket_id, second.content["ticket"]) == (ticket.id, "A001")
    assert (third.ticket_id, third.content["ticket"]) == (None, None)


def test_where_it_was_corrected_stands_on_it(
    session: Session, rules: HallRules, first: Notice, nine: datetime
) -> None:
    here = session.get_one(Counter, 2)
    second = corrected(session, rules, first.serial, nine, counter=here)
    assert (second.counter_id, second.content["counter"]) == (2, 2)
    found = session.exec(select(NoticeMaterial).where(NoticeMaterial.notice_id == second.id)).all()
    assert [(one.number, one.finding) for one in found] == [(1, "missing"), (2, "missing")]
