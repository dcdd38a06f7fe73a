"""一票到底: every matter of a visit is counted, once, with the clerk who answers for it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from db import journal
from db.tables import (
    Case,
    CaseResult,
    Clerk,
    Counter,
    Notice,
    NoticeFault,
    Service,
    Ticket,
    TicketOrigin,
)
from hall.cases import case_view, cases
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.cases import CaseOfAnotherCounter, MattersRecorded, TooManyCases, UnknownCase
from hall.errors.tickets import NoTicketInHand
from hall.hall_rules import HallRules
from hall.notices import notices
from hall.tickets import business_day, calling, holding, serving, tickets, transfers, undo
from hall.tickets.tickets import Circumstances

pytestmark = pytest.mark.each_engine

MINUTE = timedelta(minutes=1)
DONE, ACCEPTED, TOLD, ANSWERED = CaseResult


@pytest.fixture(autouse=True)
def called(session: Session, rules: HallRules, nine: datetime) -> None:
    """Three counters are open; counter 1 has called A001."""
    for counter in (1, 2, 3):
        counters.open_counter(session, rules, counter, f"100{counter}", nine)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)


def issue(session: Session, rules: HallRules, now: datetime, serial: str = "") -> str:
    of, group = catalogue.service(session, rules, "T201")
    given = Circumstances(origin=TicketOrigin.DESK, notice_serial=serial)
    return tickets.issue(session, rules, of, group, now, circumstances=given).number


def of(session: Session, rules: HallRules, code: str) -> Service:
    return catalogue.service(session, rules, code)[0]


def record(
    session: Session, rules: HallRules, now: datetime, code: str = "T201", counter: int = 1
) -> Case:
    return cases.record(session, rules, counter, of(session, rules, code), DONE, now)


def kept(session: Session) -> list[tuple[int, int, str]]:
    """Counter, service and result of every case there is."""
    found = session.exec(select(Case).order_by(col(Case.id))).all()
    return [(case.counter_id, case.service_id, case.result) for case in found]


def notice(session: Session, rules: HallRules, clerk: int, now: datetime, counter: int = 1) -> str:
    """For whoever is in hand there."""
    here = session.get_one(Counter, counter)
    ticket = counters.in_hand(session, here.id, rules.business_day(now))
    matter = of(session, rules, "T201")
    return notices.issue(
        session,
        rules,
        matter,
        session.get_one(Clerk, clerk),
        {1},
        {},
        now,
        ticket=ticket,
        counter=here,
    ).serial


# -- recording and striking out ------------------------------------------------------------------


def test_one_visit_has_as_many_matters_as_the_citizen_brings_the_same_one_twice_too(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for code in ("T201", "D301", "T201"):
        record(session, rules, nine, code)
    serving.finish(session, rules, 1, nine + MINUTE)

    assert kept(session) == [(1, 1, "done"), (1, 2, "done"), (1, 1, "done")]
    entries = [e for e in journal.entries(session, rules.hall_id) if e.what == "case.recorded"]
    assert [(e.subject, e.who, e.place) for e in entries] == [("ticket/1", "1001", "counter 1")] * 3
    assert entries[1].after == {
        "id": 2,
        "service": "D301",
        "result": "done",
        "first_handler": "1001",
    }


def test_nothing_is_recorded_of_a_citizen_who_is_not_there(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    holding.hold(session, rules, 1, "去复印", nine)
    with pytest.raises(NoTicketInHand):
        record(session, rules, nine)
    assert kept(session) == []


def test_a_visit_has_no_more_matters_than_the_hall_allows(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    two = replace(rules, numbers=rules.numbers.model_copy(update={"cases_per_visit": 2}))
    record(session, two, nine)
    matter = of(session, rules, "D301")
    with pytest.raises(TooManyCases):
        serving.finish(session, two, 1, nine, cases=[(matter, DONE), (matter, DONE)])
    record(session, two, nine)
    with pytest.raises(TooManyCases):
        record(session, two, nine)

    assert kept(session) == [(1, 1, "done"), (1, 1, "done")]
    assert serving.finish(session, two, 1, nine).state == "finished"


def test_a_matter_is_struck_out_by_the_counter_that_recorded_it_while_the_citizen_is_there(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    first = record(session, rules, nine).id
    second = record(session, rules, nine, "D301").id
    assert first is not None and second is not None
    assert cases.strike(session, rules, 1, first, nine).code == "T201"
    with pytest.raises(UnknownCase):
        cases.strike(session, rules, 1, first, nine)
    transfers.to_counter(session, rules, 1, 3, nine)
    with pytest.raises(NoTicketInHand):
        cases.strike(session, rules, 1, second, nine)
    calling.call_next(session, rules, 3, nine)
    with pytest.raises(CaseOfAnotherCounter) as refused:
        cases.strike(session, rules, 3, second, nine)

    assert refused.value.facts["counter"] == 1
    assert kept(session) == [(1, 2, "done")]
    struck = [e for e in journal.entries(session, rules.hall_id) if e.what == "case.struck"]
    assert [(e.before or {})["service"] for e in struck] == ["T201"]


def test_a_matter_of_another_visit_is_not_struck_out(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    earlier = record(session, rules, nine).id
    assert earlier is not None
    serving.finish(session, rules, 1, nine)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    with pytest.raises(UnknownCase):
        cases.strike(session, rules, 1, earlier, nine)


def test_who_has_had_a_matter_done_is_not_marked_absent(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    case = record(session, rules, nine).id
    assert case is not None
    for minute in (1, 2):
        calling.recall(session, rules, 1, nine + minute * MINUTE)
    with pytest.raises(MattersRecorded):
        serving.no_show(session, rules, 1, nine + 3 * MINUTE)

    cases.strike(session, rules, 1, case, nine + 3 * MINUTE)
    assert serving.no_show(session, rules, 1, nine + 3 * MINUTE).state == "no_show"


def test_what_was_done_before_a_transfer_does_not_keep_one_from_being_absent_later(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    record(session, rules, nine)
    transfers.to_counter(session, rules, 1, 3, nine + MINUTE)
    calling.call_next(session, rules, 3, nine + MINUTE)
    transfers.to_counter(session, rules, 3, 1, nine + MINUTE)
    for minute in range(2, 6):
        if minute == 2:
            calling.call_next(session, rules, 1, nine + minute * MINUTE)
        else:
            calling.recall(session, rules, 1, nine + minute * MINUTE)

    assert serving.no_show(session, rules, 1, nine + 6 * MINUTE).state == "no_show"


# -- what counts by itself -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        ("即办件", DONE),
        ("承诺件", ACCEPTED),
        ("联办件", ACCEPTED),
        ("上报件", ACCEPTED),
        ("退回件", DONE),
    ],
)
def test_a_visit_nobody_recorded_anything_of_counts_as_what_its_ticket_is_for(
    session: Session, rules: HallRules, nine: datetime, kind: str, result: CaseResult
) -> None:
    of(session, rules, "T201").kind = kind
    session.flush()

    serving.finish(session, rules, 1, nine)

    assert kept(session) == [(1, 1, result)]


def test_who_was_given_a_notice_was_told(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    notice(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine)
    issue(session, rules, nine)
    calling.call_next(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine)

    assert kept(session) == [(1, 1, TOLD), (1, 1, ACCEPTED)]


def test_what_is_given_at_the_end_stands_instead(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    matter = of(session, rules, "D301")
    serving.finish(session, rules, 1, nine, cases=[(matter, ANSWERED), (matter, DONE)])

    assert kept(session) == [(1, 2, ANSWERED), (1, 2, DONE)]


def test_every_counter_of_a_visit_counts_what_it_did(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    record(session, rules, nine)
    transfers.to_service(
        session, rules, 1, *catalogue.service(session, rules, "D301"), nine, and_return=True
    )
    calling.call_next(session, rules, 2, nine)
    assert serving.finish(session, rules, 2, nine).state == "waiting"
    calling.call_next(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine)

    assert kept(session) == [(1, 1, DONE), (2, 2, ACCEPTED)]


def test_a_visit_left_in_hand_overnight_counts_and_one_nobody_came_to_does_not(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    serving.start(session, rules, 1, nine)
    for _ in range(2):
        issue(session, rules, nine)
    calling.call_next(session, rules, 3, nine)
    tomorrow = nine + timedelta(days=1)

    business_day.settle_past(session, rules, tomorrow)

    assert kept(session) == [(1, 1, ACCEPTED)]
    left = [e for e in journal.entries(session, rules.hall_id) if e.what == "ticket.left_over"]
    assert [len((e.after or {}).get("cases", [])) for e in left] == [0, 1, 0]


def test_a_visit_left_in_hand_overnight_keeps_what_was_recorded(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    serving.start(session, rules, 1, nine)
    record(session, rules, nine, "D301")
    tomorrow = nine + timedelta(days=1)
    issue(session, rules, tomorrow)

    assert kept(session) == [(1, 2, DONE)]


# -- undone --------------------------------------------------------------------------------------


def test_undoing_the_end_takes_back_what_the_end_recorded_and_nothing_else(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    record(session, rules, nine)
    serving.finish(session, rules, 1, nine, cases=[(of(session, rules, "D301"), DONE)])
    undo.undo(session, rules, 1, nine)

    assert kept(session) == [(1, 1, DONE)]
    last = list(journal.entries(session, rules.hall_id))[-1]
    assert [case["service"] for case in (last.before or {})["cases"]] == ["D301"]


def test_undoing_a_sending_back_takes_its_case_back(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    transfers.to_counter(session, rules, 1, 3, nine, and_return=True)
    calling.call_next(session, rules, 3, nine)
    serving.finish(session, rules, 3, nine)
    assert len(kept(session)) == 1
    undo.undo(session, rules, 3, nine)

    assert kept(session) == []


def test_a_matter_recorded_meanwhile_keeps_no_step_from_being_undone(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    serving.start(session, rules, 1, nine)
    record(session, rules, nine)
    ticket, _ = undo.undo(session, rules, 1, nine)

    assert ticket.state == "called"


# -- who answers for it --------------------------------------------------------------------------


def handlers(session: Session) -> list[int]:
    found = session.exec(select(Case).order_by(col(Case.id))).all()
    return [case.first_handler_id for case in found]


def come_back(session: Session, rules: HallRules, now: datetime, serial: str, counter: int) -> None:
    issue(session, rules, now, serial)
    calling.call_next(session, rules, counter, now)


def test_who_comes_back_with_the_papers_stays_with_the_first_handler(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    serial = notice(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine)
    come_back(session, rules, nine, serial, 3)
    record(session, rules, nine, "D301", counter=3)
    serving.finish(session, rules, 3, nine, cases=[(of(session, rules, "T201"), DONE)])

    # The other matter is new: who takes it on now answers for it.
    assert handlers(session) == [1, 3, 1]


def test_a_second_notice_and_a_correction_do_not_change_who_was_first(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    serial = notice(session, rules, 1, nine)
    serving.finish(session, rules, 1, nine)
    come_back(session, rules, nine, serial, 3)
    second = notice(session, rules, 3, nine, counter=3)
    serving.finish(session, rules, 3, nine)
    old = session.exec(select(Notice).where(Notice.serial == second)).one()
    correction = old.model_copy(
        update={
            "id": None,
            "number": 9,
            "serial": "LC-2026-000009",
            "code": "corrected",
            "clerk_id": 2,
            "ticket_id": None,
            "corrects_id": old.id,
            "fault": NoticeFault.OMITTED.value,
            "answerable_id": 3,
        }
    )
    session.add(Notice(**correction.model_dump()))
    session.flush()
    come_back(session, rules, nine, "LC-2026-000009", 3)
    serving.finish(session, rules, 3, nine)

    assert handlers(session) == [1, 1, 1]


def test_a_notice_written_without_a_ticket_still_names_the_first_handler(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    serving.finish(session, rules, 1, nine)
    matter, clerk = of(session, rules, "T201"), session.get_one(Clerk, 2)
    serial = notices.issue(session, rules, matter, clerk, {1}, {}, nine).serial
    come_back(session, rules, nine, serial, 3)
    serving.finish(session, rules, 3, nine)

    assert handlers(session) == [1, 2]


# -- what a clerk sees ---------------------------------------------------------------------------


def test_the_tickets_own_matter_comes_first_then_the_counters_then_all_others(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counter, ticket = session.get_one(Counter, 1), session.get_one(Ticket, 1)

    def seen() -> case_view.Matters:
        return case_view.read_matters(session, rules, counter, ticket)

    first = seen()
    assert (first.own.code, first.of_counter) == ("T201", ())
    assert [one.code for one in first.others] == ["D301"]
    assert first.by_itself is not None and first.by_itself.result == ACCEPTED
    assert first.recorded == ()

    transfers.to_counter(session, rules, 1, 3, nine)
    calling.call_next(session, rules, 3, nine)
    record(session, rules, nine, "D301", counter=3)
    transfers.to_counter(session, rules, 3, 1, nine)
    calling.call_next(session, rules, 1, nine)
    then = seen()
    assert then.by_itself is not None  # of this counter there is nothing yet
    assert [(one.counter, one.own, one.first_handler) for one in then.recorded] == [
        (3, False, "吴六")
    ]
    record(session, rules, nine)
    assert seen().by_itself is None
