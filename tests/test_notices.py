"""The one-time notice: everything, once, and never changed afterwards."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from db.tables import Clerk, Notice, NoticeMaterial, PrintJob, Service
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.notices import (
    ForbiddenPhrase,
    NothingToTell,
    PaperUnnamed,
    RemarkTooLong,
    TextTooLong,
    UnknownMaterial,
)
from hall.hall_rules import HallRules
from hall.notices import notices
from hall.notices.notice_content import SpecialMaterial

pytestmark = pytest.mark.each_engine


@pytest.fixture
def service(session: Session, rules: HallRules) -> Service:
    return catalogue.service(session, rules, "T201")[0]


@pytest.fixture
def clerk(session: Session, rules: HallRules) -> Clerk:
    return counters.clerk_by_staff_number(session, rules, "1001")


def test_a_notice_tells_all_five_contents(
    session: Session, rules: HallRules, service: Service, clerk: Clerk, nine: datetime
) -> None:
    notice = notices.issue(session, rules, service, clerk, {1}, {3: "未备案"}, nine)

    told = notice.content
    assert told["legal_basis"]  # the rule it rests on
    assert [(one["number"], one["finding"]) for one in told["materials"]] == [
        (1, "missing"),
        (2, "here"),
        (3, "wrong"),
    ]
    assert told["materials"][2]["what_is_wrong"] == "未备案"
    assert told["approval"]
    assert told["procedure"]
    assert told["promised_limit"]
    assert told["remedy"]
    assert (told["clerk"], told["clerk_phone"]) == ("李四", "0883-2120001")


def test_serial_numbers_have_no_gaps_and_begin_anew_each_year(
    session: Session, rules: HallRules, service: Service, clerk: Clerk, nine: datetime
) -> None:
    def serial(now: datetime) -> str:
        return notices.issue(session, rules, service, clerk, {1}, {}, now).serial

    assert [serial(nine), serial(nine)] == ["LC-2026-000001", "LC-2026-000002"]
    assert serial(nine + timedelta(days=60)) == "LC-2027-000001"


def test_a_refused_notice_uses_no_serial_number(
    session: Session, rules: HallRules, service: Service, clerk: Clerk, nine: datetime
) -> None:
    with pytest.raises(NothingToTell):
        notices.issue(session, rules, service, clerk, set(), {}, nine, remark=" \x07")
    with pytest.raises(UnknownMaterial):
        notices.issue(session, rules, service, clerk, {9}, {}, nine)

    with pytest.raises(RemarkTooLong):
        notices.issue(session, rules, service, clerk, set(), {}, nine, remark="补" * 501)
    with pytest.raises(TextTooLong):
        notices.issue(session, rules, service, clerk, set(), {1: "旧" * 201}, nine)
    for special, reason in [
        (SpecialMaterial(" \u202e"), PaperUnnamed),
        (SpecialMaterial("证" * 61), TextTooLong),
        (SpecialMaterial("公证书", "原" * 201), TextTooLong),
        (SpecialMaterial("不归我管"), ForbiddenPhrase),
        (SpecialMaterial("公证书", "爱办不办"), ForbiddenPhrase),
    ]:
        with pytest.raises(reason):
            notices.issue(session, rules, service, clerk, set(), {}, nine, special=[special])
    with pytest.raises(ForbiddenPhrase):
        notices.issue(session, rules, service, clerk, {1}, {}, nine, remark="急什么！")
    with pytest.raises(ForbiddenPhrase):
        notices.issue(session, rules, service, clerk, set(), {1: "不 知 道"}, nine)

    notice = notices.issue(session, rules, service, clerk, {1}, {}, nine)
    assert notice.number == 1


def test_papers_asked_for_by_hand_are_numbered_on_behind_the_catalogues(
    session: Session, rules: HallRules, service: Service, clerk: Clerk, nine: datetime
) -> None:
    notice = notices.issue(
        session,
        rules,
        service,
        clerk,
        {2},
        {},
        nine,
        special=[SpecialMaterial("𠮷姓变更证明\x07", "原件"), SpecialMaterial("委托书")],
    )

    told = [(one["number"], one["names"]["zh"], one["finding"]) for one in materials_of(notice)]
    assert told[2:] == [
        (3, "购房合同", "here"),
        (4, "𠮷姓变更证明", "missing"),
        (5, "委托书", "missing"),
    ]
    assert materials_of(notice)[3]["form"] == "原件"
    kept = session.exec(select(NoticeMaterial)).all()
    assert [(one.number, one.name, one.finding, one.what_is_wrong) for one in kept] == [
        (2, "", "missing", ""),
        (4, "𠮷姓变更证明", "missing", "原件"),
        (5, "委托书", "missing", ""),
    ]


def test_a_paper_asked_for_by_hand_is_enough_to_tell(
    session: Session, rules: HallRules, service: Service, clerk: Clerk, nine: datetime
) -> None:
    paper = SpecialMaterial("委托书")
    notice = notices.issue(session, rules, service, clerk, set(), {}, nine, special=[paper])
    assert [one["finding"] for one in materials_of(notice)] == ["here", "here", "here", "missing"]


def test_a_remark_of_five_hundred_signs_is_kept_whole(
    session: Session, rules: HallRules, service: Service, clerk: Clerk, nine: datetime
) -> None:
    remark = ("䶮𠮷😀补" * 125)[:500]
    notice = notices.issue(session, rules, service, clerk, set(), {}, nine, remark=remark)
    assert notice.remark == notice.content["remark"] == remark


def materials_of(notice: Notice) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = notice.content["materials"]
    return found


def test_what_is_missing_and_wrong_counts_as_wrong(
    session: Session, rules: HallRules, service: Service, clerk: Clerk, nine: datetime
) -> None:
    notices.issue(session, rules, service, clerk, {1, 2}, {2: "过期"}, nine)
    found = session.exec(select(NoticeMaterial)).all()
    assert [(one.number, one.finding) for one in found] == [(1, "missing"), (2, "wrong")]


def test_both_copies_are_one_print_job(
    session: Session, rules: HallRules, service: Service, clerk: Clerk, nine: datetime
) -> None:
    notice = notices.issue(session, rules, service, clerk, {1}, {}, nine)
    job = session.exec(select(PrintJob)).one()
    assert (job.kind, job.notice_id) == ("notice", notice.id)
    assert job.content["sha256"] == notice.content_sha256


def test_a_changed_notice_is_found(
    session: Session, rules: HallRules, service: Service, clerk: Clerk, nine: datetime
) -> None:
    notice = notices.issue(session, rules, service, clerk, {1}, {}, nine)
    session.flush()
    session.expire(notice)
    kept = session.exec(select(Notice)).one()
    assert notices.is_unchanged(kept)
    kept.content = kept.content | {"remark": "另有要求"}
    assert not notices.is_unchanged(kept)


def test_typed_text_reaches_paper_as_text(
    session: Session, rules: HallRules, service: Service, clerk: Clerk, nine: datetime
) -> None:
    notice = notices.issue(session, rules, service, clerk, set(), {1: "\x1b@照片\u202e模糊"}, nine)
    assert notice.content["materials"][0]["what_is_wrong"] == "@照片模糊"
