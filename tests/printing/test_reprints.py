"""补打: by whom, why, how often, and of what not."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db import journal
from db.tables import JournalEntry, PrintJob, Ticket, TicketState
from hall.errors.printing import (
    NeverPrinted,
    PrintWaits,
    ReasonMissing,
    ReprintLimitReached,
    TicketVoid,
)
from hall.hall_rules import HallRules
from hall.printing import print_queue, reprints
from tests.printing.test_print_queue import issue, rows, send


def ask(
    session: Session, rules: HallRules, now: datetime, subject: str = "ticket/1", why: str = "lost"
) -> PrintJob:
    return reprints.ask(session, rules, subject, why, now, printer="desk", who="1001")


def put_on_paper(session: Session, job: int, now: datetime) -> None:
    assert send(session, job, now)
    print_queue.mark_printed(session, job, "process-id", now)


def test_a_slip_asked_for_again_is_marked_if_one_may_be_out(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    put_on_paper(session, issue(session, rules, nine), nine)

    ask(session, rules, nine)
    with pytest.raises(PrintWaits):  # the impatient second press finds the first one waiting
        ask(session, rules, nine)

    assert rows(session)[1:] == [("ticket/1/2", "queued", True)]
    assert session.get_one(PrintJob, 2).printer == "desk"


def test_a_slip_that_never_came_out_is_not_marked_when_asked_for_again(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    print_queue.expire(session, rules.hall_id, "default", nine + timedelta(hours=1))

    ask(session, rules, nine + timedelta(hours=1))

    assert rows(session) == [("ticket/1/1", "expired", False), ("ticket/1/2", "queued", False)]


def test_a_slip_is_printed_again_so_often_and_not_more(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    put_on_paper(session, issue(session, rules, nine), nine)
    limit = rules.numbers.reprint_limit
    for _ in range(limit):
        added = ask(session, rules, nine)
        assert added.id is not None
        session.get_one(PrintJob, added.id).printer = "default"
        put_on_paper(session, added.id, nine)

    with pytest.raises(ReprintLimitReached):
        ask(session, rules, nine)

    assert len(rows(session)) == 1 + limit


def test_a_reprint_of_the_machine_itself_does_not_use_up_the_persons(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    send(session, issue(session, rules, nine), nine)
    print_queue.recover(session, rules.hall_id, "default", nine)

    assert reprints.by_hand(reprints.prints_of(session, rules.hall_id, "ticket/1")) == 0


def test_who_is_put_aside_and_lost_the_slip_gets_another(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    put_on_paper(session, issue(session, rules, nine), nine)
    session.get_one(Ticket, 1).state = TicketState.HELD

    assert ask(session, rules, nine).reprint


@pytest.mark.parametrize("state", [TicketState.FINISHED, TicketState.EXPIRED, TicketState.NO_SHOW])
def test_the_slip_of_a_void_ticket_is_not_printed_again(
    session: Session, rules: HallRules, nine: datetime, state: TicketState
) -> None:
    put_on_paper(session, issue(session, rules, nine), nine)
    session.get_one(Ticket, 1).state = state

    with pytest.raises(TicketVoid):
        ask(session, rules, nine)

    assert len(rows(session)) == 1


def test_the_slip_of_yesterday_is_not_printed_again(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    put_on_paper(session, issue(session, rules, nine), nine)

    with pytest.raises(TicketVoid):
        ask(session, rules, nine + timedelta(days=1))


def test_nothing_is_printed_again_of_what_was_never_printed(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    for subject in ("ticket/99", "notice/1", "nonsense", "ticket/x", "ticket/-1", "ticket/", ""):
        with pytest.raises(NeverPrinted):
            ask(session, rules, nine, subject)


def test_nobody_prints_again_without_saying_why(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    for why in ("", "  ", "\x1b\u200b"):
        with pytest.raises(ReasonMissing):
            ask(session, rules, nine, why=why)


def test_who_asked_and_why_is_told_but_not_in_that_persons_words(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    put_on_paper(session, issue(session, rules, nine), nine)

    added = ask(session, rules, nine, why="张三的票淋湿了")

    assert (added.reason, added.asked_by) == ("张三的票淋湿了", "1001")
    told = session.exec(select(JournalEntry).where(JournalEntry.what == "print.reprint_asked"))
    (entry,) = told.all()
    assert (entry.who, entry.why, entry.place) == ("1001", reprints.OTHER_REASON, "printer desk")
    assert journal.verify(session, rules.hall_id).intact


def test_the_prints_of_a_ticket_are_not_those_of_a_longer_number(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for _ in range(11):
        issue(session, rules, nine)

    prints = reprints.prints_of(session, rules.hall_id, "ticket/1")
    assert [row.key for row in prints] == ["ticket/1/1"]
