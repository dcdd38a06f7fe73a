"""What the demo tells where there is no terminal: the same things, really done, as text."""

import asyncio
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from commands.demo.demo_hall import DemoHall
from commands.demo.real_screen import read_screen
from hall.wording import Wording

LIMIT_S = 20.0
"""How long one step may take before the transcript says that it failed."""

BOARD_SIZE = (100, 30)


def tell(hall: DemoHall) -> int:
    """Print the transcript; 0 when everything in it was really done."""
    say = Wording("zh").say
    head(say("A hall made from its workbook"), [str(hall.database)])
    hall.start("run", "spooler")
    hall.start("run", "speaker")
    hall.ask("counter", "open", "3", "--clerk", "1003")

    issued = hall.ask("ticket", "issue", "B201")
    head(say("A citizen takes a number"), [json_line(issued)])
    slip = wait_for(lambda: newest(hall.slips), "slip")
    head(say("The slip"), [str(slip.relative_to(hall.path)), *paper_of(hall, "ticket")])

    called = hall.ask("counter", "next", "3")
    head(say("A clerk presses one key"), [json_line(called)])
    shown = asyncio.run(
        read_screen(
            hall.command("run", "board"), BOARD_SIZE, lambda text: issued["number"] in text, LIMIT_S
        )
    )
    head(say("What the board shows"), shown.splitlines())
    head(say("What the voice says"), [spoken(hall)])

    hall.ask("counter", "start", "3")
    notice = hall.ask(
        "notice", "issue", "B201", "--missing", "4,5", "--wrong", "2=复印件不清晰",
        "--ticket", issued["number"], "--clerk", "1003",
    )  # fmt: skip
    paper = wait_for(lambda: newest(hall.slips, after=slip), "notice")
    head(
        say("The one-time notice, in two copies"),
        [notice["serial"], str(paper.relative_to(hall.path)), *paper_of(hall, "notice")],
    )
    hall.ask("counter", "finish", "3")

    verdict = hall.ask("journal", "verify")
    sentence = say("The journal is intact: {entries} rows.", entries=verdict["entries"])
    head(say("The journal"), [sentence])
    return 0


def head(title: str, lines: Iterable[str]) -> None:
    sys.stdout.write(f"\n== {title}\n")
    for line in lines:
        sys.stdout.write(f"   {line}\n")
    sys.stdout.flush()


def json_line(facts: dict[str, object]) -> str:
    return "  ".join(f"{key}={value}" for key, value in facts.items())


def newest(folder: Path, after: Path | None = None) -> Path | None:
    """The last slip that came out, None while there is none (after that one)."""
    slips = sorted(folder.glob("*.png"), key=lambda slip: slip.stat().st_mtime_ns)
    if after is not None:
        slips = slips[slips.index(after) + 1 :]
    return slips[-1] if slips else None


def wait_for(look: Callable[[], Path | None], what: str) -> Path:
    deadline = time.monotonic() + LIMIT_S
    while (found := look()) is None:
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.1)  # another program is at work
    return found


def paper_of(hall: DemoHall, kind: str) -> list[str]:
    """What the printed slip says, line by line; of a notice the citizen's copy."""
    from sqlmodel import select

    from db.engine import open_engine, reading
    from db.tables import PrintJob
    from devices.printing.slip_text import texts_of

    engine = open_engine(hall.url)
    with reading(engine) as session:
        job = session.exec(select(PrintJob).where(PrintJob.kind == kind)).one()
    engine.dispose()
    return texts_of(kind, job.content, drawn=True)[0]


def spoken(hall: DemoHall) -> str:
    """The caption of the call, and whether a loudspeaker was there to sound it."""
    from sqlmodel import col, select

    from db.engine import open_engine, reading
    from db.tables import Announcement, AnnouncementState
    from devices.speech.pronunciation import call_text

    engine = open_engine(hall.url)
    deadline = time.monotonic() + 2 * LIMIT_S
    while True:
        with reading(engine) as session:
            row = session.exec(select(Announcement).order_by(col(Announcement.id))).first()
        assert row is not None
        ended = row.state not in (AnnouncementState.QUEUED, AnnouncementState.PLAYING)
        if ended or time.monotonic() > deadline:
            break
        time.sleep(0.1)  # the speaker is at work
    engine.dispose()
    caption = call_text(row.content["number"], row.content["counter"], "zh").caption
    return f"{caption}  [{row.state}{': ' + row.error if row.error else ''}]"
