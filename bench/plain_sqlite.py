"""The same writes by hand, through the standard library's sqlite3: what is physically there.

One connection kept open, FULL, values made beforehand: no rule is applied, nothing is read that
a write does not need.
"""

import sqlite3
from pathlib import Path

MOMENT = "2026-11-23 01:00:00.000000"
HASH = "0" * 64
AFTER = (
    '{"number": "A001", "service": "T1", "class": "ordinary", '
    '"due_at": "2026-11-23T01:20:00+00:00", "state": "waiting"}'
)
CONTENT = (
    '{"hall": {"zh": "\\u6d4b\\u901f"}, "number": "A001", "service": {"zh": "\\u63d0\\u53d6"}, '
    '"counters": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "ahead": 0, "wait_low_s": 0, '
    '"wait_high_s": 60, "issued_at": "2026-11-23T09:00:00+08:00", "code": "abcdefghijkl", '
    '"class": "ordinary", "language": "zh", "phone": ""}'
)
WHY = '{"rule": "earliest_due", "due_at": "2026-11-23T01:20:00+00:00", "waited_s": 0, "told": ""}'


class PlainSqlite:
    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("PRAGMA foreign_keys = ON")
        (self.sequence,) = self.connection.execute("SELECT max(sequence) FROM journal").fetchone()
        self.connection.execute("INSERT INTO number_series VALUES (1, '2026-11-23/A', 0)")

    def add_to_journal(self, what: str, subject: str) -> None:
        self.sequence += 1
        self.connection.execute(
            "INSERT INTO journal (hall_id, sequence, at, what, who, place, subject, why, before,"
            " after, previous_hash, hash) VALUES (1, ?, ?, ?, '', 'kiosk', ?, '', NULL, ?, ?, ?)",
            (self.sequence, MOMENT, what, subject, AFTER, HASH, HASH),
        )

    def issue(self) -> None:
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        ((number,),) = run(
            "UPDATE number_series SET last = last + 1"
            " WHERE hall_id = 1 AND series = '2026-11-23/A' RETURNING last"
        ).fetchall()
        ((ticket,),) = run(
            "INSERT INTO ticket (hall_id, business_day, prefix, number, code, service_id, group_id,"
            " priority_class, language, state, issued_at, due_at, ahead, wait_low_s, wait_high_s,"
            " calls, held_s, served_s, hold_reason, note, origin, assistance,"
            " notice_serial) VALUES (1, '2026-11-23', 'A', ?, ?, 1, 1,"
            " 'ordinary', 'zh', 'waiting', ?, ?, 0, 0, 60, 0, 0, 0, '', '', 'kiosk', '',"
            " '') RETURNING id",
            (number, f"code{number}", MOMENT, MOMENT),
        ).fetchall()
        self.add_to_journal("ticket.issued", f"ticket/{ticket}")
        run(
            "INSERT INTO print_job (hall_id, subject, print_number, kind, printer, ticket_id,"
            " content, reprint, reason, asked_by, state, created_at, expires_at, attempts,"
            " pieces_out, error) VALUES"
            " (1, ?, 1, 'ticket', 'default', ?, ?, 0, '', '', 'queued', ?, ?, 0, 0, '')",
            (f"ticket/{ticket}", ticket, CONTENT, MOMENT, MOMENT),
        )
        run("COMMIT")

    def call_next(self) -> None:
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        ((ticket,),) = run(
            "UPDATE ticket SET state = 'called', counter_id = 1, clerk_id = 1, calls = 1,"
            " called_at = ?, last_called_at = ? WHERE id = (SELECT id FROM ticket"
            " WHERE state = 'waiting' AND hall_id = 1 AND business_day = '2026-11-23'"
            " AND group_id IN (SELECT group_id FROM counter_group WHERE counter_id = 1)"
            " ORDER BY due_at, id LIMIT 1) RETURNING id",
            (MOMENT, MOMENT),
        ).fetchall()
        run(
            "INSERT INTO call (hall_id, ticket_id, counter_id, clerk_id, kind, called_at, reason)"
            " VALUES (1, ?, 1, 1, 'next', ?, ?)",
            (ticket, MOMENT, WHY),
        )
        run(
            "INSERT INTO announcement (hall_id, zone, subject, ticket_id, counter_id, priority,"
            " content, state, created_at, expires_at, attempts, error) VALUES"
            " (1, 'hall', ?, ?, 1, 5, ?, 'queued', ?, ?, 0, '')",
            (f"ticket/{ticket}", ticket, '{"number": "A001", "counter": 1}', MOMENT, MOMENT),
        )
        self.add_to_journal("ticket.called", f"ticket/{ticket}")
        run("COMMIT")

    def finish(self) -> None:
        """Not measured: empties the hand."""
        self.connection.execute("UPDATE ticket SET state = 'finished' WHERE state = 'called'")
