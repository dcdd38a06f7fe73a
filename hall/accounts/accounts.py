"""Accounts: who has a password and who has none, given, changed and unlocked.

What Argon2 makes of a password is brought from outside (`hall.accounts.authentication`): no
transaction waits for it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import Clerk, Credential, SignIn
from hall.accounts.account_journal import tell
from hall.accounts.lock_out import is_locked
from hall.errors.accounts import NoPasswordYet, StaffNumberTaken
from hall.hall_rules import HallRules
from hall.names import plain, tidy_code

# -- reading -------------------------------------------------------------------------------------


def in_force(session: Session, hall_id: int) -> bool:
    """From the first password in the hall on nobody works without one (docs/decisions/0014)."""
    found = select(Credential.clerk_id).where(Credential.hall_id == hall_id).limit(1)
    return session.exec(found).first() is not None


@dataclass(frozen=True)
class Listed:
    staff_number: str
    name: str
    role: str
    department: str
    password: str
    """With "none", "one_time" or "own"."""
    locked_until: datetime | None
    place: str
    """Where signed in; empty: nowhere."""
    since: datetime | None
    seen_at: datetime | None


def listed(session: Session, rules: HallRules, now: datetime) -> list[Listed]:
    """Everybody of the hall, by staff number."""
    rows = session.exec(
        select(Clerk, Credential, SignIn)
        .join(Credential, col(Credential.clerk_id) == col(Clerk.id), isouter=True)
        .join(SignIn, col(SignIn.clerk_id) == col(Clerk.id), isouter=True)
        .where(Clerk.hall_id == rules.hall_id, col(Clerk.withdrawn).is_(False))
        .order_by(col(Clerk.staff_number))
    ).all()
    return [one_listed(clerk, credential, sign_in, now) for clerk, credential, sign_in in rows]


def one_listed(
    clerk: Clerk, credential: Credential | None, sign_in: SignIn | None, now: datetime
) -> Listed:
    locked = credential is not None and is_locked(credential.locked_until, now)
    password = "none"
    if credential is not None:
        password = "one_time" if credential.must_change else "own"
    return Listed(
        clerk.staff_number,
        clerk.name,
        clerk.role,
        clerk.department,
        password,
        credential.locked_until if locked and credential is not None else None,
        sign_in.place if sign_in is not None else "",
        sign_in.since if sign_in is not None else None,
        sign_in.seen_at if sign_in is not None else None,
    )


def find(
    session: Session, rules: HallRules, staff_number: str
) -> tuple[Clerk | None, Credential | None]:
    """Of this number as it was typed; a clerk who has left is nobody."""
    clerk = session.exec(
        select(Clerk).where(
            Clerk.hall_id == rules.hall_id,
            Clerk.staff_number == tidy_code(staff_number),
            col(Clerk.withdrawn).is_(False),
        )
    ).first()
    return clerk, session.get(Credential, clerk.id) if clerk is not None else None


# -- operations ----------------------------------------------------------------------------------


def keep_password(
    session: Session,
    rules: HallRules,
    clerk: Clerk,
    password_hash: str,
    now: datetime,
    *,
    must_change: bool,
    who: str,
    place: str,
) -> None:
    """The account is unlocked by it."""
    assert clerk.id is not None
    credential = session.get(Credential, clerk.id)
    if credential is None:
        credential = Credential(
            clerk_id=clerk.id,
            hall_id=rules.hall_id,
            password_hash=password_hash,
            must_change=must_change,
            changed_at=now,
        )
        session.add(credential)
    credential.password_hash, credential.must_change = password_hash, must_change
    credential.changed_at, credential.failed, credential.locked_until = now, 0, None
    session.flush()
    what = "account.password_given" if must_change else "account.password_changed"
    tell(session, rules, what, now, who, place, f"clerk/{clerk.id}")


def unlock(
    session: Session, rules: HallRules, clerk: Clerk, now: datetime, *, who: str, place: str
) -> bool:
    """Whether it was locked. Raises NoPasswordYet."""
    credential = session.get(Credential, clerk.id)
    if credential is None:
        raise NoPasswordYet(clerk=clerk.staff_number)
    was_locked = is_locked(credential.locked_until, now)
    credential.failed, credential.locked_until = 0, None
    session.flush()
    tell(session, rules, "account.unlocked", now, who, place, f"clerk/{clerk.id}")
    return was_locked


def add_clerk(
    session: Session,
    rules: HallRules,
    staff_number: str,
    name: str,
    role: str,
    now: datetime,
    *,
    department: str = "",
    who: str,
    place: str,
) -> Clerk:
    """Without a password yet; one who had left comes back, with the password of then.

    Raises StaffNumberTaken.
    """
    number = tidy_code(staff_number)
    clerk = session.exec(
        select(Clerk).where(Clerk.hall_id == rules.hall_id, Clerk.staff_number == number)
    ).first()
    if clerk is not None and not clerk.withdrawn:
        raise StaffNumberTaken(clerk=number, name=clerk.name)
    if clerk is None:
        clerk = Clerk(
            hall_id=rules.hall_id, staff_number=number, name="", department="", title="", role=role,
            phone="",
        )  # fmt: skip
        session.add(clerk)
    clerk.name, clerk.role, clerk.department = plain(name), role, plain(department)
    clerk.withdrawn = False
    session.flush()
    subject = f"clerk/{clerk.id}"
    tell(session, rules, "account.added", now, who, place, subject, after={"role": str(role)})
    return clerk
