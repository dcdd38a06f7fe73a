"""Notices found again at the counter: read, printed again, corrected, their citizens taken back."""

from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from counter.counter_app import CounterApp
from counter.dialogs.reprint_dialog import ReprintDialog
from counter.notice.notice_screen import NoticeScreen
from counter.notice.notice_search_screen import NoticeSearchScreen, moment_words
from counter.operations import Told
from db.engine import writing
from db.tables import Clerk, Counter, Notice, NoticeFault, PrintJob, PrintJobState, Ticket
from hall.catalogue import catalogue
from hall.counters import counters
from hall.notices import notice_corrections, notices
from hall.notices.notice_content import SpecialMaterial
from tests.counter.at_the_counter import (
    NINE,
    Clock,
    OtherProgram,
    comes,
    papers_come,
    sits_down,
    until,
    words,
)

SMALL = (80, 24)


def tell(other: OtherProgram, service: str = "T201", clerk: int = 1, remark: str = "") -> str:
    """A notice of counter 1; its slip is printed already."""
    with writing(other.engine) as session:
        matter, _ = catalogue.service(session, other.rules, service)
        notice = notices.issue(
            session,
            other.rules,
            matter,
            session.get_one(Clerk, clerk),
            {1},
            {2: "户名不符[b]"},
            other.clock(),
            special=[SpecialMaterial("委托书", "须公证")],
            counter=session.get_one(Counter, 1),
            remark=remark,
        )
        session.flush()
        job = session.get_one(PrintJob, len(other.rows(PrintJob)) + 1)
        job.state = PrintJobState.PRINTED
        return notice.serial


class Answers:
    """What the screen answered with."""

    def __init__(self) -> None:
        self.told: list[Told | None] = []


async def search(pilot: Pilot[None], answers: Answers, typed: str = "") -> NoticeSearchScreen:
    app = pilot.app
    assert isinstance(app, CounterApp)
    await sits_down(pilot)
    screen = NoticeSearchScreen(1)
    app.push_screen(screen, answers.told.append)
    await comes(pilot, NoticeSearchScreen)
    await until(pilot, lambda: screen.searched == "")
    if typed:
        screen.query_one("#search", Input).value = typed
        await pilot.press("enter")
        await until(pilot, lambda: screen.searched == typed)
    await pilot.pause()
    return screen


def serials(screen: NoticeSearchScreen) -> list[str]:
    return [one.serial for one in screen.found.notices]


def said(screen: NoticeSearchScreen) -> str:
    return str(screen.query_one("#messages").render())


# -- refusals


async def test_nothing_is_done_while_no_notice_is_chosen(
    at_one: CounterApp, other: OtherProgram
) -> None:
    answers = Answers()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await search(pilot, answers, "9999")
        assert said(screen) == "No notice is found by that."
        screen.set_focus(None)
        for key in ("w", "c", "b"):
            await pilot.press(key)
            assert said(screen) == "Choose a notice first."
        await pilot.press("escape")
        await until(pilot, lambda: answers.told == [None])


async def test_a_corrected_notice_is_not_corrected_twice(
    at_one: CounterApp, other: OtherProgram
) -> None:
    old = tell(other)
    with writing(other.engine) as session:
        clerk, fault = session.get_one(Clerk, 2), NoticeFault.OMITTED
        notice_corrections.correct(session, other.rules, old, fault, clerk, {2}, {}, other.clock())
    answers = Answers()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await search(pilot, answers, "000001")
        assert "Counts no more: corrected by LC-2026-000002." in words(at_one, "#details")
        await pilot.press("c")
        await until(pilot, lambda: "LC-2026-000002. Correct that one" in said(screen))
        assert at_one.screen is screen


async def test_who_is_back_already_is_told_so(at_one: CounterApp, other: OtherProgram) -> None:
    tell(other)
    answers = Answers()
    async with at_one.run_test(size=SMALL) as pilot:
        await search(pilot, answers, "1")
        await pilot.press("b")
        await until(pilot, lambda: len(answers.told) == 1)
        screen = await search(pilot, answers, "1")
        with writing(other.engine):  # a second press while the first waits does nothing
            await pilot.press("b", "b")
            assert "did nothing" in said(screen)
            await pilot.press("escape")
            assert at_one.screen is screen
        await until(pilot, lambda: "A001" in said(screen))
        await pilot.press("escape")
        await until(pilot, lambda: len(answers.told) == 2)
    assert len(other.rows(Ticket)) == 1


async def test_at_a_closed_counter_nobody_is_taken_back(
    at_one: CounterApp, other: OtherProgram
) -> None:
    tell(other)
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await search(pilot, Answers(), "1")
        with writing(other.engine) as session:
            session.get_one(Counter, 1).state = "closed"
            session.get_one(Counter, 1).clerk_id = None
        await pilot.press("b")
        await until(pilot, lambda: at_one.screen is not screen or "not open" in said(screen))
    assert other.rows(Ticket) == []


# -- finding


