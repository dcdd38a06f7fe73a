"""Who is signed in where: one place for a clerk, one clerk for a counter."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import desc, update
from sqlmodel import Session, col, select

from db.tables import Clerk, Counter, CounterState, JournalEntry, SignIn
from hall.accounts import accounts
from hall.accounts.account_journal import tell
from hall.hall_rules import HallRules

OPENED = ("counter.opened", "counter.relieved")
"""What the journal says when somebody sits down at a counter."""
CLOSED = "counter.closed"
LEFT_OVER = "counter.left_over"
"""When it was open on an earlier business day, and nobody closed it."""


@dataclass(frozen=True)
class Guard:
    """What a counter's screen has to know before it shows anything of a citizen."""

    in_force: bool = False
    """Whether one works only signed in."""
    since: datetime | None = None
    """Local time since when somebody sits there; None at a closed counter."""
    token_digest: str = ""
    """Of the program that is signed in there; empty: none is."""


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def clock_words(rules: HallRules, moment: datetime, now: datetime) -> str:
    """09:12, with the date where it was another day."""
    same_day = rules.business_day(moment) == rules.business_day(now)
    return rules.local(moment).strftime("%H:%M" if same_day else "%m-%d %H:%M")


# -- reading -------------------------------------------------------------------------------------


def read_guard(session: Session, rules: HallRules, counter: Counter) -> Guard:
    if not accounts.in_force(session, rules.hall_id):
        return Guard()
    if counter.state == CounterState.CLOSED:
        return Guard(in_force=True)
    found = at_counter(session, counter)
    since = found.since if found is not None else opened_at(session, counter)
    return Guard(
        True,
        rules.local(since) if since is not None else None,
        found.token_digest if found is not None else "",
    )


def at_counter(session: Session, counter: Counter) -> SignIn | None:
    return session.exec(select(SignIn).where(SignIn.counter_id == counter.id)).first()


def of_clerk(session: Session, clerk: Clerk) -> SignIn | None:
    return session.get(SignIn, clerk.id)


def opened_at(session: Session, counter: Counter) -> datetime | None:
    """As the journal has it: from the command line a counter is opened without signing in."""
    found = last_told(session, counter, OPENED)
    return found.at if found is not None else None


def left_open_since(session: Session, counter: Counter) -> datetime | None:
    """Of a closed counter: when it was opened, if nobody closed it on that day."""
    last = last_told(session, counter, (LEFT_OVER, CLOSED))
    if last is None or last.what == CLOSED:
        return None
    return opened_at(session, counter)


def last_told(session: Session, counter: Counter, what: Collection[str]) -> JournalEntry | None:
    return session.exec(
        select(JournalEntry)
        .where(
            JournalEntry.hall_id == counter.hall_id,
            JournalEntry.subject == f"counter/{counter.id}",
            col(JournalEntry.what).in_(what),
        )
        .order_by(desc(col(JournalEntry.sequence)))
        .limit(1)
    ).first()


def holds(session: Session, counter: Counter, token_digest: str) -> bool:
    """Whether the program with this token is still the one signed in at the counter."""
    found = at_counter(session, counter)
    return found is not None and secrets.compare_digest(found.token_digest, token_digest)


def left_at_stations(session: Session, rules: HallRules, now: datetime) -> list[SignIn]:
    """Signed in there since an earlier business day."""
    today = rules.business_day(now)
    found = session.exec(
        select(SignIn).where(SignIn.hall_id == rules.hall_id, col(SignIn.counter_id).is_(None))
    ).all()
    return [one for one in found if rules.business_day(one.since) < today]


# -- operations ----------------------------------------------------------------------------------


def begin(
    session: Session,
    rules: HallRules,
    clerk: Clerk,
    counter: Counter | None,
    place: str,
    token_digest: str,
    now: datetime,
) -> None:
    """The clerk must not be signed in anywhere, nor anybody at the counter; None: at a station."""
    assert clerk.id is not None
    session.add(
        SignIn(
            clerk_id=clerk.id,
            hall_id=rules.hall_id,
            counter_id=counter.id if counter is not None else None,
            place=place,
            since=now,
            seen_at=now,
            token_digest=token_digest,
        )
    )
    session.flush()
    subject = f"clerk/{clerk.id}"
    tell(session, rules, "account.signed_in", now, clerk.staff_number, place, subject)


def sign_off(session: Session, rules: HallRules, counter: Counter, who: str, now: datetime) -> None:
    """Whoever is signed in at the counter, if anybody is, leaves it."""
    found = at_counter(session, counter)
    if found is not None:
        end(session, found)
        subject = f"clerk/{found.clerk_id}"
        tell(session, rules, "account.signed_off", now, who, found.place, subject)


def end_of(session: Session, rules: HallRules, token_digest: str, now: datetime) -> None:
    """Of the program with this token, if it is still signed in."""
    found = session.exec(select(SignIn).where(SignIn.token_digest == token_digest)).first()
    if found is not None:
        clerk = session.get_one(Clerk, found.clerk_id)
        place, subject = found.place, f"clerk/{clerk.id}"
        end(session, found)
        tell(session, rules, "account.signed_off", now, clerk.staff_number, place, subject)


def end(session: Session, found: SignIn) -> None:
    """Its program goes to the locked page as soon as it looks."""
    session.delete(found)
    session.flush()


def end_past(session: Session, rules: HallRules, now: datetime) -> None:
    """Who was left signed in at a station on an earlier business day is signed off."""
    for one in left_at_stations(session, rules, now):
        place, subject = one.place, f"clerk/{one.clerk_id}"
        end(session, one)
        tell(session, rules, "account.left_over", now, "system", place, subject)


def seen(session: Session, token_digest: str, now: datetime) -> None:
    """Its program runs."""
    session.execute(
        update(SignIn).where(col(SignIn.token_digest) == token_digest).values(seen_at=now)
    )
