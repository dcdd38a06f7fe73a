"""What the hall's records say of its slips: the jobs, each sending, and how each slip looks."""

from sqlmodel import col, select

from db.engine import reading
from db.tables import PrintAttempt, PrintJob
from devices.printing.pictures import pictures_of
from devices.printing.slips import void_mark
from hall.open_hall import OpenHall
from hall.printing import slip_archive


def jobs(hall: OpenHall) -> dict[str, PrintJob]:
    """By key, in the order they were made."""
    with reading(hall.engine) as session:
        rows = session.exec(select(PrintJob).order_by(col(PrintJob.id))).all()
        session.expunge_all()
    return {row.key: row for row in rows}


def attempts(hall: OpenHall, subject: str) -> list[PrintAttempt]:
    """Every time a slip of this subject was sent, in order."""
    with reading(hall.engine) as session:
        found = [
            one.attempt
            for one in slip_archive.archived(session, hall.rules.hall_id, subject)
            if not one.damage
        ]
        session.expunge_all()
    return found


def drawn(hall: OpenHall) -> dict[bytes, str]:
    """The dots of every slip there should be, and the job it belongs to."""
    width = hall.settings.printer.width_dots
    found = {void_mark.picture(width).tobytes(): "void mark"}
    for key, job in jobs(hall).items():
        pictures = pictures_of(job.kind, job.content, width, job.reprint)
        for number, picture in enumerate(pictures, start=1):
            found[picture.tobytes()] = key if len(pictures) == 1 else f"{key} copy {number}"
    return found