async def test_the_newest_are_there_at_once_and_one_line_finds_the_rest(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    clock.pass_by(days=-400)
    tell(other)
    clock.pass_by(days=400)
    told = [tell(other), tell(other, "D301")]
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await search(pilot, Answers())
        assert serials(screen) == [*told[::-1], "LC-2025-000001"]
        assert screen.query_one("#search").has_focus
        options = screen.query_one(OptionList)
        rows = [str(options.get_option_at_index(at).prompt) for at in range(3)]
        assert "09:00" in rows[0] and "2025-10-19" in rows[2]
        for typed, found in [
            ("贷款", [told[1]]),
            ("T201 11-23", [told[0]]),
            ("2", [told[1]]),
            ("2025-10-19", ["LC-2025-000001"]),
        ]:
            await pilot.press("slash")
            screen.query_one("#search", Input).value = typed
            await pilot.press("enter")
            await until(pilot, lambda: serials(screen) == found)  # noqa: B023
            await until(pilot, lambda: screen.query_one("#found").has_focus)


async def test_the_notice_under_the_cursor_is_told_whole(
    at_one: CounterApp, other: OtherProgram
) -> None:
    tell(other)
    tell(other, "D301", clerk=2, remark="由妹妹代办")
    async with at_one.run_test(size=SMALL) as pilot:
        await search(pilot, Answers())
        await until(pilot, lambda: "D301" in words(at_one, "#details"))
        told = words(at_one, "#details")
        for text in (
            "2026-11-23 09:00",
            "周五（1002）",
            "户名不符[b]",
            "委托书：须公证",
            "由妹妹代办",
        ):
            assert text in told
        await pilot.press("down", "down")
        await until(pilot, lambda: "LC-2026-000001" in words(at_one, "#details"))
        assert "妹妹" not in words(at_one, "#details")


async def test_more_than_is_listed_is_told(
    at_one: CounterApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hall.notices.notice_search.MOST", 2)
    for _ in range(3):
        tell(other)
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await search(pilot, Answers())
        assert serials(screen) == ["LC-2026-000003", "LC-2026-000002"]
        assert "newest 2" in said(screen)


# -- doing


async def test_a_notice_is_printed_again_with_a_reason(
    at_one: CounterApp, other: OtherProgram
) -> None:
    serial = tell(other)
    answers = Answers()
    async with at_one.run_test(size=SMALL) as pilot:
        await search(pilot, answers, "1")
        await pilot.press("w")
        await comes(pilot, ReprintDialog)
        await pilot.press("enter")
        await until(pilot, lambda: len(answers.told) == 1)
    assert answers.told[0] == Told("{name} is being printed again.", {"name": serial})
    again = other.rows(PrintJob)[-1]
    assert (again.subject, again.reason, again.asked_by) == ("notice/1", "lost", "1001")


async def test_a_correction_is_written_from_what_was_found(
    at_one: CounterApp, other: OtherProgram
) -> None:
    tell(other, clerk=2)
    answers = Answers()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await search(pilot, answers, "1")
        await pilot.press("c")
        await papers_come(pilot)
        assert isinstance(at_one.screen, NoticeScreen)
        assert "LC-2026-000001" in words(at_one, "#notice-title")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: at_one.screen is screen)
        await pilot.press("c")
        await papers_come(pilot)
        await pilot.press("f", "p")
        await until(pilot, lambda: len(answers.told) == 1)
    first, second = other.rows(Notice)
    assert (second.corrects_id, second.fault, second.answerable_id) == (first.id, "omitted", 2)
    same = ("number", "finding", "what_is_wrong", "names", "form")
    assert [[one[key] for key in same] for one in second.content["materials"]] == [
        [one[key] for key in same] for one in first.content["materials"]
    ]


async def test_the_citizen_comes_back_to_whoever_asked_for_the_papers(
    at_one: CounterApp, other: OtherProgram
) -> None:
    tell(other)
    answers = Answers()
    async with at_one.run_test(size=SMALL) as pilot:
        await search(pilot, answers, "1")
        await pilot.press("b")
        await until(pilot, lambda: len(answers.told) == 1)
    (told,) = answers.told
    assert told is not None
    assert told.facts == {"number": "A001", "counter": 1}
    (ticket,) = other.rows(Ticket)
    assert (ticket.origin, ticket.notice_serial, ticket.reserved_clerk_id) == (
        "desk",
        "LC-2026-000001",
        1,
    )


async def test_where_nobody_is_left_who_asked_for_them_everyone_may_call(
    at_one: CounterApp, other: OtherProgram
) -> None:
    tell(other, clerk=2)
    with writing(other.engine) as session:
        notice = session.get_one(Notice, 1)
        notice.counter_id = 2
        counters.by_number(session, other.rules, 2)
    answers = Answers()
    async with at_one.run_test(size=SMALL) as pilot:
        await search(pilot, answers, "1")
        await pilot.press("b")
        await until(pilot, lambda: len(answers.told) == 1)
    assert answers.told[0] is not None
    assert "whoever is free first" in answers.told[0].words


@pytest.mark.parametrize("size", [(80, 24), (132, 43)])
async def test_everything_is_on_the_screen(
    at_one: CounterApp, other: OtherProgram, size: tuple[int, int]
) -> None:
    for _ in range(30):
        tell(other, remark="补" * 500)
    async with at_one.run_test(size=size) as pilot:
        screen = await search(pilot, Answers())
        await until(pilot, lambda: "补" in words(at_one, "#details"))
        for part in ("#search-title", "#search", "#found", "#details-box", "#messages", "#keys"):
            assert screen.region.contains_region(screen.query_one(part).region), part
        assert screen.query_one("#found").size.height >= 5
        box = screen.query_one("#details-box")
        await pilot.press("pagedown")
        await until(pilot, lambda: box.scroll_y > 0 or box.max_scroll_y == 0)
        for key in ("Enter", "w print", "c correct", "b comes back", "Esc"):
            assert key in words(at_one, "#keys")


def test_a_moment_is_told_as_short_as_it_can_be() -> None:
    assert moment_words(NINE, NINE) == "01:00"
    assert moment_words(NINE - timedelta(days=1), NINE) == "11-22"
    assert moment_words(NINE - timedelta(days=400), NINE) == "2025-10-19"
