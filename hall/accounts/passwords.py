"""Passwords: which are fit, and what Argon2 makes of them. Knows no database."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret_raw

from hall.errors.accounts import PasswordNotNew, PasswordTooEasy, PasswordTooShort
from hall.fingerprint import fingerprint
from hall.names import tidy_code
from hall.settings import AccountSettings

PARALLELISM = 4
"""Lanes, as RFC 9106 has it."""

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Of a one-time password: nothing that looks like something else, nothing that needs Shift."""
GROUPS, GROUP_LENGTH = 3, 4


def encoded(password: str) -> bytes:
    """Alike whether the input method was in full width; whatever a terminal may send."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


# -- fitness ---------------------------------------------------------------------------------------


def check_fit(password: str, staff_number: str, least: int) -> None:
    """Raises PasswordTooShort, PasswordTooEasy."""
    if len(unicodedata.normalize("NFKC", password)) < least:
        raise PasswordTooShort(least=least)
    tidy = tidy_code(password)
    if not tidy.replace(tidy_code(staff_number), "") or len(set(tidy)) == 1:
        raise PasswordTooEasy()


def check_new(password: str, old: str) -> None:
    """Raises PasswordNotNew."""
    if encoded(password) == encoded(old):
        raise PasswordNotNew()


def one_time() -> str:
    """59 bits, in groups that can be read over somebody's shoulder or from a slip of paper."""
    return "-".join(
        "".join(secrets.choice(SIGNS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS)
    )


# -- Argon2 ----------------------------------------------------------------------------------------


def hasher(settings: AccountSettings) -> PasswordHasher:
    return PasswordHasher(
        time_cost=settings.time_cost, memory_cost=settings.memory_kib, parallelism=PARALLELISM
    )


def hashed(settings: AccountSettings, password: str) -> str:
    return hasher(settings).hash(encoded(password))


def is_right(settings: AccountSettings, kept: str, password: str) -> bool:
    """Takes as long as `hashed`, on purpose: never inside a transaction, which others wait for."""
    try:
        return hasher(settings).verify(kept, encoded(password))
    except (VerificationError, InvalidHashError):
        return False


def kept_with_other_costs(settings: AccountSettings, kept: str) -> bool:
    return hasher(settings).check_needs_rehash(kept)


def slow_digest(settings: AccountSettings, hall_code: str, typed: str) -> str:
    """Of a staff number without a password: costs what checking a password costs."""
    salt = bytes.fromhex(fingerprint({"unknown staff number": hall_code}))[:16]
    return hash_secret_raw(
        encoded(typed),
        salt,
        time_cost=settings.time_cost,
        memory_cost=settings.memory_kib,
        parallelism=PARALLELISM,
        hash_len=32,
        type=Type.ID,
    ).hex()
