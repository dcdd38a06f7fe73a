"""By when an inquiry should have its result.

Monday to Friday count as working days; what the state moves to or from a weekend is not known here.
"""

from datetime import date, datetime, timedelta

from hall.hall_rules import HallRules


def working_days_after(first: date, last: date) -> int:
    """How many Mondays to Fridays follow the first day, up to the last."""
    days = max(0, (last - first).days)
    weeks, rest = divmod(days, 7)
    later = (first + timedelta(days=step) for step in range(1, rest + 1))
    return weeks * 5 + sum(day.weekday() < 5 for day in later)


def is_overdue(rules: HallRules, asked_at: datetime, now: datetime) -> bool:
    asked_on, today = rules.business_day(asked_at), rules.business_day(now)
    return working_days_after(asked_on, today) > rules.numbers.inquiry_days
