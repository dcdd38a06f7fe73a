"""Beyond the catalogue's list: papers asked for by hand, another matter, a long remark, faults."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from counter.counter_app import CounterApp
from counter.dialogs.service_dialog import ServiceDialog
from counter.notice.notice_operations import Corrected, Findings, Special
from counter.notice.notice_preview import NoticePreview
from counter.notice.notice_screen import NoticeScreen
from counter.notice.notice_special_row import SpecialRow
from counter.notice.paper_row import PaperRow
from db.engine import writing
from db.tables import Clerk, Material, Notice, NoticeFault, NoticeMaterial, PrintJob
from hall.catalogue import catalogue
from hall.notices import notice_corrections, notices
from tests.counter.at_the_counter import (
    Clock,
    OtherProgram,
    comes,
    message,
    papers_come,
    press,
    sits_down,
    until,
    words,
)
from tests.known_printers import PAPER_OUT, spooler_writes

SMALL = (80, 24)


async def write_notice(pilot: Pilot[None]) -> NoticeScreen:
    """The notice of whoever is called next, its papers on the screen."""
    await sits_down(pilot)
    await press(pilot, "n", "m")
    await papers_come(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, NoticeScreen)
    return screen


def told(screen: NoticeScreen) -> str:
    return str(screen.query_one("#messages").render())


def numbers(screen: NoticeScreen) -> list[int]:
    return [row.number for row in screen.query(SpecialRow)]


async def issued(pilot: Pilot[None], app: CounterApp) -> None:
    await until(pilot, lambda: message(app).startswith("Notice LC-"))


# -- papers asked for by hand


async def test_a_paper_asked_for_by_hand_needs_a_name(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await write_notice(pilot)
        await pilot.press("a", "enter", *"raw", "enter", "p")
        assert told(screen) == "Write which paper 4 is."
        assert isinstance(at_one.focused, Input)
        assert at_one.focused.has_class("special-name")
        await pilot.press("escape", "escape")
        assert isinstance(at_one.screen, NoticeScreen)  # what was written is not lost by one key
    assert other.rows(Notice) == []


async def test_what_is_not_said_to_citizens_is_not_printed_and_nothing_typed_is_lost(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await write_notice(pilot)
        await pilot.press("space")
        screen.query_one("#remark", Input).value = "这 不归我管！"
        for key in ("v", "p"):
            await pilot.press(key)
            await until(pilot, lambda: "不归我管" in told(screen))
            screen.query_one("#messages").update("")  # type: ignore[attr-defined]
        assert not isinstance(at_one.screen, NoticePreview)
        assert screen.query_one("#remark", Input).value == "这 不归我管！"
        screen.query_one("#remark", Input).value = ""
        await pilot.press("p")
        await issued(pilot, at_one)
    assert len(other.rows(Notice)) == 1


async def test_papers_are_added_taken_away_and_numbered_on_by_keys_alone(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await write_notice(pilot)
        await pilot.press("space", "a", *"one", "enter", *"raw", "enter")
        await pilot.press("+", *"two", "escape", "a", *"three", "enter", "enter")
        assert numbers(screen) == [4, 5, 6]
        assert words(at_one, "#count") == "missing 4, wrong 0"
        await pilot.press("up", "up", "up")
        assert screen.focused is list(screen.query(SpecialRow))[1]
        await pilot.press("delete")
        await until(pilot, lambda: numbers(screen) == [4, 5])
        assert screen.focused is screen.query(SpecialRow).first()
        assert words(at_one, "#count") == "missing 3, wrong 0"
        await pilot.press("v")
        await comes(pilot, NoticePreview)
        paper = words(at_one, "#paper Static")
        assert "one" in paper and "three" in paper and "two" not in paper
        await pilot.press("v")
        await comes(pilot, NoticeScreen)
        await pilot.press("p")
        await issued(pilot, at_one)

    kept = [(m.number, m.name, m.what_is_wrong) for m in other.rows(NoticeMaterial)]
    assert kept == [(1, "", ""), (4, "one", "raw"), (5, "three", "")]


async def test_a_row_that_was_left_empty_is_no_paper(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SMALL) as pilot:
        await write_notice(pilot)
        await pilot.press("space", "a", "escape", "p")
        await issued(pilot, at_one)
    assert [row.number for row in other.rows(NoticeMaterial)] == [1]


# -- the remark


async def test_a_remark_too_long_is_shown_to_be_so_and_refused(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await write_notice(pilot)
        remark = screen.query_one("#remark", Input)
        remark.value = "补" * 501
        await pilot.pause()
        assert words(at_one, "#remark-caption") == "Remark  501/500"
        assert screen.query_one("#remark-caption").has_class("-too-long")
        await pilot.press("p")
        await until(pilot, lambda: "501" in told(screen))
        remark.value = ("䶮𠮷😀补" * 125)[:500]
        await pilot.pause()
        assert not screen.query_one("#remark-caption").has_class("-too-long")
        await pilot.press("p")
        await issued(pilot, at_one)
    (notice,) = other.rows(Notice)
    assert notice.remark == ("䶮𠮷😀补" * 125)[:500]


# -- another matter


async def test_another_matter_keeps_the_remark_and_what_was_asked_for_by_hand(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await write_notice(pilot)
        screen.query_one("#remark", Input).value = "由妹妹代办"
        await pilot.press("a", *"proxy", "enter", "enter", "up", "up", "space", "o")
        assert "Press o once more" in told(screen)
        assert at_one.screen is screen
        await pilot.press("o")
        await comes(pilot, ServiceDialog)
        await pilot.press(*"D301", "enter")
        await until(pilot, lambda: screen.papers_of == 2)
        await pilot.pause()
        assert "D301" in words(at_one, "#notice-title")
        assert "A001" in words(at_one, "#notice-title")
        assert words(at_one, "#count") == "missing 1, wrong 0"
        assert screen.query_one("#remark", Input).value == "由妹妹代办"
        await pilot.press("space", "p")
        await issued(pilot, at_one)
    (notice,) = other.rows(Notice)
    assert (notice.service_id, notice.ticket_id, notice.remark) == (2, 1, "由妹妹代办")
    assert [(one.number, one.name) for one in other.rows(NoticeMaterial)] == [(1, ""), (4, "proxy")]


async def test_no_notice_goes_out_while_the_papers_on_the_screen_are_another_matters(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await write_notice(pilot)
        await pilot.press("space")
        screen.service_id = 2  # chosen, and not read yet
        await pilot.press("p", "v")
        assert told(screen) == "The papers are being read; one moment."
        assert at_one.screen is screen
    assert other.rows(Notice) == []


async def test_leaving_the_choice_of_a_matter_changes_nothing(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await write_notice(pilot)
        await pilot.press("o")
        await comes(pilot, ServiceDialog)
        await pilot.press("escape")
        await comes(pilot, NoticeScreen)
        await pilot.press("down", "space")
        assert [row.finding.value for row in screen.query(PaperRow)] == ["here", "missing", "here"]


# -- a correction


def old_notice(other: OtherProgram) -> Corrected:
    with writing(other.engine) as session:
        service, _ = catalogue.service(session, other.rules, "T201")
        clerk = session.get_one(Clerk, 2)
        notices.issue(session, other.rules, service, clerk, {1}, {}, other.clock())
    found = Findings({1}, {3: "未备案"}, "请带原件", (Special("委托书", "须公证"),))
    return Corrected("LC-2026-000001", 1, "周五（1002）", found)


async def test_a_correction_begins_with_what_was_found_and_asks_what_was_the_matter(
    at_one: CounterApp, other: OtherProgram
) -> None:
    old = old_notice(other)
    async with at_one.run_test(size=SMALL) as pilot:
        await sits_down(pilot)
        screen = NoticeScreen(1, 1, corrects=old)
        at_one.push_screen(screen, at_one.counter_screen.notice_left)
        await papers_come(pilot)
        await until(pilot, lambda: len(screen.query(SpecialRow)) == 1)
        await pilot.pause()
        assert [row.finding.value for row in screen.query(PaperRow)] == [
            "missing",
            "here",
            "wrong",
        ]
        assert screen.query_one("#remark", Input).value == "请带原件"
        assert "周五（1002）" in words(at_one, "#answerable")
        screen.set_focus(screen.query(PaperRow).first())
        await pilot.press("p", "v")
        assert "what was the matter" in told(screen)
        await pilot.press("f", "f", "f", "f", "v")
        await comes(pilot, NoticePreview)
        assert "LC-2026-000001" in words(at_one, "#paper Static")
        await pilot.press("v")
        await comes(pilot, NoticeScreen)
        await pilot.click("#fault-mistaken")
        await pilot.press("p")
        await issued(pilot, at_one)
    _first, second = other.rows(Notice)
    assert (second.corrects_id, second.fault, second.answerable_id) == (1, "mistaken", 2)
    assert second.clerk_id == 1
    names = [one["names"]["zh"] for one in second.content["materials"]]
    assert names[3:] == ["委托书"]


async def test_a_notice_corrected_by_somebody_else_meanwhile_is_refused(
    at_one: CounterApp, other: OtherProgram
) -> None:
    old = old_notice(other)
    async with at_one.run_test(size=SMALL) as pilot:
        await sits_down(pilot)
        screen = NoticeScreen(1, 1, corrects=old)
        at_one.push_screen(screen)
        await papers_come(pilot)
        with writing(other.engine) as session:
            clerk = session.get_one(Clerk, 3)
            serial, fault = old.serial, NoticeFault.OMITTED
            notice_corrections.correct(
                session, other.rules, serial, fault, clerk, {2}, {}, other.clock()
            )
        await pilot.press("f", "p")
        await until(pilot, lambda: "LC-2026-000002" in told(screen))
    assert len(other.rows(Notice)) == 2


# -- what a real hall has


async def test_the_longest_list_fits_a_small_screen_and_a_dead_printer_is_told(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    with writing(other.engine) as session:
        for number in range(4, 31):
            session.add(
                Material(
                    service_id=1,
                    number=number,
                    names={"zh": f"第{number}项材料䶮𠮷" + "名" * 60},
                    form="原件及复印件" * 8,
                    copies="2",
                    how_to_fill="逐页签字" * 20,
                    source="工作单位",
                    required=False,
                )
            )
    other.issue()
    spooler_writes(other.engine, "default", PAPER_OUT, clock())
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await write_notice(pilot)
        for part in ("#notice-title", "#papers", "#remark", "#answers", "#messages", "#keys"):
            assert screen.region.contains_region(screen.query_one(part).region), part
        assert screen.query_one("#papers").size.height >= 8
        for row in screen.query(PaperRow):
            row.action_go_on()
        await pilot.pause()
        assert words(at_one, "#count") == "missing 30, wrong 0"
        screen.query_one("#remark", Input).value = "䶮" * 500
        await pilot.press("v")
        await comes(pilot, NoticePreview)
        await pilot.press("v")
        await comes(pilot, NoticeScreen)
        await pilot.press("p")
        await until(pilot, lambda: "wait, for the printer is out of use" in message(at_one))
    (job,) = [job for job in other.rows(PrintJob) if job.notice_id]
    assert job.state == "queued"
    assert len(job.content["materials"]) == 30


async def test_keys_that_mean_something_here_are_letters_where_one_writes(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SMALL) as pilot:
        screen = await write_notice(pilot)
        await pilot.press("a", *"a+ofpvd", "backspace")
        assert screen.query_one(".special-name", Input).value == "a+ofpv"
        assert isinstance(at_one.screen, NoticeScreen)
        assert len(screen.query(SpecialRow)) == 1


@pytest.mark.parametrize("size", [(80, 24), (132, 43)])
async def test_every_key_is_named_at_the_bottom(
    at_one: CounterApp, other: OtherProgram, size: tuple[int, int]
) -> None:
    other.issue()
    async with at_one.run_test(size=size) as pilot:
        screen = await write_notice(pilot)
        keys = screen.query_one("#keys")
        assert keys.region.bottom == size[1]
        shown = words(at_one, "#keys")
        for key in ("Space", "a add", "o other", "p print", "v preview", "Esc"):
            assert key in shown
        assert keys.size.height * size[0] >= len(shown)
