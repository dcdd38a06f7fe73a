"""存档: what was printed can be shown, and a change to it is seen."""

import zlib
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from db.engine import reading, writing
from db.tables import PrintAttempt, PrintJob, SlipPicture
from devices.printing.pictures import LAYOUT_VERSION, pictures_of
from devices.printing.spooler import Spooler
from hall.open_hall import OpenHall
from hall.printing import slip_archive
from hall.printing.slip_archive import Archived, Damage
from proof.paper.records import jobs
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.paper_trail import issue, issue_notice


@pytest.fixture
def printed(printing_hall: OpenHall, printer: VirtualPrinter) -> OpenHall:
    """A notice and a ticket are on paper."""
    issue_notice(printing_hall)
    issue(printing_hall)
    assert Spooler(printing_hall).print_waiting() == 2
    return printing_hall


@pytest.fixture
def tampering(printed: OpenHall) -> Iterator[Session]:
    with writing(printed.engine) as session:
        yield session


def archived(hall: OpenHall, subject: str) -> list[Archived]:
    with reading(hall.engine) as session:
        return slip_archive.archived(session, hall.rules.hall_id, subject)


def damage(session: Session, subject: str) -> set[Damage]:
    session.flush()
    session.expire_all()
    return {kind for one in slip_archive.archived(session, 1, subject) for kind in one.damage}


def test_a_document_is_kept_dot_for_dot_as_it_came_out(
    printed: OpenHall, printer: VirtualPrinter
) -> None:
    (kept,) = archived(printed, "notice/1")

    assert kept.damage == frozenset()
    assert [piece.dots for piece in kept.pieces] == [slip.tobytes() for slip in printer.slips[:2]]


def test_a_ticket_is_kept_as_content_that_draws_the_same_dots_again(
    printed: OpenHall, printer: VirtualPrinter
) -> None:
    (kept,) = archived(printed, "ticket/1")

    assert kept.pieces == ()
    assert kept.attempt.layout_version == LAYOUT_VERSION
    again = pictures_of("ticket", kept.job.content, kept.attempt.width_dots, kept.job.reprint)
    assert again[0].tobytes() == printer.slips[2].tobytes()


def test_both_copies_take_little_room(printed: OpenHall) -> None:
    with reading(printed.engine) as session:
        rows = session.exec(select(SlipPicture)).all()

    assert len(rows) == 2
    assert sum(len(row.dots) for row in rows) < 60_000


def test_a_dot_changed_later_is_seen(tampering: Session) -> None:
    row = tampering.exec(select(SlipPicture).order_by(col(SlipPicture.piece))).first()
    assert row is not None
    dots = bytearray(zlib.decompress(row.dots))
    dots[500] ^= 0x10
    row.dots = zlib.compress(bytes(dots))

    assert damage(tampering, "notice/1") == {Damage.PICTURE}


def test_a_picture_that_cannot_be_read_is_seen(tampering: Session) -> None:
    tampering.connection().execute(text("UPDATE slip_picture SET dots = x'00ff' WHERE piece = 2"))

    assert damage(tampering, "notice/1") == {Damage.PICTURE}


def test_a_copy_taken_away_is_seen(tampering: Session) -> None:
    tampering.connection().execute(text("DELETE FROM slip_picture WHERE piece = 2"))

    assert damage(tampering, "notice/1") == {Damage.PICTURE}


def test_all_copies_taken_away_are_seen(tampering: Session) -> None:
    tampering.connection().execute(text("DELETE FROM slip_picture"))

    assert damage(tampering, "notice/1") == {Damage.PICTURE}


def test_content_changed_later_is_seen(tampering: Session) -> None:
    for job in tampering.exec(select(PrintJob)).all():
        job.content = job.content | {"phone": "110"}

    assert damage(tampering, "ticket/1") == {Damage.CONTENT}
    assert damage(tampering, "notice/1") == {Damage.CONTENT}


def test_a_picture_and_its_hash_changed_together_are_seen(tampering: Session) -> None:
    pieces = [slip_archive.Piece(8, 1, b"\xff")]
    tampering.connection().execute(text("DELETE FROM slip_picture"))
    slip_archive.keep(tampering, 1, 1, pieces)
    tampering.get_one(PrintAttempt, (1, 1)).picture_sha256 = slip_archive.sha256(pieces)

    assert damage(tampering, "notice/1") == {Damage.JOURNAL}


def test_what_was_put_back_is_not_archived(folder_hall: OpenHall) -> None:
    folder = folder_hall.settings.printer.folder
    assert folder is not None
    issue_notice(folder_hall)
    folder.mkdir()
    (folder / ".notice-1-1-1.part").mkdir()  # in the way of the first copy

    assert Spooler(folder_hall).print_waiting() == 0

    with reading(folder_hall.engine) as session:
        assert session.exec(select(SlipPicture)).all() == []
        assert session.exec(select(PrintAttempt)).all() == []
    assert jobs(folder_hall)["notice/1/1"].state == "queued"
