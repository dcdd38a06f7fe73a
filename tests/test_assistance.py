"""代办: a ticket taken for somebody who cannot; called like any other, and the helper is known."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from db import journal
from db.tables import Clerk, PrintJob, PriorityClass, Role, Ticket
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.accounts import NotAllowed
from hall.errors.cases import AssistanceTooLong
from hall.errors.inquiries import PersonalNumber
from hall.hall_rules import HallRules
from hall.tickets import assistance, calling, tickets, undo
from hall.tickets.assistance_words import LONGEST, checked
from hall.tickets.tickets import Issued
from hall.tickets.visit_view import read_visit

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)


def take_for(
    session: Session, rules: HallRules, now: datetime, words: str = "坐轮椅", clerk: int = 2
) -> Issued:
    helper = session.get_one(Clerk, clerk)
    matter, group = catalogue.service(session, rules, "T201")
    return assistance.take_for(
        session,
        rules,
        matter,
        group,
        helper,
        words,
        now,
        priority_class=PriorityClass.DISABLED,
        large_print=True,
    )


def test_it_is_printed_and_called_like_any_other_and_the_counter_knows_who_helps(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    matter, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, matter, group, nine)
    issued = take_for(session, rules, nine + MINUTE, "坐轮椅\x1b[31m，需搀扶")

    called = calling.call_next(session, rules, 1, nine + 2 * MINUTE)
    assert called is not None and called.number == issued.number  # its class is due sooner
    ticket = session.get_one(Ticket, issued.ticket_id)
    assert (ticket.origin, ticket.assisted_by_id) == ("desk", 2)
    assert ticket.assistance == "坐轮椅[31m，需搀扶"
    visit = read_visit(session, ticket)
    assert (visit.assisted_by, visit.assistance) == ("周五", "坐轮椅[31m，需搀扶")
    slips = [job.content for job in session.exec(select(PrintJob))]
    assert [(slip["number"], slip.get("large_print")) for slip in slips] == [
        ("A001", None),
        ("A002", True),
    ]


def test_a_citizen_who_came_alone_is_helped_by_nobody(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    matter, group = catalogue.service(session, rules, "T201")
    issued = tickets.issue(session, rules, matter, group, nine)
    visit = read_visit(session, session.get_one(Ticket, issued.ticket_id))
    assert (visit.assisted_by, visit.assistance) == ("", "")


def test_the_journal_knows_the_helper_and_not_what_ails_the_citizen(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    take_for(session, rules, nine)

    (entry,) = journal.entries(session, rules.hall_id)
    assert (entry.what, entry.who, entry.place) == ("ticket.issued", "1002", "desk")
    assert "轮椅" not in repr((entry.why, entry.before, entry.after))


def test_only_who_may_assist_takes_tickets_for_others(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    session.get_one(Clerk, 2).role = Role.SUPERVISION
    with pytest.raises(NotAllowed):
        take_for(session, rules, nine)
    session.get_one(Clerk, 2).role = Role.DESK
    assert take_for(session, rules, nine).number == "A001"


def test_nothing_is_issued_when_the_words_name_somebody(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    with pytest.raises(PersonalNumber):
        take_for(session, rules, nine, "电话13812345678")
    assert session.exec(select(Ticket)).all() == []
    assert take_for(session, rules, nine).number == "A001"


def test_a_ticket_taken_between_does_not_keep_a_counter_from_undoing(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    matter, group = catalogue.service(session, rules, "T201")
    number = tickets.issue(session, rules, matter, group, nine).number
    calling.call_next(session, rules, 1, nine)
    clerk = session.get_one(Clerk, 1)
    assistance.take_for(session, rules, matter, group, clerk, "", nine, place="counter 1")

    ticket, step = undo.undo(session, rules, 1, nine)
    assert (ticket.name, step.value) == (number, "called")


# -- the words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "13812345678",
        "家属 138-1234-5678 接",
        "１３８　１２３４　５６７８",
        "138 1234 5678",
        "0883-2120001",
        "0883—2120001",
        "533521 1980 0101 1234",
        "53352119800101123X",
        "533521800101123",
        "6222 0212 3456 7890 123",
        "138.1234.5678",
    ],
)
def test_numbers_that_name_somebody_are_refused(words: str) -> None:
    with pytest.raises(PersonalNumber):
        checked(words)


@pytest.mark.parametrize(
    "words",
    ["", "坐轮椅", "听力不便，请写给他看", "80岁，2人同来", "2026-11-23 10:30 再来", "B栋1203"],
)
def test_what_help_is_needed_is_kept_as_it_is(words: str) -> None:
    assert checked(words) == words


def test_more_than_a_few_words_are_refused() -> None:
    assert len(checked("扶" * LONGEST)) == LONGEST
    with pytest.raises(AssistanceTooLong):
        checked("扶" * (LONGEST + 1))


@given(
    st.text(max_size=10),
    st.lists(st.sampled_from("0123456789"), min_size=11, max_size=19),
    st.sampled_from(["", " ", "-", "  ", "·", "—"]),
    st.text(max_size=10),
)
def test_no_writing_of_a_long_number_gets_through(
    before: str, digits: list[str], between: str, after: str
) -> None:
    with pytest.raises((PersonalNumber, AssistanceTooLong)):
        checked(before + between.join(digits) + after)
