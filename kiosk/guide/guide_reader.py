"""What is read of the hall, and what is put into its box; called in worker threads only."""

from db.engine import reading, writing
from db.tables import SuggestionKind, SuggestionSubject
from hall import guide_view, suggestions
from hall.guide_view import Guide
from hall.open_hall import OpenHall
from kiosk.guide.box_screens import Opinion


def read_guide(hall: OpenHall) -> Guide:
    """Raises DatabaseFault."""
    with reading(hall.engine) as session:
        return guide_view.read_guide(session, hall.rules, hall.now())


def put_into_box(hall: OpenHall, opinion: Opinion, counter: int | None) -> str:
    """Its number; what is returned is committed. Raises DatabaseFault, Refused."""
    with writing(hall.engine) as session:
        return suggestions.make(
            session,
            hall.rules,
            SuggestionKind(opinion.kind),
            SuggestionSubject(opinion.subject),
            hall.now(),
            place=hall.settings.kiosk.place,
            counter=counter,
        ).name
