"""How long a counter is busy with a matter: learned from visits, the catalogue's minutes at first.

Every rule in one place, without a database: the running figures, what a visit adds to them, and
what follows from them (docs/decisions/0009 has the reasons of the numbers).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.tables import Ticket

CATALOGUE_VISITS = 10
"""What the catalogue says counts as so many visits."""
CATALOGUE_UNSURE = 0.5**2
"""How far the catalogue may be off: of the minutes, squared."""
SPREAD = 0.7
"""How much visits differ (variance relative to the mean squared) until so many were seen."""
DAY_KEEPS = 0.95
"""What visits of a day count one day later; a fortnight later half."""
LONGEST = 5
"""A visit counts for so many times the usual minutes at most: its finish was forgotten."""
MARKED = 3.5**2
"""Only a day this much (in standard errors, squared) off the usual pace changes what is told."""
MARKED_VISITS = 12
"""And only after so many visits."""


@dataclass
class ServiceFigures:
    """As in `db.tables.ServicePace`."""

    day: date
    visits: float = 0
    minutes: float = 0
    squares: float = 0

    def age(self, today: date) -> None:
        kept = keeps(self.day, today)
        self.visits *= kept
        self.minutes *= kept
        self.squares *= kept
        self.day = max(self.day, today)

    def add(self, minutes: float, sign: int) -> None:
        self.visits = max(0, self.visits + sign)
        self.minutes = max(0, self.minutes + sign * minutes)
        self.squares = max(0, self.squares + sign * minutes**2)


@dataclass
class GroupFigures:
    """As in `db.tables.GroupPace`."""

    day: date
    visits: float = 0
    ratios: float = 0
    privileged: float = 0
    day_visits: int = 0
    day_minutes: float = 0
    day_expected: float = 0

    def age(self, today: date) -> None:
        if self.day < today:
            kept = keeps(self.day, today)
            self.visits *= kept
            self.ratios *= kept
            self.privileged *= kept
            self.day_visits, self.day_minutes, self.day_expected = 0, 0, 0
            self.day = today

    def add(
        self, minutes: float, catalogue: float, expected: float, privileged: bool, sign: int
    ) -> None:
        self.visits = max(0, self.visits + sign)
        self.ratios = max(0, self.ratios + sign * minutes / catalogue)
        self.privileged = max(0, self.privileged + sign * privileged)
        self.day_visits = max(0, self.day_visits + sign)
        self.day_minutes = max(0, self.day_minutes + sign * minutes)
        self.day_expected = max(0, self.day_expected + sign * expected)

    def today(self) -> float:
        """How slow this day is against the usual pace; 1 unless it is so markedly.

        Never faster: what is over in the first minutes of a day is what took short.
        """
        if self.day_visits < MARKED_VISITS or not self.day_expected:
            return 1
        off = self.day_minutes / self.day_expected - 1
        errors = off**2 * self.day_visits
        return 1 + off * (1 - MARKED / errors) if off > 0 and errors > MARKED else 1


@dataclass(frozen=True, slots=True)
class Pace:
    minutes: float
    spread: float
    """How much visits differ: variance relative to the mean squared."""
    unsure: float
    """The same of what is known of the mean itself."""


def keeps(day: date, today: date) -> float:
    return float(DAY_KEEPS ** max(0, (today - day).days))


def usual(service: ServiceFigures | None, group: GroupFigures | None, catalogue: float) -> Pace:
    """What a matter takes on most days; figures aged to today.

    A matter seldom asked for is as much slower than the catalogue says as the others of its group.
    """
    expected = catalogue
    if group is not None:
        others, ratios = group.visits, group.ratios
        if service is not None:
            others = max(0, others - service.visits)
            ratios = max(0, ratios - service.minutes / catalogue) if others else 0
        expected *= (CATALOGUE_VISITS + ratios) / (CATALOGUE_VISITS + others)
    if service is None or not service.visits:
        return Pace(expected, SPREAD, CATALOGUE_UNSURE)
    known = CATALOGUE_VISITS + service.visits
    minutes = (CATALOGUE_VISITS * expected + service.minutes) / known
    seen = service.squares * service.visits / service.minutes**2 - 1 if service.minutes else SPREAD
    spread = (CATALOGUE_VISITS * SPREAD + service.visits * max(0, seen)) / known
    unsure = spread / known + CATALOGUE_UNSURE * (CATALOGUE_VISITS / known) ** 2
    return Pace(minutes, spread, unsure)


def occupied_minutes(ticket: Ticket, free_at: datetime | None, now: datetime) -> float | None:
    """How long a counter was busy with whoever it called: to tidy its desk for them, to be heard,
    to wait while they walk, to serve.

    `free_at`: when the one before was gone. None when it was not called: a matter served at once
    tells nothing of the line.
    """
    if ticket.called_at is None:
        return None
    since = ticket.called_at
    if ticket.held_s and ticket.started_at is not None:
        since = ticket.started_at  # what was held has been moved out of the time since then
    elif free_at is not None and stood_in_line(ticket, free_at) and free_at < since:
        since = free_at
    return max(0.0, (now - since).total_seconds() / 60)


def stood_in_line(ticket: Ticket, moment: datetime) -> bool:
    """For sure; who was passed on joined a second time, nobody knows when."""
    return ticket.issued_at <= moment and not ticket.served_s


class Paces:
    """Of a hall, at one day."""

    def __init__(
        self,
        services: Mapping[str, ServiceFigures],
        groups: Mapping[int, GroupFigures],
        today: date,
    ) -> None:
        self.services = services
        self.groups = groups
        for of_service in services.values():
            of_service.age(today)
        for of_group in groups.values():
            of_group.age(today)
        self.slow = {group: figures.today() for group, figures in groups.items()}
        self.known: dict[tuple[str, int, float], Pace] = {}

    def of(self, code: str, group: int, catalogue: float) -> Pace:
        """Of a matter today."""
        key = (code, group, catalogue)
        found = self.known.get(key)
        if found is None:
            often = usual(self.services.get(code), self.groups.get(group), catalogue)
            slow = self.slow.get(group, 1)
            found = Pace(often.minutes * slow, often.spread, often.unsure)
            self.known[key] = found
        return found

    def privileged_share(self, groups: Collection[int]) -> float:
        """How many of a hundred visits to these groups are of a privileged class, over 100."""
        figures = [one for group, one in self.groups.items() if group in groups]
        visits = sum(one.visits for one in figures)
        return sum(one.privileged for one in figures) / (visits + CATALOGUE_VISITS)


def spread(paces: Sequence[Pace]) -> float:
    """How much visits for the same matter differ, on average."""
    return sum(one.spread for one in paces) / len(paces) if paces else SPREAD


def in_all(paces: Sequence[Pace]) -> Pace:
    """How much the matters of several visits differ, and how sure their minutes are."""
    if not paces:
        return Pace(0, SPREAD, CATALOGUE_UNSURE)
    number = len(paces)
    minutes = sum(one.minutes for one in paces) / number
    squares = sum(one.minutes**2 * (1 + one.spread) for one in paces) / number
    unsure = sum(one.unsure for one in paces) / number
    return Pace(minutes, squares / minutes**2 - 1, unsure)


def learn(
    service: ServiceFigures,
    group: GroupFigures,
    catalogue: float,
    took: float,
    privileged: bool,
    today: date,
    *,
    sign: int = 1,
) -> None:
    """Add a visit to both; take it back with -1."""
    service.age(today)
    group.age(today)
    expected = usual(service, group, catalogue).minutes
    counted = min(took, LONGEST * expected * group.today())
    service.add(counted, sign)
    group.add(counted, catalogue, expected, privileged, sign)
