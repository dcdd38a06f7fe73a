"""首问责任: whoever is asked first answers for it; nothing leaves the list without a result."""

from datetime import datetime

import pytest
from sqlmodel import Session, select

from db.tables import Clerk, Inquiry, InquiryState, Ticket
from hall.catalogue import catalogue
from hall.errors import Refused
from hall.errors.accounts import NotAllowed
from hall.errors.inquiries import (
    InquiryEnded,
    MatterMissing,
    NotResponsible,
    NumberOfAPerson,
    ResultMissing,
)
from hall.errors.notices import ForbiddenPhrase, TextTooLong
from hall.hall_rules import HallRules
from hall.inquiries import inquiries
from hall.inquiries.inquiry_numbers import name_of
from hall.inquiries.inquiry_steps import chain
from tests.inquiries.asking import MATTER

pytestmark = pytest.mark.each_engine


def test_whoever_is_asked_first_answers_for_it(session: Session, asked: Inquiry, li: Clerk) -> None:
    assert (name_of(asked), asked.state) == ("咨2026-0001", InquiryState.OPEN)
    assert asked.first_asked_id == asked.responsible_id == li.id
    assert [(step.by_id, step.to_id) for step in chain(session, asked)] == [(1, 1)]


def test_an_answer_ends_it_and_erases_how_the_citizen_is_reached(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, nine: datetime
) -> None:
    inquiries.answer(session, rules, asked, li, "可以，带收入证明", nine)

    assert (asked.state, asked.result) == (InquiryState.ANSWERED, "可以，带收入证明")
    assert (asked.ended_at, asked.contact) == (nine, "")
    assert [step.to_id for step in chain(session, asked)] == [1, None]
    assert inquiries.open_inquiries(session, rules) == []


@pytest.mark.parametrize("result", ["", "  ", "…", "——。", "\x1b\n"])
def test_nothing_leaves_the_list_without_a_result(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, nine: datetime, result: str
) -> None:
    for end in (inquiries.answer, inquiries.direct):
        with pytest.raises(ResultMissing):
            end(session, rules, asked, li, result, nine)
    assert inquiries.open_inquiries(session, rules) == [asked]


@pytest.mark.parametrize("result", ["不知道", "不 知 道。", "这个我不知道！"])
def test_not_to_know_is_no_answer(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, nine: datetime, result: str
) -> None:
    with pytest.raises(ForbiddenPhrase):
        inquiries.answer(session, rules, asked, li, result, nine)
    assert asked.state == InquiryState.OPEN


def test_a_citizen_may_say_that_he_does_not_know(
    session: Session, rules: HallRules, li: Clerk, nine: datetime
) -> None:
    assert inquiries.take(session, rules, li, "不知道在哪个窗口办", nine).matter


@pytest.mark.parametrize(
    ("matter", "refusal"),
    [
        (" ", MatterMissing),
        ("x" * 201, TextTooLong),
        ("请回电 139-0000-1111", NumberOfAPerson),
        ("身份证５３２１０１１９９００１０１００１２", NumberOfAPerson),
    ],
)
def test_what_cannot_be_kept_for_good_is_not_taken(
    session: Session,
    rules: HallRules,
    li: Clerk,
    nine: datetime,
    matter: str,
    refusal: type[Refused],
) -> None:
    with pytest.raises(refusal):
        inquiries.take(session, rules, li, matter, nine)
    assert inquiries.take(session, rules, li, MATTER, nine).number == 1  # no number was lost


def test_only_who_has_it_or_the_manager_ends_it_or_gives_it_on(
    session: Session,
    rules: HallRules,
    asked: Inquiry,
    zhou: Clerk,
    manager: Clerk,
    nine: datetime,
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    with pytest.raises(NotResponsible):
        inquiries.answer(session, rules, asked, zhou, "可以", nine)
    with pytest.raises(NotResponsible):
        inquiries.direct(session, rules, asked, zhou, "税务局", nine)
    with pytest.raises(NotResponsible):
        inquiries.lead_to(session, rules, asked, zhou, service, group, nine)
    with pytest.raises(NotResponsible):
        inquiries.hand_over(session, rules, asked, zhou, zhou, "", nine)
    assert session.exec(select(Ticket)).all() == []

    inquiries.answer(session, rules, asked, manager, "可以", nine)
    assert asked.state == InquiryState.ANSWERED


def test_who_serves_nobody_takes_no_inquiry(
    session: Session, rules: HallRules, li: Clerk, asked: Inquiry, nine: datetime
) -> None:
    li.role = "supervision"
    with pytest.raises(NotAllowed):
        inquiries.take(session, rules, li, MATTER, nine)
    with pytest.raises(NotAllowed):
        inquiries.answer(session, rules, asked, li, "可以", nine)


def test_what_has_ended_stays_as_it_ended(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    inquiries.direct(session, rules, asked, li, "税务局，0883-2160001", nine)
    service, group = catalogue.service(session, rules, "T201")

    with pytest.raises(InquiryEnded):
        inquiries.answer(session, rules, asked, li, "可以", nine)
    with pytest.raises(InquiryEnded):
        inquiries.hand_over(session, rules, asked, li, zhou, "", nine)
    with pytest.raises(InquiryEnded):
        inquiries.lead_to(session, rules, asked, li, service, group, nine)
    with pytest.raises(InquiryEnded):
        inquiries.print_slip(session, rules, asked, nine)
    assert (asked.state, asked.result) == (InquiryState.DIRECTED, "税务局，0883-2160001")
