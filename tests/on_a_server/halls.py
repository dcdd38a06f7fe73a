"""What happens in a hall on a server, and what is looked up there."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import select

from db.engine import reading, writing
from db.tables import Ticket
from display.board_strips import WaitingStrip
from display.hall_board import HallBoardApp
from hall import hall_rules
from hall.catalogue import catalogue
from hall.settings import Settings
from hall.tickets import tickets


def waiting(board: HallBoardApp) -> int:
    return sum(group.waiting for group in board.screen.query_one(WaitingStrip).groups)


def issue(engine: Engine, url: str, now: datetime) -> str:
    with writing(engine) as session:
        rules = hall_rules.load(session, Settings(database_url=url))
        service, group = catalogue.service(session, rules, "T201")
        return tickets.issue(session, rules, service, group, now).number


def numbers(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return sorted(ticket.name for ticket in session.exec(select(Ticket)))
