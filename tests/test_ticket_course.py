"""Every verb, from several counters, in any order: a machine that tries to lose somebody."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db import journal
from db.tables import (
    Case,
    CaseResult,
    Clerk,
    Counter,
    CounterGroup,
    CounterState,
    JournalEntry,
    Notice,
    PriorityClass,
    Role,
    Ticket,
    TicketState,
)
from db.write_lock import WRITES
from hall.cases import case_rows, cases
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors import Refused
from hall.hall_rules import HallRules
from hall.notices import notices
from hall.tickets import (
    assistance,
    calling,
    holding,
    releasing,
    returning,
    serving,
    ticket_changes,
    tickets,
    transfers,
    undo,
    walk_ins,
)
from hall.tickets.ticket_course import COURSE, Step, allowed
from hall.tickets.visit_view import read_visit

pytestmark = pytest.mark.each_engine

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
COUNTERS = st.sampled_from([1, 2, 3])
SERVICES = st.sampled_from(["T201", "D301"])
RESULTS = st.sampled_from(CaseResult)
EVENING = timedelta(hours=8, minutes=40)
"""From nine until ten minutes after the office has closed."""


def leads_on(state: TicketState) -> bool:
    return any(COURSE[state, step] is not state for step in allowed(state))


def test_every_state_but_the_last_has_a_way_on() -> None:
    ends = {TicketState.FINISHED, TicketState.EXPIRED}
    assert {state for state in TicketState if not leads_on(state)} == ends


def test_every_state_can_be_reached() -> None:
    assert set(COURSE.values()) | {TicketState.WAITING} == set(TicketState)


def test_every_step_leads_somewhere() -> None:
    assert {step for _, step in COURSE} == set(Step)


class Hall(RuleBasedStateMachine):
    """Everything happens in one transaction that is rolled back at the end."""

    engine: ClassVar[Engine]
    hall_rules: ClassVar[HallRules]

    @initialize()
    def open_the_hall(self) -> None:
        self.connection = self.engine.connect().execution_options(**{WRITES: True})
        self.session = Session(self.connection)
        self.connection.begin()
        self.now = self.morning = NINE
        self.numbers: list[str] = []
        self.notices: list[str] = []
        self.journal: list[JournalEntry] = []
        self.manager = Clerk(
            hall_id=self.hall_rules.hall_id,
            staff_number="1005",
            name="郑主任",
            department="办公室",
            title="主任",
            role=Role.DUTY_MANAGER,
            phone="0883-2120005",
        )
        self.session.add(self.manager)
        self.session.flush()
        for counter in (1, 2, 3):
            counters.open_counter(self.session, self.hall_rules, counter, f"100{counter}", NINE)

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
            self.connection.close()

    def tried(self, step: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """What the rules refuse has changed nothing: the invariants are looked at either way."""
        self.now += timedelta(seconds=7)
        before = self.states()
        try:
            return step(self.session, self.hall_rules, *given, self.now, **named)
        except Refused:
            self.session.flush()
            assert self.states() == before
            return None

    def told(self) -> list[JournalEntry]:
        """The whole journal; only what is new of it is read."""
        after = self.journal[-1].sequence if self.journal else 0
        hall_id = self.hall_rules.hall_id
        for entry in list(journal.entries(self.session, hall_id, after=after)):
            self.session.expunge(entry)
            self.journal.append(entry)
        return self.journal

    def states(self) -> list[Any]:
        self.session.expire_all()
        return [
            (ticket.name, ticket_changes.snapshot(ticket))
            for ticket in self.session.exec(select(Ticket).order_by(col(Ticket.id)))
        ] + [case.model_dump() for case in self.session.exec(select(Case).order_by(col(Case.id)))]

    def with_a_citizen(self, counter: int) -> None:
        """So that most steps find somebody to be taken with."""
        with suppress(Refused):
            if calling.call_next(self.session, self.hall_rules, counter, self.now) is None:
                self.issue("T201" if counter == 1 else "D301", False)
                calling.call_next(self.session, self.hall_rules, counter, self.now)

    def some(self, which: int) -> str:
        return self.numbers[which % len(self.numbers)] if self.numbers else "A001"

    @rule(service=SERVICES, elderly=st.booleans())
    def issue(self, service: str, elderly: bool) -> None:
        of, group = catalogue.service(self.session, self.hall_rules, service)
        chosen = PriorityClass.ELDERLY if elderly else PriorityClass.ORDINARY
        self.now += timedelta(seconds=5)
        issued = tickets.issue(
            self.session, self.hall_rules, of, group, self.now, priority_class=chosen
        )
        self.numbers.append(issued.number)

    @rule(service=SERVICES, clerk=COUNTERS)
    def issue_assisted(self, service: str, clerk: int) -> None:
        of, group = catalogue.service(self.session, self.hall_rules, service)
        helper = counters.clerk_by_staff_number(self.session, self.hall_rules, f"100{clerk}")
        self.now += timedelta(seconds=5)
        issued = assistance.take_for(
            self.session, self.hall_rules, of, group, helper, "坐轮椅", self.now
        )
        self.numbers.append(issued.number)

    @rule(counter=COUNTERS, service=SERVICES)
    def walk_in(self, counter: int, service: str) -> None:
        of, group = catalogue.service(self.session, self.hall_rules, service)
        known = {ticket.id for ticket in self.session.exec(select(Ticket))}
        self.tried(walk_ins.begin, counter, of, group)
        begun = [one for one in self.session.exec(select(Ticket)) if one.id not in known]
        self.numbers += [ticket.name for ticket in begun]

    @rule(counter=COUNTERS, something_done=st.booleans())
    def walk_in_by_mistake(self, counter: int, something_done: bool) -> None:
        with suppress(Refused):
            serving.finish(self.session, self.hall_rules, counter, self.now)
        code = "D301" if counter == 2 else "T201"
        self.walk_in(counter, code)
        if something_done:
            self.record_a_case(counter, code, CaseResult.ANSWERED)
        self.tried(undo.undo, counter)

    @rule(counter=COUNTERS, service=SERVICES, result=RESULTS)
    def record_a_case(self, counter: int, service: str, result: CaseResult) -> None:
        of, _ = catalogue.service(self.session, self.hall_rules, service)
        self.with_a_citizen(counter)
        self.tried(cases.record, counter, of, result)

    @rule(counter=COUNTERS, which=st.integers(0, 50))
    def strike_a_case(self, counter: int, which: int) -> None:
        known = [case.id for case in self.session.exec(select(Case).order_by(col(Case.id)))]
        self.tried(cases.strike, counter, known[which % len(known)] if known else 1)

    @rule(counter=COUNTERS, given=st.lists(st.tuples(SERVICES, RESULTS), min_size=1, max_size=3))
    def finish_with_cases(self, counter: int, given: list[tuple[str, CaseResult]]) -> None:
        self.with_a_citizen(counter)
        matters = [
            (catalogue.service(self.session, self.hall_rules, code)[0], result)
            for code, result in given
        ]
        self.tried(serving.finish, counter, cases=matters)

    @rule(counter=COUNTERS)
    def issue_a_notice(self, counter: int) -> None:
        self.with_a_citizen(counter)
        here = counters.by_number(self.session, self.hall_rules, counter)
        served = counters.in_hand(self.session, here.id, self.today)
        if served is not None:
            of, _ = catalogue.service(self.session, self.hall_rules, "T201")
            clerk = counters.clerk_of(self.session, here)
            of_this = {"ticket": served, "counter": here}
            notice = self.tried(notices.issue, of, clerk, {1}, {}, **of_this)
            self.notices.append(notice.code)

    @rule(which=st.integers(0, 50))
    def come_back_with_a_notice(self, which: int) -> None:
        if self.notices:
            code = self.notices[which % len(self.notices)]
            issued = self.tried(returning.come_back, code)
            self.numbers += [issued.number] if issued is not None else []

    @rule(counter=COUNTERS, something_done=st.sampled_from(["matter", "notice", ""]))
    def call_by_mistake(self, counter: int, something_done: str) -> None:
        with suppress(Refused):
            serving.finish(self.session, self.hall_rules, counter, self.now)
        self.with_a_citizen(counter)
        if something_done == "notice":
            self.issue_a_notice(counter)
        elif something_done:
            self.record_a_case(counter, "T201", CaseResult.ANSWERED)
        self.tried(undo.undo, counter)

    @rule(which=st.integers(0, 50))
    def release(self, which: int) -> None:
        """The manager, of whatever is stuck."""
        self.tried(releasing.release_ticket, self.some(which), self.manager, "办事人在等候")

    @rule(counter=COUNTERS)
    def next(self, counter: int) -> None:
        self.tried(calling.call_next, counter)

    @rule(counter=COUNTERS, which=st.integers(0, 50))
    def call(self, counter: int, which: int) -> None:
        self.tried(calling.call_ticket, counter, self.some(which), "等候已久")

    @rule(counter=COUNTERS)
    def recall(self, counter: int) -> None:
        self.now += timedelta(seconds=15)
        self.tried(calling.recall, counter)

    @rule(counter=COUNTERS)
    def start(self, counter: int) -> None:
        self.with_a_citizen(counter)
        self.tried(serving.start, counter)

    @rule(counter=COUNTERS)
    def finish(self, counter: int) -> None:
        self.with_a_citizen(counter)
        self.tried(serving.finish, counter)

    @rule(counter=COUNTERS)
    def no_show(self, counter: int) -> None:
        for _ in range(3):
            self.recall(counter)
        self.tried(serving.no_show, counter)

    @rule(counter=COUNTERS, which=st.integers(0, 50))
    def bring_back(self, counter: int, which: int) -> None:
        self.tried(serving.requeue, counter, self.some(which))

    @rule(counter=COUNTERS)
    def hold(self, counter: int) -> None:
        self.with_a_citizen(counter)
        self.tried(holding.hold, counter, "去复印")

    @rule(counter=COUNTERS, which=st.integers(0, 50))
    def resume(self, counter: int, which: int) -> None:
        self.tried(holding.resume, counter, self.some(which))

    @rule(counter=COUNTERS, service=SERVICES, and_return=st.booleans())
    def transfer_to_service(self, counter: int, service: str, and_return: bool) -> None:
        of, group = catalogue.service(self.session, self.hall_rules, service)
        self.with_a_citizen(counter)
        self.tried(transfers.to_service, counter, of, group, and_return=and_return)

    @rule(counter=COUNTERS, other=COUNTERS, and_return=st.booleans())
    def transfer_to_counter(self, counter: int, other: int, and_return: bool) -> None:
        self.with_a_citizen(counter)
        self.tried(transfers.to_counter, counter, other, and_return=and_return)

    @rule(counter=COUNTERS, other=COUNTERS)
    def transfer_to_clerk(self, counter: int, other: int) -> None:
        clerk = counters.clerk_by_staff_number(self.session, self.hall_rules, f"100{other}")
        self.with_a_citizen(counter)
        self.tried(transfers.to_clerk, counter, clerk)

    @rule(counter=COUNTERS)
    def undo(self, counter: int) -> None:
        self.tried(undo.undo, counter)

    @rule(counter=COUNTERS, paused=st.booleans())
    def leave_and_come_back(self, counter: int, paused: bool) -> None:
        """In one step, so that the counters are open most of the time."""
        if paused:
            self.tried(counters.pause, counter, "打印机故障")
        else:
            self.tried(counters.close, counter)
        self.nobody_is_lost_and_nobody_is_held_twice()
        self.tried(counters.open_counter, counter, f"100{counter}")

    @rule(first=COUNTERS, second=COUNTERS, leave=st.booleans())
    def stand_in(self, first: int, second: int, leave: bool) -> None:
        """Two pause, the second perhaps with its line lent; whoever is left goes on."""
        consent = self.manager if leave else None
        for counter in (first, second):
            self.tried(counters.pause, counter, "用餐", consent=consent)
            self.what_is_lent_is_lent_by_who_pauses()
        for counter in (1, 2, 3):
            self.tried(calling.call_next, counter)
        self.nobody_is_lost_and_nobody_is_held_twice()
        self.tried(counters.close, second)
        self.what_is_lent_is_lent_by_who_pauses()
        for counter in (first, second):
            self.tried(counters.open_counter, counter, f"100{counter}")

    @rule()
    def it_gets_late(self) -> None:
        self.now = max(self.now, self.morning + EVENING)

    @rule(counter=COUNTERS, begins=st.sampled_from(["number", "opening", "closing"]))
    def a_night_passes(self, counter: int, begins: str) -> None:
        """Nobody has closed anything; the next day begins with whatever comes first."""
        self.morning += timedelta(days=1)
        self.now = self.morning
        if begins == "number":
            self.issue("T201", False)
        elif begins == "opening":
            counters.open_counter(self.session, self.hall_rules, counter, f"100{counter}", self.now)
        else:
            counters.close(self.session, self.hall_rules, counter, self.now)
        self.nobody_is_lost_and_nobody_is_held_twice()
        assert all(
            one.state in ("finished", "expired", "no_show")
            for one in self.session.exec(select(Ticket))
            if one.business_day < self.today
        )
        for number in (1, 2, 3):
            self.tried(counters.open_counter, number, f"100{number}")

    @property
    def today(self) -> date:
        return self.hall_rules.business_day(self.now)

    @invariant()
    def nobody_is_lost_and_nobody_is_held_twice(self) -> None:
        if not hasattr(self, "session"):
            return
        self.session.expire_all()
        found = self.session.exec(select(Ticket).order_by(col(Ticket.id))).all()
        assert [ticket.name for ticket in found] == self.numbers
        in_hand = [one.counter_id for one in found if one.state in ("called", "serving")]
        assert len(in_hand) == len(set(in_hand))
        open_counters = {
            one.id for one in self.session.exec(select(Counter)) if one.state != CounterState.CLOSED
        }
        sitting = {
            one.clerk_id for one in self.session.exec(select(Counter)) if one.id in open_counters
        }
        for ticket in found:
            if ticket.state in ("called", "serving"):
                assert ticket.counter_id in open_counters
            if ticket.state == "waiting":
                assert ticket.counter_id is None and ticket.calls == 0
            if ticket.business_day == self.today and ticket.state != "expired":
                assert ticket.reserved_counter_id in {None, *open_counters}
                assert ticket.reserved_clerk_id in {None, *sitting}
            assert (ticket.held_at is not None) == (ticket.state == "held")

    @invariant()
    def what_is_lent_is_lent_by_who_pauses(self) -> None:
        if not hasattr(self, "session"):
            return
        self.session.expire_all()
        states = {one.id: one.state for one in self.session.exec(select(Counter))}
        for row in self.session.exec(select(CounterGroup)):
            if row.lent_by_id is not None:
                assert states[row.lent_by_id] == "paused"
                assert states[row.counter_id] != "closed"

    @invariant()
    def what_was_done_was_done_by_who_had_the_citizen(self) -> None:
        if not hasattr(self, "session"):
            return
        in_hand: dict[int, tuple[str, str]] = {}
        for entry in self.told():
            if entry.what in ("ticket.called", "ticket.walked_in", "ticket.resumed"):
                in_hand[entry.sequence] = (entry.subject, entry.place)
            if entry.what == undo.UNDONE:
                in_hand.pop((entry.before or {})["undoes"], None)
        had = set(in_hand.values())
        for one in [*self.session.exec(select(Case)), *self.session.exec(select(Notice))]:
            assert (f"ticket/{one.ticket_id}", f"counter {one.counter_id}") in had

    @invariant()
    def times_add_up(self) -> None:
        if not hasattr(self, "session"):
            return
        for ticket in self.session.exec(select(Ticket)):
            life = ((ticket.ended_at or self.now) - ticket.issued_at).total_seconds()
            assert 0 <= ticket.held_s + ticket.served_s <= life + 1
            served_s = 0.0
            if ticket.started_at is not None:
                end = ticket.ended_at or ticket.held_at or self.now
                assert timedelta() <= end - ticket.started_at
                served_s = (end - ticket.started_at).total_seconds()
            waited_s = read_visit(self.session, ticket).waited.total_seconds()
            assert waited_s + served_s + ticket.served_s + ticket.held_s <= life + 1

    @invariant()
    def the_journal_replays_to_what_is(self) -> None:
        if not hasattr(self, "session"):
            return
        told: dict[str, dict[str, Any]] = {}
        for entry in self.told():
            if entry.what.startswith("ticket.") and entry.after:
                told.setdefault(entry.subject, {}).update(entry.after)
        for ticket in self.session.exec(select(Ticket)):
            replayed, stands = told[f"ticket/{ticket.id}"], ticket_changes.snapshot(ticket)
            known = {name: replayed[name] for name in ticket_changes.CHANGING if name in replayed}
            assert {name: stands[name] for name in known} == known

    @invariant()
    def who_was_not_called_has_no_time_of_it(self) -> None:
        if not hasattr(self, "session"):
            return
        for ticket in self.session.exec(select(Ticket)):
            assert (ticket.called_at is None) == (ticket.calls == 0)

    @invariant()
    def no_visit_ends_without_a_matter_and_none_is_counted_that_did_not_take_place(self) -> None:
        if not hasattr(self, "session"):
            return
        recorded: dict[int, tuple[str, str]] = {}  # case → its ticket, what recorded it
        left_over: set[str] = set()
        for entry in self.told():
            if entry.what == Step.LEFT_OVER.entry:
                left_over.add(entry.subject)
            before, after = entry.before or {}, entry.after or {}
            if entry.what == "case.recorded":
                recorded[after["id"]] = (entry.subject, entry.what)
            elif entry.what == "case.struck":
                del recorded[before["id"]]
            for case in after.get(case_rows.CASES, []):
                recorded[case["id"]] = (entry.subject, entry.what)
            for case in before.get(case_rows.CASES, []):
                del recorded[case["id"]]
        found = self.session.exec(select(Case)).all()
        told = {case: subject for case, (subject, _) in recorded.items()}
        assert {case.id: f"ticket/{case.ticket_id}" for case in found} == told
        for ticket in self.session.exec(select(Ticket)):
            by = {what for subject, what in recorded.values() if subject == f"ticket/{ticket.id}"}
            if ticket.state == TicketState.FINISHED:
                assert by
            else:
                assert by <= {"case.recorded", Step.SENT_BACK.entry}
            void = ticket.state == TicketState.EXPIRED and f"ticket/{ticket.id}" not in left_over
            if void:  # a quick service begun by mistake
                assert not by


def test_no_order_of_verbs_loses_anybody(engine: Engine, rules: HallRules) -> None:
    class ThisHall(Hall):
        pass

    ThisHall.engine, ThisHall.hall_rules = engine, rules
    run_state_machine_as_test(
        ThisHall,
        settings=settings(
            max_examples=40,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
