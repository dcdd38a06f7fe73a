"""The counter's sign follows its counter, asks how it was, and is left by nobody."""

import gettext
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from sqlmodel import select

from db.engine import reading
from db.faults import DatabaseBusy
from db.tables import Counter, Rating
from display import rating_panel
from display.counter_sign import CounterSignApp, CounterSignScreen
from display.rating_panel import RatingPanel
from display.stars_button import StarsButton
from hall.cases import ratings
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.open_hall import open_hall as open_the_hall
from hall.settings import Settings
from hall.tickets import serving, undo
from tests.display.before_the_board import NINE, OtherProgram, shows, until
from tests.screen_text import screen_text
from ui.big_text import BigText

SIZE = (106, 33)
SIZES = [(40, 15), (80, 24), (100, 30), (120, 40)]
LONG = "企业职工基本养老保险关系转移接续与城乡居民养老保险待遇领取资格认证综合受理"


@pytest.fixture
def other(database: Path, rules: HallRules) -> Iterator[OtherProgram]:
    """Another program that works in the hall; every counter is closed."""
    other = OtherProgram(database, rules)
    yield other
    other.engine.dispose()


@pytest.fixture
def here(open_hall: OpenHall) -> OpenHall:
    open_hall.settings.sign.settle_seconds = 0
    open_hall.settings.sign.thanks_seconds = 60
    return open_hall


def sign_of(hall: OpenHall, counter: int = 1) -> CounterSignApp:
    """Chinese names, but the product's own words as they stand in the code."""
    sign = CounterSignApp(lambda: hall, counter)
    sign.wording.translations = gettext.NullTranslations()
    return sign


@pytest.fixture
def sign(here: OpenHall) -> CounterSignApp:
    return sign_of(here)


def big(sign: CounterSignApp) -> str:
    return sign.screen.query_one("#big", BigText).text


def is_asking(sign: CounterSignApp) -> bool:
    return sign.screen.query_one(RatingPanel).asked is not None and shows_rating(sign)


def shows_rating(sign: CounterSignApp) -> bool:
    return sign.screen.has_class("-rating")


def read_long_enough(sign: CounterSignApp) -> None:
    """What became of the rating need not stand there any longer."""
    sign.screen.query_one(RatingPanel).told_until = 0


def call(other: OtherProgram, counter: int = 1) -> None:
    other.issue()
    other.call(counter)


def visit(other: OtherProgram, counter: int = 1) -> None:
    call(other, counter)
    other.do(serving.start, counter)
    other.do(serving.finish, counter)


def stars_kept(other: OtherProgram) -> list[int]:
    with reading(other.engine) as session:
        return list(session.exec(select(Rating.stars)).all())


# -- the counter -----------------------------------------------------------------------------


async def test_it_shows_every_state_by_itself(sign: CounterSignApp, other: OtherProgram) -> None:
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Not open")
        other.do(counters.open_counter, 1, "1001")
        await until(pilot, lambda: big(sign) == "Please wait for your number")
        await shows(pilot, "Served by 李四, no. 1001")
        call(other)
        await until(pilot, lambda: big(sign) == "Number A001, please")
        await shows(pilot, "购买自住住房提取")
        other.do(serving.start, 1)
        await until(pilot, lambda: big(sign) == "Serving A001")
        assert not sign.screen.query_one("#now").has_class("-flash")


async def test_a_call_flashes_for_a_while(sign: CounterSignApp, other: OtherProgram) -> None:
    other.do(counters.open_counter, 1, "1001")
    call(other)
    async with sign.run_test(size=SIZE) as pilot:
        now = "#now"
        await until(pilot, lambda: sign.screen.query_one(now).has_class("-flash"))
        await until(pilot, lambda: not sign.screen.query_one(now).has_class("-flash"))


async def test_a_pause_says_why_and_until_when(sign: CounterSignApp, other: OtherProgram) -> None:
    for number in (1, 3):
        other.do(counters.open_counter, number, f"100{number}")
    other.do(counters.pause, 1, "取材料", until=NINE + timedelta(hours=1))
    async with sign.run_test(size=SIZE) as pilot:
        await shows(pilot, "取材料")
        assert big(sign) == "Paused"
        assert "Paused until 10:00" in screen_text(sign)


