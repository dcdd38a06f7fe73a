"""A hall with many groups and matters, and names no screen was made for."""

from sqlalchemy import Engine
from sqlmodel import Session, select

from db.engine import writing
from db.tables import CounterGroup, Material, Service, ServiceGroup

LONG_ZH = "购买自住住房提取[red]住房公积金[/red]" * 14
LONG_EN = "Withdraw [bold]for the purchase[/bold] of a home " * 7


def add_service(session: Session, code: str, group: int, names: dict[str, str]) -> None:
    facts = session.get_one(Service, 1).model_dump(exclude={"id"}) | {
        "code": code,
        "group_id": group,
        "names": names,
        "position": 100,
    }
    session.add(Service(**facts))


def fill_large(engine: Engine) -> None:
    with writing(engine) as session:
        for group in range(3, 13):
            session.add(
                ServiceGroup(
                    id=group,
                    hall_id=1,
                    code=f"G{group}",
                    names={"zh": LONG_ZH, "en": LONG_EN},
                    prefix=chr(64 + group),
                    position=group,
                )
            )
        session.flush()
        for group in range(3, 13):
            session.add(CounterGroup(counter_id=3, group_id=group))
            add_service(session, f"L{group}", group, {"zh": LONG_ZH, "en": LONG_EN})
        for number in range(50):
            add_service(session, f"M{number:02}", 1, {"zh": f"事项{number}" + LONG_ZH})
        session.flush()
        (first,) = session.exec(select(Service).where(Service.code == "L3")).all()
        first.conditions = first.fee = LONG_ZH
        for number in range(1, 31):
            names = {"zh": LONG_ZH, "en": LONG_EN}
            facts = session.get_one(Material, 1).model_dump(exclude={"id"})
            session.add(
                Material(**facts | {"service_id": first.id, "number": number, "names": names})
            )
