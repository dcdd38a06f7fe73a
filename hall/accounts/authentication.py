"""Whether somebody is who they say; and their password, given, changed, chosen anew.

Argon2 takes a tenth of a second and more, so it works between transactions, never in one. What was
refused is committed before it is raised: a wrong password costs something, whatever comes after.
"""

from dataclasses import dataclass, field

from sqlmodel import Session

from db.engine import reading, writing
from hall import rights
from hall.accounts import accounts, lock_out, passwords, signed_in
from hall.counters import counters
from hall.errors import Refused
from hall.errors.accounts import SignInRefused
from hall.names import tidy_code
from hall.open_hall import OpenHall
from hall.rights import Right


@dataclass(frozen=True)
class Known:
    """Somebody whose password was right just now."""

    clerk_id: int
    staff_number: str
    must_change: bool
    password_hash: str = field(repr=False)


def authenticate(hall: OpenHall, staff_number: str, password: str, place: str) -> Known:
    """`place` is for the journal. Raises SignInRefused, LockedOut, OneTimePasswordOver.

    A number nobody has costs the same time and brings the same words.
    """
    while True:
        with reading(hall.engine) as session:
            _, credential = accounts.find(session, hall.rules, staff_number)
            kept = credential.password_hash if credential is not None else None
        if kept is None:
            raise nobody(hall, staff_number, place)
        known = somebody(hall, staff_number, password, kept, place)
        if known is not None:
            return known
        # It was changed since it was read: what Argon2 said was about another password.


def nobody(hall: OpenHall, staff_number: str, place: str) -> Refused:
    settings = hall.settings.accounts
    digest = passwords.slow_digest(settings, hall.rules.code, tidy_code(staff_number))
    with writing(hall.engine) as session:
        clerk, _ = accounts.find(session, hall.rules, staff_number)
        return lock_out.judge_unknown(
            session, hall.rules, settings, clerk, digest, place, hall.now()
        )


def somebody(
    hall: OpenHall, staff_number: str, password: str, kept: str, place: str
) -> Known | None:
    """None when the password kept is another one by now."""
    settings = hall.settings.accounts
    right = passwords.is_right(settings, kept, password)
    fresh = kept
    if right and passwords.kept_with_other_costs(settings, kept):
        fresh = passwords.hashed(settings, password)
    with writing(hall.engine) as session:
        clerk, credential = accounts.find(session, hall.rules, staff_number)
        if clerk is None or credential is None or credential.password_hash != kept:
            return None
        refusal = lock_out.judge(
            session, hall.rules, settings, clerk, credential, right, place, hall.now()
        )
        if refusal is None:
            assert clerk.id is not None
            credential.password_hash = fresh
            return Known(clerk.id, clerk.staff_number, credential.must_change, fresh)
    raise refusal


def change_own(hall: OpenHall, staff_number: str, old: str, new: str, place: str) -> None:
    """Raises what `authenticate` raises for the old one, and for the new one PasswordTooShort,
    PasswordTooEasy, PasswordNotNew."""
    settings = hall.settings.accounts
    passwords.check_fit(new, staff_number, settings.password_length)
    passwords.check_new(new, old)
    known = authenticate(hall, staff_number, old, place)
    fresh = passwords.hashed(settings, new)
    with writing(hall.engine) as session:
        clerk, credential = accounts.find(session, hall.rules, staff_number)
        if clerk is None or credential is None or credential.password_hash != known.password_hash:
            raise SignInRefused()  # an administrator was quicker
        accounts.keep_password(
            session,
            hall.rules,
            clerk,
            fresh,
            hall.now(),
            must_change=False,
            who=clerk.staff_number,
            place=place,
        )


@dataclass(frozen=True)
class Given:
    staff_number: str
    name: str
    password: str = field(repr=False)
    """To be told once; it is kept nowhere."""
    first: bool
    """With it accounts are in force in this hall."""
    without: int
    """So many others cannot sign in, for they have no password."""


def give_one_time(hall: OpenHall, staff_number: str, *, by: str, place: str) -> Given:
    """By an administrator; empty `by`: by whoever has the machine. Where the clerk is signed in,
    that ends. Raises UnknownClerk, NotAllowed."""
    password = passwords.one_time()
    fresh = passwords.hashed(hall.settings.accounts, password)
    rules, now = hall.rules, hall.now()
    with writing(hall.engine) as session:
        who = administrator(session, hall, by)
        clerk = counters.clerk_by_staff_number(session, rules, staff_number)
        first = not accounts.in_force(session, rules.hall_id)
        accounts.keep_password(
            session, rules, clerk, fresh, now, must_change=True, who=who, place=place
        )
        found = signed_in.of_clerk(session, clerk)
        if found is not None:
            signed_in.end(session, found)
        without = [one for one in accounts.listed(session, rules, now) if one.password == "none"]
    return Given(clerk.staff_number, clerk.name, password, first, len(without))


def administrator(session: Session, hall: OpenHall, staff_number: str) -> str:
    """The staff number of who manages users, as it is kept; empty for whoever has the machine.

    Raises UnknownClerk, NotAllowed.
    """
    if not staff_number:
        return ""
    clerk = counters.clerk_by_staff_number(session, hall.rules, staff_number)
    rights.check(clerk, Right.MANAGE_USERS)
    return clerk.staff_number
