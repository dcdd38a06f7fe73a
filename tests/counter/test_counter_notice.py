"""The one-time notice at the counter."""

import pytest
from textual.widgets import Input

from counter.counter_app import CounterApp
from counter.dialogs.service_dialog import ServiceDialog
from counter.notice.notice_screen import NoticeScreen
from counter.notice.paper_row import PaperRow
from db.engine import writing
from db.tables import Notice, NoticeMaterial, PrintJob, Service
from tests.counter.at_the_counter import (
    SIZE,
    OtherProgram,
    comes,
    message,
    papers_come,
    press,
    sits_down,
    until,
    words,
)


async def test_two_missing_and_one_wrong_are_told_completely_and_printed(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        await pilot.press("space", "down", "space", "space")
        at_one.screen.query_one(".what-is-wrong:focus", Input).value = "户名与申请人不符[b]"
        await pilot.press("enter", "space")
        assert words(at_one, "#count") == "missing 2, wrong 1"
        with writing(other.engine):  # a second press while the first waits is no second notice
            await pilot.press("p", "p")
        told_so = "Notice LC-2026-000001: both copies are being printed."
        await until(pilot, lambda: message(at_one) == told_so)

    (notice,) = other.rows(Notice)
    assert (notice.ticket_id, notice.counter_id, notice.clerk_id) == (1, 1, 1)
    told = {m["number"]: (m["finding"], m["what_is_wrong"]) for m in notice.content["materials"]}
    assert told == {
        1: ("missing", ""),
        2: ("wrong", "户名与申请人不符[b]"),
        3: ("missing", ""),
    }
    assert {(m.number, m.finding) for m in other.rows(NoticeMaterial)} == {
        (1, "missing"),
        (2, "wrong"),
        (3, "missing"),
    }
    jobs = [(job.kind, job.state) for job in other.rows(PrintJob) if job.notice_id == notice.id]
    assert jobs == [("notice", "queued")]


@pytest.mark.usefixtures("hasty_hand")
async def test_the_key_that_printed_a_notice_does_not_pause_the_counter(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        await pilot.press("space", "p")
        await until(pilot, lambda: message(at_one).startswith("Notice"))
        await pilot.press("p")
        assert at_one.screen is at_one.counter_screen
        assert "Press once more" in message(at_one)


async def test_a_notice_that_tells_nothing_is_refused(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        await pilot.press("p")
        await until(pilot, lambda: "tells nothing" in words(at_one, "NoticeScreen #messages"))
        await pilot.press("space", "space", "escape", "p")
        assert words(at_one, "NoticeScreen #messages") == "Write what is wrong with 1."
        assert other.rows(Notice) == []


async def test_after_writing_about_the_last_paper_p_prints(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        await pilot.press("down", "down", "space", "space", *"old", "enter", "enter", "p")
        await until(pilot, lambda: at_one.screen is at_one.counter_screen)
    (told,) = other.rows(NoticeMaterial)
    assert (told.number, told.finding, told.what_is_wrong) == (3, "wrong", "old")


async def test_findings_are_not_thrown_away_by_one_key(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        await pilot.press("space", "escape")
        assert isinstance(at_one.screen, NoticeScreen)
        await pilot.press("escape")
        await until(pilot, lambda: at_one.screen is at_one.counter_screen)
        assert other.rows(Notice) == []


async def test_with_nobody_in_hand_the_matter_is_searched_for(
    at_one: CounterApp, other: OtherProgram
) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "m")
        await comes(pilot, ServiceDialog)
        at_one.screen.query_one(Input).value = "贷款"
        await pilot.pause()
        await pilot.press("enter")
        await papers_come(pilot)
        await pilot.click(".mark")
        await pilot.press("p")
        await until(pilot, lambda: at_one.screen is at_one.counter_screen)
    (notice,) = other.rows(Notice)
    assert (notice.service_id, notice.ticket_id) == (2, None)


async def test_a_matter_that_is_not_there_is_not_chosen(at_one: CounterApp) -> None:
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "m")
        await comes(pilot, ServiceDialog)
        await pilot.press(*"[zz", "enter")
        assert str(at_one.screen.query_one("ServiceDialog #trouble").render()) != ""
        await pilot.press("escape")
        assert at_one.screen is at_one.counter_screen


async def test_a_matter_without_papers_takes_a_remark(
    at_one: CounterApp, other: OtherProgram
) -> None:
    with writing(other.engine) as session:
        like = session.get(Service, 1)
        assert like is not None
        facts = like.model_dump(exclude={"id"}) | {"code": "X1", "position": 9}
        session.add(Service(**facts))
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "m")
        await comes(pilot, ServiceDialog)
        await pilot.press(*"x1", "enter")
        await comes(pilot, NoticeScreen)
        await until(pilot, lambda: at_one.screen.query_one("#remark").has_focus)
        at_one.screen.query_one("#remark", Input).value = "请周一再来"
        await pilot.press("enter", "enter", "enter")
        assert other.rows(Notice) == []
        await pilot.press("p")
        await until(pilot, lambda: at_one.screen is at_one.counter_screen)
    assert other.rows(Notice)[0].remark == "请周一再来"


async def test_the_arrow_keys_choose_a_paper_also_where_the_list_is_longer_than_the_screen(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=(80, 13)) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        assert at_one.screen.query_one("#papers").max_scroll_y > 0
        await pilot.press("down", "down", "space")
        assert [row.finding.value for row in at_one.screen.query(PaperRow)] == [
            "here",
            "here",
            "missing",
        ]
