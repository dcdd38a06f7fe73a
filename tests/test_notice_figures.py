"""Which papers people come without, and whose notices had to be corrected."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from db.tables import CatalogueVersion, Clerk, Material, Notice, NoticeFault, Service
from hall.catalogue import catalogue
from hall.hall_rules import HallRules
from hall.notices import notice_corrections, notices
from hall.notices.notice_content import SpecialMaterial
from hall.notices.notice_figures import Corrected, NoticeFigures, read_figures

pytestmark = pytest.mark.each_engine

MONDAY = date(2026, 11, 23)


@pytest.fixture
def clerk(session: Session) -> Clerk:
    return session.get_one(Clerk, 1)


def service(session: Session, rules: HallRules, code: str = "T201") -> Service:
    return catalogue.service(session, rules, code)[0]


def counted(figures: NoticeFigures) -> list[tuple[str, str, int, int]]:
    return [
        (one.service_code, one.material["zh"], one.missing, one.wrong) for one in figures.materials
    ]


def test_an_empty_range_counts_nothing(session: Session, rules: HallRules) -> None:
    figures = read_figures(session, rules, MONDAY, MONDAY - timedelta(days=3))
    assert (figures.notices, figures.materials, figures.corrections) == (0, (), ())


def test_papers_are_counted_by_matter_and_name_the_most_missed_first(
    session: Session, rules: HallRules, clerk: Clerk, nine: datetime
) -> None:
    here, loan = service(session, rules), service(session, rules, "D301")
    by_hand = [SpecialMaterial("委托书")]
    notices.issue(session, rules, here, clerk, {1}, {3: "未备案"}, nine, special=by_hand)
    notices.issue(session, rules, here, clerk, {1, 3}, {}, nine)
    notices.issue(session, rules, here, clerk, {3}, {}, nine)
    notices.issue(session, rules, loan, clerk, {1}, {}, nine)

    figures = read_figures(session, rules, MONDAY, MONDAY)

    assert figures.notices == 4
    assert counted(figures) == [
        ("T201", "购房合同", 2, 1),
        ("T201", "居民身份证", 2, 0),
        ("D301", "居民身份证", 1, 0),
        ("T201", "委托书", 1, 0),
    ]
    assert [one.special for one in figures.materials] == [False, False, False, True]


def test_only_the_days_asked_for_as_the_hall_counts_them(
    session: Session, rules: HallRules, clerk: Clerk, nine: datetime
) -> None:
    midnight = nine + timedelta(hours=15)
    for at in (midnight - timedelta(days=1, seconds=1), midnight - timedelta(seconds=1), midnight):
        notices.issue(session, rules, service(session, rules), clerk, {1}, {}, at)
    assert read_figures(session, rules, MONDAY, MONDAY).notices == 1
    assert read_figures(session, rules, MONDAY - timedelta(days=1), MONDAY).notices == 2


def test_a_paper_is_the_same_paper_in_another_version_of_the_catalogue(
    session: Session, rules: HallRules, clerk: Clerk, nine: datetime
) -> None:
    old = service(session, rules)
    notices.issue(session, rules, old, clerk, {3}, {}, nine)
    session.add(CatalogueVersion(hall_id=1, version=2, source_sha256="1" * 64, imported_at=nine))
    anew = Service(**old.model_dump(exclude={"id"}) | {"catalogue_version": 2})
    session.add(anew)
    session.flush()
    assert anew.id is not None
    contract = Material(
        service_id=anew.id,
        number=1,
        names={"zh": "购房合同"},
        form="",
        copies="",
        required=True,
    )
    session.add(contract)
    session.flush()
    notices.issue(session, rules, anew, clerk, {1}, {}, nine)

    assert counted(read_figures(session, rules, MONDAY, MONDAY)) == [("T201", "购房合同", 2, 0)]


def test_a_corrected_notice_counts_its_papers_once_and_its_fault_for_who_is_answerable(
    session: Session, rules: HallRules, clerk: Clerk, nine: datetime
) -> None:
    colleague = session.get_one(Clerk, 2)

    def correct(old: Notice, fault: NoticeFault, answerable: Clerk | None = None) -> Notice:
        return notice_corrections.correct(
            session,
            rules,
            old.serial,
            fault,
            colleague,
            {1, 2},
            {},
            nine,
            answerable=answerable,
        )

    for _ in range(2):
        first = notices.issue(session, rules, service(session, rules), clerk, {1}, {}, nine)
        correct(first, NoticeFault.OMITTED)
    third = notices.issue(session, rules, service(session, rules), clerk, {1}, {}, nine)
    correct(third, NoticeFault.MISTAKEN, answerable=session.get_one(Clerk, 3))

    figures = read_figures(session, rules, MONDAY, MONDAY)

    assert counted(figures) == [("T201", "居民身份证", 3, 0), ("T201", "本人银行储蓄卡", 3, 0)]
    assert figures.corrections == (
        Corrected("1001", "李四", NoticeFault.OMITTED, 2),
        Corrected("1003", "吴六", NoticeFault.MISTAKEN, 1),
    )
