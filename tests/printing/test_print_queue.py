"""What becomes of print jobs."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from db.tables import PrintJob
from hall import catalogue, print_queue, tickets
from hall.hall_rules import HallRules

HOUR = timedelta(hours=1)


def issue(session: Session, rules: HallRules, now: datetime) -> int:
    """The ticket's id, which is also its print job's here."""
    service, group = catalogue.service(session, rules, "T201")
    return tickets.issue(session, rules, service, group, now).ticket_id


def rows(session: Session) -> list[tuple[str, str, bool]]:
    found = session.exec(select(PrintJob).order_by(col(PrintJob.id))).all()
    return [(row.key, row.state, row.reprint) for row in found]


def test_a_job_is_sent_by_one_only(session: Session, rules: HallRules, nine: datetime) -> None:
    job = issue(session, rules, nine)

    assert print_queue.mark_sending(session, job, "0" * 64, nine)
    assert not print_queue.mark_sending(session, job, "0" * 64, nine)


def test_an_unknown_ticket_is_reprinted_once_by_itself(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    first = issue(session, rules, nine)
    print_queue.mark_sending(session, first, "", nine)
    print_queue.mark_unknown(session, first, "no acknowledgement", nine)
    again = print_queue.next_job(session, rules.hall_id, "default")
    assert again is not None
    print_queue.mark_sending(session, again.id, "", nine)
    print_queue.mark_unknown(session, again.id, "no acknowledgement", nine)

    assert rows(session) == [("ticket/1/1", "unknown", False), ("ticket/1/2", "unknown", True)]


def test_a_reprint_that_breaks_off_is_not_tried_for_ever(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    print_queue.mark_sending(session, issue(session, rules, nine), "", nine)
    print_queue.recover(session, rules.hall_id, "default", nine)

    tries = 0
    while job := print_queue.next_job(session, rules.hall_id, "default"):
        assert print_queue.mark_sending(session, job.id, "", nine)
        print_queue.mark_broken_off(session, job.id, "the line broke", nine)
        tries += 1

    assert tries == print_queue.REPRINT_TRIES
    assert rows(session)[1:] == [("ticket/1/2", "unknown", True)]


def test_no_reprint_of_a_slip_that_is_too_late(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    print_queue.mark_sending(session, issue(session, rules, nine), "", nine)

    print_queue.recover(session, rules.hall_id, "default", nine + HOUR)

    assert rows(session) == [("ticket/1/1", "unknown", False)]


def test_a_slip_asked_for_again_is_marked_if_one_may_be_out(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    job = issue(session, rules, nine)
    print_queue.mark_sending(session, job, "", nine)
    print_queue.mark_printed(session, job, "process-id", nine)

    assert print_queue.reprint(session, rules.hall_id, "ticket/1", HOUR, nine)
    # The impatient second press finds the first one waiting.
    assert print_queue.reprint(session, rules.hall_id, "ticket/1", HOUR, nine) is False

    assert rows(session)[1:] == [("ticket/1/2", "queued", True)]


def test_a_slip_that_never_left_is_not_marked_when_asked_for_again(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    issue(session, rules, nine)
    print_queue.expire(session, rules.hall_id, "default", nine + HOUR)

    assert print_queue.reprint(session, rules.hall_id, "ticket/1", HOUR, nine + HOUR)

    assert rows(session) == [("ticket/1/1", "expired", False), ("ticket/1/2", "queued", False)]


def test_nothing_is_reprinted_of_what_was_never_printed(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for subject in ("ticket/99", "notice/1", "nonsense", "ticket/x", "ticket/-1", ""):
        assert print_queue.reprint(session, rules.hall_id, subject, HOUR, nine) is None


def test_what_was_put_back_is_as_if_never_sent(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    job = issue(session, rules, nine)
    print_queue.mark_sending(session, job, "0" * 64, nine)

    print_queue.put_back(session, job, "error disk full", nine)

    row = session.get_one(PrintJob, job)
    assert (row.state, row.sent_at, row.picture_sha256) == ("queued", None, "")
    assert row.error == "error disk full"


def test_the_prints_of_a_ticket_are_not_those_of_a_longer_number(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    for _ in range(11):
        issue(session, rules, nine)

    for subject in ("ticket/1", "ticket/001"):
        prints = print_queue.prints_of(session, rules.hall_id, subject)
        assert [row.key for row in prints] == ["ticket/1/1"]
