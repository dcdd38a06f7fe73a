"""意见箱: anyone puts something in; supervision reads and answers it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from db import journal
from db.tables import Clerk, Suggestion, SuggestionKind, SuggestionSubject
from db.tables.suggestions import OPEN_SUGGESTION
from hall import number_series, rights
from hall.counters import counters
from hall.errors.notices import TextTooLong
from hall.errors.suggestions import (
    AnswerMissing,
    BoxFull,
    PhoneWrong,
    SuggestionAnswered,
    UnknownSuggestion,
)
from hall.hall_rules import HallRules
from hall.names import plain, tidy_code
from hall.rights import Right
from hall.tickets import assistance_words

LONGEST = 400
"""Characters of an answer."""
PHONE_DIGITS = (5, 15)
"""A number of one's own town has seven or eight, with a country's code up to fifteen (E.164)."""
NUMBER = re.compile(r"(?:议?(?P<year>[0-9]{4})-|议?)0*(?P<number>[0-9]{1,9})")

# -- rules ---------------------------------------------------------------------------------------


def checked_phone(phone: str) -> str:
    """Its digits; empty: no answer is wanted. Raises PhoneWrong."""
    digits = re.sub(r"[\s()+-]", "", plain(phone))
    least, most = PHONE_DIGITS
    if digits and not (digits.isascii() and digits.isdigit() and least <= len(digits) <= most):
        raise PhoneWrong(least=least, most=most)
    return digits


def masked_phone(phone: str) -> str:
    """138····1234."""
    shown = 3 if len(phone) > 7 else 0
    return f"{phone[:shown]}····{phone[-4:]}" if phone else ""


# -- reading -------------------------------------------------------------------------------------


def still_open(session: Session, rules: HallRules) -> Sequence[Suggestion]:
    """Those without an answer, the oldest first."""
    return session.exec(
        select(Suggestion)
        .where(OPEN_SUGGESTION, Suggestion.hall_id == rules.hall_id)
        .order_by(col(Suggestion.id))
    ).all()


def count_open(session: Session, rules: HallRules) -> int:
    return session.exec(
        select(func.count())
        .select_from(Suggestion)
        .where(OPEN_SUGGESTION, Suggestion.hall_id == rules.hall_id)
    ).one()


def of_year(session: Session, rules: HallRules, year: int) -> Sequence[Suggestion]:
    return session.exec(
        select(Suggestion)
        .where(Suggestion.hall_id == rules.hall_id, Suggestion.year == year)
        .order_by(col(Suggestion.number))
    ).all()


def by_number(session: Session, rules: HallRules, text: str, now: datetime) -> Suggestion:
    """议2026-0007, or 7 of this year; raises UnknownSuggestion."""
    match = NUMBER.fullmatch(tidy_code(text))
    if match is not None:
        year = int(match["year"]) if match["year"] else rules.local(now).year
        found = session.exec(
            select(Suggestion).where(
                Suggestion.hall_id == rules.hall_id,
                Suggestion.year == year,
                Suggestion.number == int(match["number"]),
            )
        ).first()
        if found is not None:
            return found
    raise UnknownSuggestion(number=plain(text))


# -- operations ----------------------------------------------------------------------------------


def make(
    session: Session,
    rules: HallRules,
    kind: SuggestionKind,
    subject: SuggestionSubject,
    now: datetime,
    *,
    place: str,
    counter: int | None = None,
    words: str = "",
    phone: str = "",
) -> Suggestion:
    """Put it into the box. Needs a write transaction.

    Raises BoxFull when too many came from this place within the hour, UnknownCounter, PhoneWrong,
    AssistanceTooLong, PersonalNumber.
    """
    phone, words = checked_phone(phone), assistance_words.checked(words)
    limit = rules.numbers.suggestions_an_hour
    since = now - timedelta(hours=1)
    recent = select(func.count()).select_from(Suggestion)
    recent = recent.where(
        Suggestion.hall_id == rules.hall_id, Suggestion.place == place, Suggestion.made_at > since
    )
    if session.exec(recent).one() >= limit:
        raise BoxFull(limit=limit)
    counter_id = counters.by_number(session, rules, counter).id if counter is not None else None
    year = rules.local(now).year
    added = Suggestion(
        hall_id=rules.hall_id,
        year=year,
        number=number_series.take(session, rules.hall_id, f"suggestion/{year}"),
        kind=kind.value,
        subject=subject.value,
        counter_id=counter_id,
        words=words,
        phone=phone,
        place=place,
        made_at=now,
    )
    session.add(added)
    session.flush()
    told = {"number": added.name, "kind": added.kind, "subject": added.subject, "counter": counter}
    entry = journal.Entry(
        "suggestion.made", place=place, subject=f"suggestion/{added.id}", after=told
    )
    journal.append(session, rules.hall_id, entry, now)
    return added


def answer(
    session: Session, rules: HallRules, number: str, words: str, clerk: Clerk, now: datetime
) -> Suggestion:
    """What was done about it; with it the telephone number is erased.

    Raises NotAllowed, UnknownSuggestion, SuggestionAnswered, AnswerMissing, TextTooLong.
    """
    rights.check(clerk, Right.ANSWER_SUGGESTIONS)
    found = by_number(session, rules, number, now)
    if found.answered_at is not None:
        raise SuggestionAnswered(number=found.name)
    words = plain(words)
    if not words:
        raise AnswerMissing(number=found.name)
    if len(words) > LONGEST:
        raise TextTooLong(beginning=words[:10], count=len(words), most=LONGEST)
    found.answer, found.answered_at, found.answered_by_id = words, now, clerk.id
    found.phone = ""
    session.flush()
    entry = journal.Entry(
        "suggestion.answered",
        who=clerk.staff_number,
        subject=f"suggestion/{found.id}",
        after={"number": found.name},
    )
    journal.append(session, rules.hall_id, entry, now)
    return found
