"""Calls an assistant and sees how the call stands; called in worker threads only."""

from db.engine import reading, writing
from db.tables import HelpKind, HelpRequest
from hall.counters import help_requests
from hall.languages import own_name
from hall.names import plain
from hall.open_hall import OpenHall
from kiosk.assistant.assistant_news import AssistantNews


def call(hall: OpenHall, language: str) -> AssistantNews:
    """What is returned is committed. Raises DatabaseFault."""
    with writing(hall.engine) as session:
        request = help_requests.ask(
            session,
            hall.rules,
            HelpKind.ASSISTANT,
            hall.settings.kiosk.place,
            None,
            None,
            own_name(language),
            hall.now(),
        )
        return news_of(hall, request)


def read(hall: OpenHall, request_id: int) -> AssistantNews:
    """Raises DatabaseFault."""
    with reading(hall.engine) as session:
        return news_of(hall, session.get_one(HelpRequest, request_id))


def withdraw(hall: OpenHall, request_id: int) -> AssistantNews:
    """Raises DatabaseFault, Refused."""
    place = hall.settings.kiosk.place
    with writing(hall.engine) as session:
        request = help_requests.withdraw(session, hall.rules, request_id, place, None, hall.now())
        return news_of(hall, request)


def news_of(hall: OpenHall, request: HelpRequest) -> AssistantNews:
    assert request.id is not None
    if request.ended_by_id is not None:
        return AssistantNews(request.id, "coming", plain(request.answer))
    over = help_requests.is_over(hall.rules, request, hall.now())
    return AssistantNews(request.id, "over" if over else "called")
