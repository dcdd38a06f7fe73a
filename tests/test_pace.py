"""The learned pace: the catalogue at first, then what visits really take."""

import random
from datetime import date, timedelta

import pytest

from hall.settings import HallSettings
from hall.tickets.estimate import CounterAhead, Newcomer, Waiting
from hall.tickets.hall_ahead import HallAhead
from hall.tickets.pace import GroupFigures, Paces, ServiceFigures, learn

MONDAY = date(2026, 11, 23)
GROUP = 1
CATALOGUE = 10


class Learner:
    """Of one group."""

    def __init__(self) -> None:
        self.services: dict[str, ServiceFigures] = {}
        self.group = GroupFigures(MONDAY)

    def see(self, *took: float, code: str = "T1", day: date = MONDAY, sign: int = 1) -> None:
        for minutes in took:
            service = self.services.setdefault(code, ServiceFigures(day))
            learn(service, self.group, CATALOGUE, minutes, False, day, sign=sign)

    def paces(self, day: date = MONDAY) -> Paces:
        return Paces(self.services, {GROUP: self.group}, day)

    def minutes(self, code: str = "T1", day: date = MONDAY) -> float:
        return self.paces(day).of(code, GROUP, CATALOGUE).minutes


@pytest.fixture
def learner() -> Learner:
    return Learner()


def test_nothing_seen_is_as_the_catalogue_says(learner: Learner) -> None:
    assert learner.minutes() == CATALOGUE


def test_the_first_visits_of_a_hall_move_it_only_a_little(learner: Learner) -> None:
    learner.see(2)
    assert 8 < learner.minutes() < 10


def test_many_visits_say_what_it_takes_whatever_the_catalogue_says(learner: Learner) -> None:
    chance = random.Random(1)
    learner.see(*(chance.expovariate(1 / 25) for _ in range(2000)))
    assert learner.minutes() == pytest.approx(25, rel=0.08)


def test_a_forgotten_finish_counts_as_a_few_visits_at_most(learner: Learner) -> None:
    learner.see(*[10] * 90)
    before = learner.minutes()
    learner.see(600)
    assert learner.minutes() < before * 1.06


def test_the_mean_of_very_different_visits_is_not_lost_by_that(learner: Learner) -> None:
    chance = random.Random(2)
    learner.see(*(chance.lognormvariate(2, 0.8) for _ in range(4000)))
    mean = 2.718281828 ** (2 + 0.8**2 / 2)
    assert learner.minutes() == pytest.approx(mean, rel=0.05)


def test_the_morning_begins_with_what_yesterday_taught(learner: Learner) -> None:
    learner.see(*[20] * 60)
    tuesday = MONDAY + timedelta(days=1)

    assert learner.minutes(day=tuesday) > 18
    learner.see(4, 4, day=tuesday)
    assert learner.minutes(day=tuesday) > 17


def test_older_days_weigh_less(learner: Learner) -> None:
    learner.see(*[30] * 50)
    later = MONDAY + timedelta(days=60)
    learner.see(*[10] * 50, day=later)
    assert learner.minutes(day=later) == pytest.approx(11, abs=1.5)


def test_a_markedly_slow_day_is_told_of_on_that_day(learner: Learner) -> None:
    tuesday = MONDAY + timedelta(days=1)
    learner.see(*[10] * 300)
    learner.see(*[25] * 25, day=tuesday)

    assert learner.minutes(day=tuesday) > 20
    assert learner.minutes(day=tuesday + timedelta(days=1)) < 13


def test_what_is_over_in_the_first_minutes_makes_no_fast_day(learner: Learner) -> None:
    tuesday = MONDAY + timedelta(days=1)
    learner.see(*[10] * 900)
    learner.see(*[2] * 60, day=tuesday)  # of sixty counters, all others are still at it
    assert learner.minutes(day=tuesday) > 9


def test_a_matter_seldom_asked_for_is_as_slow_as_its_group(learner: Learner) -> None:
    learner.see(*[20] * 100, code="often")
    assert learner.minutes("seldom") > 18


def test_less_known_is_less_sure(learner: Learner) -> None:
    new = learner.paces().of("T1", GROUP, CATALOGUE)
    learner.see(*[8, 12] * 50)
    known = learner.paces().of("T1", GROUP, CATALOGUE)

    assert known.unsure < new.unsure / 10
    assert known.spread < 0.2  # all take about the same


def test_what_is_taken_back_was_never_seen(learner: Learner) -> None:
    learner.see(*[12] * 20)
    before = learner.minutes()
    learner.see(30)
    learner.see(30, sign=-1)
    assert learner.minutes() == pytest.approx(before, rel=0.01)


def test_a_clock_set_back_ages_nothing(learner: Learner) -> None:
    learner.see(*[20] * 50)
    learner.see(20, day=MONDAY - timedelta(days=30))
    assert learner.services["T1"].visits == pytest.approx(51)


def test_where_many_privileged_come_an_ordinary_citizen_is_told_of_those_to_come() -> None:
    def told(privileged: float, due_in: int) -> float:
        group = GroupFigures(MONDAY, visits=90, ratios=90, privileged=privileged)
        hall = HallAhead(
            [Waiting(("group", GROUP), 10)],
            [CounterAhead([GROUP], 10)],
            [],
            Paces({}, {GROUP: group}, MONDAY),
        )
        newcomer = Newcomer(("group", GROUP))
        found = hall.look([newcomer], timedelta(minutes=due_in), HallSettings())[0]
        assert found is not None
        return found.mean_s / 60

    ordinary, elderly = 20, 5
    assert told(30, ordinary) > told(0, ordinary) + 4
    assert told(30, elderly) == told(0, elderly)
