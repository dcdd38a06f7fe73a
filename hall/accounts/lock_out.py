"""Lock-out: what a wrong password costs, the same for a number nobody has.

What Argon2 says is brought from outside (`hall.accounts.authentication`): no transaction waits for
it.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from db.tables import Clerk, Credential, UnknownSignIn
from hall.accounts.account_journal import tell
from hall.errors import Refused
from hall.errors.accounts import LockedOut, OneTimePasswordOver, SignInRefused
from hall.hall_rules import HallRules
from hall.settings import AccountSettings

FORGET_UNKNOWN = timedelta(days=1)
"""After that a number nobody has is tried as if for the first time."""

MOST_DOUBLINGS = 64
"""Beyond that the longest delay is reached whatever the factor; a float has an end."""

# -- rules ---------------------------------------------------------------------------------------


def lock_length(failed: int, settings: AccountSettings) -> timedelta | None:
    """How long so many wrong passwords in a row lock the account; None while they are free."""
    beyond = failed - settings.free_tries
    if beyond < 1:
        return None
    seconds = settings.first_delay_s * settings.delay_factor ** min(beyond - 1, MOST_DOUBLINGS)
    return timedelta(seconds=min(seconds, settings.longest_delay_s))


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    return locked_until is not None and now < locked_until


def is_over(credential: Credential, settings: AccountSettings, now: datetime) -> bool:
    """Whether it is a one-time password that waited too long."""
    lifetime = timedelta(hours=settings.one_time_hours)
    return credential.must_change and now >= credential.changed_at + lifetime


# -- operations ----------------------------------------------------------------------------------


def judge(
    session: Session,
    rules: HallRules,
    settings: AccountSettings,
    clerk: Clerk,
    credential: Credential,
    right: bool,
    place: str,
    now: datetime,
) -> Refused | None:
    """Count a try and say what it comes to; None: let in. The caller commits even a refusal.

    While the account is locked a right password is worth nothing, and is not told from a wrong one.
    """
    who = clerk.staff_number
    subject = f"clerk/{clerk.id}"
    if is_locked(credential.locked_until, now):
        assert credential.locked_until is not None
        tell(session, rules, "account.refused", now, who, place, subject, why="locked")
        return locked_out(rules, credential.locked_until)
    if right and is_over(credential, settings, now):
        tell(session, rules, "account.refused", now, who, place, subject, why="one_time_over")
        return OneTimePasswordOver()
    if right:
        credential.failed, credential.locked_until = 0, None
        return None
    credential.failed += 1
    tell(session, rules, "account.refused", now, who, place, subject, why="wrong_password")
    length = lock_length(credential.failed, settings)
    if length is None:
        return SignInRefused()
    credential.locked_until = now + length
    until = {"until": credential.locked_until.isoformat()}
    tell(session, rules, "account.locked", now, who, place, subject, after=until)
    return locked_out(rules, credential.locked_until)


def judge_unknown(
    session: Session,
    rules: HallRules,
    settings: AccountSettings,
    clerk: Clerk | None,
    digest: str,
    place: str,
    now: datetime,
) -> Refused:
    """As `judge`, in the same words, for a number nobody has or whose clerk has no password."""
    who = clerk.staff_number if clerk is not None else ""
    session.execute(
        delete(UnknownSignIn).where(
            col(UnknownSignIn.hall_id) == rules.hall_id,
            col(UnknownSignIn.tried_at) < now - FORGET_UNKNOWN,
        )
    )
    found = session.get(UnknownSignIn, (rules.hall_id, digest))
    if found is None:
        found = UnknownSignIn(hall_id=rules.hall_id, digest=digest, failed=0, tried_at=now)
        session.add(found)
    if is_locked(found.locked_until, now):
        assert found.locked_until is not None
        tell(session, rules, "account.refused", now, who, place, why="locked")
        return locked_out(rules, found.locked_until)
    found.failed, found.tried_at = found.failed + 1, now
    why = "no_password" if clerk is not None else "unknown_number"
    tell(session, rules, "account.refused", now, who, place, why=why)
    length = lock_length(found.failed, settings)
    if length is None:
        return SignInRefused()
    found.locked_until = now + length
    until = {"until": found.locked_until.isoformat()}
    tell(session, rules, "account.locked", now, who, place, after=until)
    return locked_out(rules, found.locked_until)


def locked_out(rules: HallRules, until: datetime) -> LockedOut:
    return LockedOut(until=rules.local(until).strftime("%H:%M:%S"))