async def test_who_is_in_hand_is_still_called_to_a_paused_counter(
    sign: CounterSignApp, other: OtherProgram
) -> None:
    for number in (1, 3):
        other.do(counters.open_counter, number, f"100{number}")
    call(other)
    other.do(counters.pause, 1, "取材料")
    async with sign.run_test(size=SIZE) as pilot:
        await shows(pilot, "取材料")
        assert big(sign) == "Number A001, please"


async def test_who_stands_in_is_told(sign: CounterSignApp, other: OtherProgram) -> None:
    other.do(counters.open_counter, 1, "1002")
    async with sign.run_test(size=SIZE) as pilot:
        await shows(pilot, "Served by 周五, no. 1002")
        assert "Stands in for 李四 (post A)" in screen_text(sign)


async def test_at_midnight_yesterdays_number_goes(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    call(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Number A001, please")
        here.now = lambda: NINE + timedelta(days=1)
        await until(pilot, lambda: big(sign) == "Please wait for your number")


# -- the rating ------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["5", "1"])
async def test_a_key_rates_the_visit(sign: CounterSignApp, other: OtherProgram, key: str) -> None:
    other.do(counters.open_counter, 1, "1001")
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Please wait for your number")
        visit(other)
        await until(pilot, lambda: is_asking(sign))
        await shows(pilot, "Very satisfied")
        assert "60 s left" in screen_text(sign)
        await pilot.press(key)
        await shows(pilot, "Your rating is kept")
        read_long_enough(sign)
        await until(pilot, lambda: not shows_rating(sign))
        assert stars_kept(other) == [int(key)]
        with reading(other.engine) as session:
            assert session.exec(select(Rating.place)).one() == "counter-sign 1"


@pytest.mark.parametrize("stars", [5, 4, 3, 2, 1])
async def test_a_touch_rates_the_visit(
    sign: CounterSignApp, other: OtherProgram, stars: int
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: is_asking(sign))
        await pilot.pause()
        assert await pilot.click(f"#stars-{stars}")
        await until(pilot, lambda: stars_kept(other) == [stars])


async def test_an_impatient_second_press_is_no_second_answer(
    sign: CounterSignApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    given: list[int] = []
    give = RatingPanel.give

    def counted(panel: RatingPanel, hall: OpenHall, asked: ratings.Asked, stars: int) -> object:
        given.append(stars)
        return give(panel, hall, asked, stars)

    monkeypatch.setattr(RatingPanel, "give", counted)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        panel = sign.screen.query_one(RatingPanel)
        panel.press(5)
        panel.press(1)
        await shows(pilot, "Your rating is kept")
        panel.press(2)
        await pilot.pause()
        assert (given, stars_kept(other)) == ([5], [5])


async def test_a_stuck_key_or_a_reader_rates_nothing(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        here.settings.sign.settle_seconds = 5
        panel = sign.screen.query_one(RatingPanel)
        for character in "12345":
            panel.take_key(character)
        panel.take_key("5")
        await pilot.pause(2 * rating_panel.HAND_S)  # the first key of a burst is known by then
        assert panel.giving is None
        assert stars_kept(other) == []


async def test_keys_can_be_left_to_the_clerk(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    here.settings.sign.keys = False
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        await pilot.press("5")
        await pilot.pause(2 * rating_panel.HAND_S)
        assert sign.screen.query_one(RatingPanel).giving is None
        await pilot.click("#stars-2")
        await until(pilot, lambda: stars_kept(other) == [2])


async def test_a_touch_meant_for_the_page_before_rates_nothing(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    here.settings.sign.settle_seconds = 5
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        panel = sign.screen.query_one(RatingPanel)
        panel.press(1)
        assert panel.giving is None
        panel.settled_at = 0
        panel.press(1)
        assert panel.giving is not None


async def test_the_next_call_ends_the_question(sign: CounterSignApp, other: OtherProgram) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        call(other)
        await until(pilot, lambda: not shows_rating(sign))
        assert big(sign) == "Number A002, please"
        await pilot.press("5")
        await pilot.pause(2 * rating_panel.HAND_S)
        assert stars_kept(other) == []


async def test_the_next_call_ends_the_thanks(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        await pilot.press("5")
        await shows(pilot, "Your rating is kept")
        call(other)
        await until(pilot, lambda: not shows_rating(sign))


async def test_an_answer_pressed_in_time_is_kept_when_the_next_is_called(
    sign: CounterSignApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    monkeypatch.setattr(rating_panel, "RETRY_S", 0.1)
    rate = ratings.rate
    tries: list[int] = []

    def busy_once(*given: object, **named: object) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise DatabaseBusy("hall.db")
        return rate(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(ratings, "rate", busy_once)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        sign.screen.query_one(RatingPanel).press(3)
        call(other)
        await until(pilot, lambda: stars_kept(other) == [3])
        await until(pilot, lambda: not shows_rating(sign))
        assert len(tries) == 2


async def test_a_rating_that_cannot_be_kept_is_told_and_can_be_tried_again(
    sign: CounterSignApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    monkeypatch.setattr(rating_panel, "RETRY_S", 0.1)

    def fail(*_given: object, **_named: object) -> NoReturn:
        raise DatabaseBusy("hall.db")

    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        with monkeypatch.context() as patched:
            patched.setattr(ratings, "rate", fail)
            await pilot.press("2")
            await shows(pilot, "Your rating could not be kept.")
            assert "hall.db" not in screen_text(sign)
        read_long_enough(sign)
        await shows(pilot, "How was the service?")
        await pilot.press("2")
        await until(pilot, lambda: stars_kept(other) == [2])


async def test_rated_elsewhere_meanwhile_it_is_said(
    sign: CounterSignApp, other: OtherProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        screen = sign.screen
        assert isinstance(screen, CounterSignScreen)
        screen.is_reading = True  # it has not heard of the other one yet
        other.do(ratings.rate, 1, 4, place="kiosk")
        await pilot.press("1")
        await shows(pilot, "The visit of A001 has been rated already")
        read_long_enough(sign)
        await until(pilot, lambda: not shows_rating(sign))
        assert stars_kept(other) == [4]


async def test_rated_elsewhere_the_question_goes(sign: CounterSignApp, other: OtherProgram) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        other.do(ratings.rate, 1, 4, place="kiosk")
        await until(pilot, lambda: not shows_rating(sign))


async def test_an_end_undone_and_ended_again_is_asked_again(
    sign: CounterSignApp, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        panel = sign.screen.query_one(RatingPanel)
        panel.until = 0  # nobody answered
        await until(pilot, lambda: not shows_rating(sign))
        other.do(undo.undo, 1)
        await until(pilot, lambda: big(sign) == "Serving A001")
        other.do(serving.finish, 1)
        await until(pilot, lambda: is_asking(sign))


async def test_without_an_answer_the_question_goes_and_stays_gone(
    sign: CounterSignApp, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        sign.screen.query_one(RatingPanel).until = 0
        await until(pilot, lambda: not shows_rating(sign))
        other.issue()  # read again, while the hall's clock stands still
        screen = sign.screen
        assert isinstance(screen, CounterSignScreen)
        before = screen.view
        await until(pilot, lambda: screen.view is not before)
        assert not shows_rating(sign)


async def test_at_midnight_nobody_is_asked_about_yesterday(
    sign: CounterSignApp, here: OpenHall, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        here.now = lambda: NINE + timedelta(days=1)
        await until(pilot, lambda: not shows_rating(sign))


async def test_started_anew_it_asks_again(here: OpenHall, other: OtherProgram) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    here.now = lambda: NINE + timedelta(seconds=20)
    for _ in range(2):
        sign = sign_of(here)
        async with sign.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: is_asking(sign))  # noqa: B023  # waited for here
            assert "40 s left" in screen_text(sign)


# -- what can go wrong -----------------------------------------------------------------------


async def test_no_key_leaves_it_or_puts_the_question_away(
    sign: CounterSignApp, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: is_asking(sign))
        await pilot.press(
            "escape", "q", "ctrl+q", "ctrl+c", "ctrl+p", "ctrl+z", "tab", "enter", "space", "f1"
        )
        await pilot.pause(2 * rating_panel.HAND_S)
        assert is_asking(sign) and sign.is_running and not sign._exit
        assert sign.focused is None
        assert len(sign.screen_stack) == 1
        assert stars_kept(other) == []


async def test_a_lost_hall_leaves_what_was_known(
    settings: Settings, database: Path, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    call(other)
    other.engine.dispose()
    sign = CounterSignApp(lambda: open_the_hall(settings, lambda: NINE), 1)
    sign.wording.translations = gettext.NullTranslations()
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Number A001, please")
        aside = database.with_name("aside.db")
        database.rename(aside)
        await shows(pilot, "Restoring…")
        assert big(sign) == "Number A001, please"
        assert "hall.db" not in screen_text(sign)  # why is not for the public
        assert sign.screen.query_one("#big").styles.text_opacity < 1
        aside.rename(database)
        await until(pilot, lambda: "Restoring…" not in screen_text(sign))


async def test_a_hall_that_is_not_there_yet_is_waited_for(
    database: Path, tmp_path: Path, other: OtherProgram
) -> None:
    place = tmp_path / "later" / "hall.db"
    settings = Settings(database_url=f"sqlite:///{place}")
    sign = CounterSignApp(lambda: open_the_hall(settings, lambda: NINE), 1)
    sign.wording.translations = gettext.NullTranslations()
    async with sign.run_test(size=SIZE) as pilot:
        await shows(pilot, "Restoring…")
        place.parent.mkdir()
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("VACUUM INTO ?", (str(place),))
        await until(pilot, lambda: big(sign) == "Not open")


async def test_a_counter_that_is_not_there_is_told(here: OpenHall) -> None:
    sign = sign_of(here, 77)
    async with sign.run_test(size=SIZE) as pilot:
        await shows(pilot, "There is no counter 77.")


def test_nothing_slow_is_imported_before_the_first_paint() -> None:
    code = (
        "import sys, display.counter_sign; "
        "slow = 'sqlalchemy', 'sqlmodel', 'pydantic', 'PIL'; "
        "print([name for name in slow if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.strip() == "[]"


# -- its looks -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_what_matters(
    sign: CounterSignApp, other: OtherProgram, size: tuple[int, int]
) -> None:
    """Whatever the names; every answer can be pressed."""
    for number, clerk in ((1, "1002"), (3, "1003")):
        other.do(counters.open_counter, number, clerk)
    with closing(sqlite3.connect(str(other.engine.url.database))) as connection:
        names = f'{{"zh": "[red]{LONG}", "en": "{LONG}"}}'
        connection.execute("UPDATE counter SET names = ?, sign = ?", (names, LONG))
        connection.execute("UPDATE clerk SET department = ?", (LONG,))
        connection.execute("UPDATE service SET names = ?", (names,))
        connection.commit()
    call(other)
    async with sign.run_test(size=size) as pilot:
        await until(pilot, lambda: "A001" in big(sign))
        for words in ("周五", "Number A001, please come here", "Stands in for 李四"):
            await shows(pilot, words)
        assert_whole(sign)
        other.do(counters.pause, 1, LONG, until=NINE + timedelta(hours=1))
        await shows(pilot, "Paused until 10:00")
        assert_whole(sign)
        other.do(serving.start, 1)
        other.do(serving.finish, 1)
        await until(pilot, lambda: is_asking(sign))
        await shows(pilot, "60 s left")
        await shows(pilot, "Very dissatisfied")
        least = 2 if size[1] < 24 else 3
        buttons = sign.screen.query(StarsButton)
        assert len(buttons) == 5
        await until(pilot, lambda: all(button.size.height >= least for button in buttons))
        assert_whole(sign)
        await pilot.press("3")
        await shows(pilot, "Your rating is kept")
        read_long_enough(sign)
        await until(pilot, lambda: not shows_rating(sign))
        await shows(pilot, "Paused until 10:00")


def assert_whole(sign: CounterSignApp) -> None:
    """Lines fill the screen, and no widget reaches beyond it."""
    strips = sign.screen._compositor.render_strips()
    assert {strip.cell_length for strip in strips} == {sign.size.width}
    for widget in sign.screen.query("*"):
        if widget.is_on_screen:
            assert sign.screen.region.contains_region(widget.region), widget


async def test_the_window_may_be_resized_at_any_time(
    sign: CounterSignApp, other: OtherProgram
) -> None:
    other.do(counters.open_counter, 1, "1001")
    visit(other)
    async with sign.run_test(size=(20, 5)) as pilot:
        await until(pilot, lambda: is_asking(sign))
        for size in (*SIZES, (1, 1), *reversed(SIZES)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            strips = sign.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {sign.size.width}


async def test_other_counters_do_not_concern_it(here: OpenHall, other: OtherProgram) -> None:
    other.add(Counter(hall_id=1, number=4, names={"zh": "楼上窗口"}))
    for number in (1, 3):
        other.do(counters.open_counter, number, f"100{number}")
    sign = sign_of(here, 4)
    async with sign.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: big(sign) == "Not open")
        visit(other)
        call(other, 3)
        screen = sign.screen
        assert isinstance(screen, CounterSignScreen)
        before = screen.view
        await until(pilot, lambda: screen.view is not before)
        assert big(sign) == "Not open" and not shows_rating(sign)
