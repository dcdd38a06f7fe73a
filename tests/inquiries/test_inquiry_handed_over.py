"""A question goes on to somebody the citizen can name and reach; its chain is kept."""

from datetime import datetime

import pytest
from sqlmodel import Session, select

from db.tables import Clerk, Inquiry, PrintJob
from hall import desk_view
from hall.counters import counters
from hall.errors import Refused
from hall.errors.inquiries import (
    HandlesNoInquiries,
    HasItAlready,
    NoPhoneKnown,
    NotResponsible,
    NumberOfAPerson,
)
from hall.hall_rules import HallRules
from hall.inquiries import inquiries
from hall.inquiries.inquiry_numbers import code_of
from hall.inquiries.inquiry_steps import chain
from hall.printing import reprints
from tests.inquiries.asking import MATTER

pytestmark = pytest.mark.each_engine


def test_handing_over_keeps_the_chain_and_the_citizen_gets_name_and_phone(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    counters.open_counter(session, rules, 2, "1002", nine)
    inquiries.hand_over(session, rules, asked, li, zhou, "请下午答复", nine)

    assert (asked.state, asked.responsible_id, asked.first_asked_id) == ("open", 2, 1)
    assert asked.contact == "13900001111"
    last = chain(session, asked)[-1]
    assert (last.by_id, last.to_id, last.words) == (1, 2, "请下午答复")
    slip = session.exec(select(PrintJob)).one()
    assert (slip.kind, slip.subject) == ("inquiry", f"inquiry/{asked.id}/2")
    assert (slip.content["name"], slip.content["phone"]) == ("周五", "0883-2120002")
    assert (slip.content["counter"], slip.content["code"]) == (2, code_of(asked))
    assert MATTER not in str(slip.content) and "1390000" not in str(slip.content)
    with pytest.raises(NotResponsible):
        inquiries.answer(session, rules, asked, li, "可以", nine)
    inquiries.answer(session, rules, asked, zhou, "可以", nine)


def test_each_who_has_it_is_on_a_slip_of_their_own(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    inquiries.print_slip(session, rules, asked, nine)
    inquiries.hand_over(session, rules, asked, li, zhou, "", nine)
    inquiries.hand_over(session, rules, asked, zhou, li, "", nine)

    subject = inquiries.slip_of(session, asked)
    session.exec(select(PrintJob).where(PrintJob.subject == subject)).one().state = "printed"
    again = reprints.ask(session, rules, subject, "lost", nine, printer="default", who="1001")
    assert (again.content["name"], again.reprint) == ("李四", True)
    slips = session.exec(select(PrintJob)).all()
    assert [slip.content["name"] for slip in slips] == ["李四", "周五", "李四", "李四"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"phone": " "}, NoPhoneKnown),
        ({"role": "supervision"}, HandlesNoInquiries),
        ({"withdrawn": True}, HandlesNoInquiries),
    ],
)
def test_nobody_gets_it_who_cannot_answer_or_be_reached(
    session: Session,
    rules: HallRules,
    asked: Inquiry,
    li: Clerk,
    zhou: Clerk,
    nine: datetime,
    change: dict[str, object],
    refusal: type[Refused],
) -> None:
    for name, value in change.items():
        setattr(zhou, name, value)
    with pytest.raises(refusal):
        inquiries.hand_over(session, rules, asked, li, zhou, "", nine)
    assert asked.responsible_id == li.id
    shown = [one.staff_number for one in desk_view.read_colleagues(session, rules)]
    assert "1002" not in shown


def test_handing_over_to_who_has_it_is_refused(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, manager: Clerk, nine: datetime
) -> None:
    for by in (li, manager):
        with pytest.raises(HasItAlready):
            inquiries.hand_over(session, rules, asked, by, li, "", nine)


def test_what_a_colleague_is_told_names_nobody(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    with pytest.raises(NumberOfAPerson):
        inquiries.hand_over(session, rules, asked, li, zhou, "回电 13900001111", nine)
    assert len(chain(session, asked)) == 1


def test_one_who_has_left_the_office_loses_nothing_the_manager_gives_it_on(
    session: Session,
    rules: HallRules,
    asked: Inquiry,
    li: Clerk,
    zhou: Clerk,
    manager: Clerk,
    nine: datetime,
) -> None:
    li.withdrawn = True
    session.flush()
    (shown,) = desk_view.read_open(session, rules, nine)
    assert shown.responsible.name == "李四"
    inquiries.hand_over(session, rules, asked, manager, zhou, "", nine)
    assert inquiries.of_clerk(session, rules, zhou) == [asked]
