"""What becomes of print jobs."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from db import journal
from db.tables import PrintAttempt, PrintJob, Ticket, TicketState
from hall.catalogue import catalogue
from hall.hall_rules import HallRules
from hall.printing import print_queue
from hall.printing.print_queue import Drawn
from hall.printing.slip_archive import Piece
from hall.tickets import tickets

HOUR = timedelta(hours=1)
DRAWN = Drawn(1, [Piece(8, 2, b"\xff\x00")])


def issue(session: Session, rules: HallRules, now: datetime) -> int:
    """The ticket's id, which is also its print job's here."""
    service, group = catalogue.service(session, rules, "T201")
    return tickets.issue(session, rules, service, group, now).ticket_id


def send(session: Session, job: int, now: datetime) -> bool:
    return print_queue.mark_sending(session, job, "default", DRAWN, now)


def rows(session: Session) -> list[tuple[str, str, bool]]:
    found = session.exec(select(PrintJob).order_by(col(PrintJob.id))).all()
    return [(row.key, row.state, row.reprint) for row in found]


def test_a_job_is_sent_by_one_only(session: Session, rules: HallRules, nine: datetime) -> None:
    job = issue(session, rules, nine)

    assert send(session, job, nine)
    assert not send(session, job, nine)


def test_a_job_taken_over_meanwhile_is_not_sent(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    job = issue(session, rules, nine)
    session.get_one(PrintJob, job).printer = "desk"

    assert not send(session, job, nine)


def test_an_unknown_ticket_is_reprinted_once_by_itself(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    first = issue(session, rules, nine)
    send(session, first, nine)
    print_queue.mark_handed_over(session, first, "no acknowledgement", nine)
    again = print_queue.next_job(session, rules.hall_id, "default")
    assert again is not None
    send(session, again.id, nine)
    print_queue.mark_handed_over(session, again.id, "no acknowledgement", nine)

    assert rows(session) == [("ticket/1/1", "unknown", False), ("ticket/1/2", "unknown", True)]


def test_a_slip_that_broke_off_before_its_cut_waits_again_as_it_was(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    job = issue(session, rules, nine)
    send(session, job, nine)

    print_queue.mark_not_out(session, job, "the line broke", 0, nine)

    assert rows(session) == [("ticket/1/1", "queued", False)]
    assert print_queue.last_outcome(session, rules.hall_id, "default") == "not_out"


def test_a_printer_that_spoils_a_slip_does_not_do_so_for_ever(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)

    tries = 0
    while job := print_queue.next_job(session, rules.hall_id, "default"):
        assert send(session, job.id, nine)
        print_queue.mark_not_out(session, job.id, "the line broke", 0, nine)
        tries += 1

    assert tries == print_queue.TRIES
    assert rows(session) == [("ticket/1/1", "failed", False)]
    sent = session.exec(select(PrintAttempt)).all()
    assert [one.outcome for one in sent] == ["not_out"] * tries


def test_a_marked_slip_is_not_sent_for_ever(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    send(session, issue(session, rules, nine), nine)
    print_queue.recover(session, rules.hall_id, "default", nine)

    tries = 0
    while job := print_queue.next_job(session, rules.hall_id, "default"):
        assert send(session, job.id, nine)
        print_queue.mark_unknown(session, job.id, "the spooler ended while sending", nine)
        tries += 1

    assert tries == print_queue.TRIES
    assert rows(session)[1:] == [("ticket/1/2", "unknown", True)]


def test_no_reprint_of_a_slip_that_is_too_late(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    send(session, issue(session, rules, nine), nine)

    print_queue.recover(session, rules.hall_id, "default", nine + HOUR)

    assert rows(session) == [("ticket/1/1", "unknown", False)]


def test_what_was_put_back_is_as_if_never_sent(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    job = issue(session, rules, nine)
    send(session, job, nine)

    print_queue.put_back(session, job, "error disk full", nine)

    row = session.get_one(PrintJob, job)
    assert (row.state, row.sent_at, row.attempts) == ("queued", None, 0)
    assert row.error == "error disk full"
    assert session.exec(select(PrintAttempt)).all() == []
    assert send(session, job, nine)


def test_a_slip_whose_ticket_has_been_served_is_not_printed_any_more(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for _ in range(2):
        issue(session, rules, nine)
    assert not print_queue.has_expired(session, rules.hall_id, "default", nine)
    session.get_one(Ticket, 1).state = TicketState.FINISHED
    session.flush()

    assert print_queue.has_expired(session, rules.hall_id, "default", nine)
    assert print_queue.expire(session, rules.hall_id, "default", nine) == 1
    assert [state for _, state, _ in rows(session)] == ["expired", "queued"]


def test_the_journal_has_the_hash_of_what_was_sent(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    job = issue(session, rules, nine)
    send(session, job, nine)

    print_queue.mark_printed(session, job, "process-id", nine)

    (told,) = (
        entry
        for entry in journal.entries(session, rules.hall_id, subject="ticket/1")
        if entry.what == "print.printed"
    )
    assert told.after is not None
    sent = session.get_one(PrintAttempt, (job, 1))
    assert told.after["picture_sha256"] == sent.picture_sha256
    assert (sent.outcome, sent.acknowledged_by, sent.layout_version) == ("printed", "process-id", 1)
