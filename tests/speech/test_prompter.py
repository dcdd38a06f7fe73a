"""A page is read as it stands there now, once, and never into a call."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import writing
from devices.speech.clips import Clips
from devices.speech.nobody_heard import NO_LOUDSPEAKER, NobodyHeard
from devices.speech.prompter import Prompter
from devices.speech.pronunciation import Phrase
from hall.announcing import announcement_queue as queue
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall, open_hall
from hall.settings import Settings
from tests.speech.speaking import Record, announce, wait_until

PAGE, OTHER = object(), object()


class Told(Clips):
    """What was begun, in its order; a phrase is heard when its player has ended."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.voice.model_copy(update={"chime": False}))
        self.begun: list[str] = []

    def sound_of(self, phrases: Sequence[Phrase], times: int, share: float = 1.0) -> Path:
        self.begun += [phrase.caption for phrase in phrases]
        return super().sound_of(phrases, times, share)


@pytest.fixture
def hall(database: Path, settings: Settings, rules: HallRules) -> OpenHall:
    """On the real clock."""
    return open_hall(settings, lambda: datetime.now(UTC))


@pytest.fixture
def told(settings: Settings) -> Told:
    return Told(settings)


@pytest.fixture
def unheard() -> list[NobodyHeard]:
    return []


@pytest.fixture
def prompt(
    hall: OpenHall, told: Told, record: Record, unheard: list[NobodyHeard]
) -> Iterator[Callable[..., Prompter]]:
    made: list[Prompter] = []

    def make(seconds: float = 0.05, player: Sequence[str] = ()) -> Prompter:
        player = player or record.player(seconds)
        made.append(Prompter(hall, "hall", unheard.append, player, told))
        return made[-1]

    yield make
    for prompter in made:
        prompter.close()
        assert not prompter.thread.is_alive()


def texts(*words: str) -> dict[str, str]:
    return {word: word for word in words}


def count(record: Record, what: str) -> int:
    return len(record.lines(what))


def test_a_page_is_read_once_in_its_order(
    prompt: Callable[..., Prompter], told: Told, record: Record
) -> None:
    prompter = prompt()
    for _ in range(3):
        prompter.tell(PAGE, texts("请选择事项", "1 提取", "2 贷款"), "zh")
    wait_until(lambda: count(record, "ended") == 3, "all is read")
    prompter.tell(PAGE, texts("请选择事项", "1 提取", "2 贷款", "还有一项"), "zh")
    wait_until(lambda: count(record, "ended") == 4, "what came later is read")
    assert told.begun == ["请选择事项", "1 提取", "2 贷款", "还有一项"]
    assert record.most_at_once() == 1


def test_another_page_cuts_off_the_one_before(
    prompt: Callable[..., Prompter], told: Told, record: Record
) -> None:
    prompter = prompt(seconds=60)
    prompter.tell(PAGE, texts("第一页", "还有"), "zh")
    wait_until(lambda: count(record, "began") == 1, "it is being read")
    prompter.tell(OTHER, texts("第二页"), "zh")
    wait_until(lambda: count(record, "began") == 2, "the other page is read")
    assert told.begun == ["第一页", "第二页"] and not record.heard


def test_what_does_not_stand_there_any_more_falls_silent(
    prompt: Callable[..., Prompter], told: Told, record: Record
) -> None:
    prompter = prompt(seconds=60)
    prompter.tell(PAGE, texts("请稍候"), "zh")
    wait_until(lambda: count(record, "began") == 1, "it is being read")
    prompter.tell(PAGE, texts("好了"), "zh")
    wait_until(lambda: count(record, "began") == 2, "what stands there is read")
    assert told.begun == ["请稍候", "好了"]


def test_who_steps_through_the_page_hears_what_is_stepped_to(
    prompt: Callable[..., Prompter], told: Told, record: Record
) -> None:
    prompter = prompt(seconds=60)
    page = texts("请选择事项", "1 提取", "2 贷款")
    prompter.tell(PAGE, page, "zh")
    wait_until(lambda: count(record, "began") == 1, "it is being read")
    prompter.instead("返回", "zh")
    prompter.tell(PAGE, page, "zh")
    wait_until(lambda: count(record, "began") == 2, "what is stepped to is read")
    assert told.begun == ["请选择事项", "返回"]


def test_a_call_goes_first_and_then_it_is_read_again(
    prompt: Callable[..., Prompter], told: Told, record: Record, hall: OpenHall
) -> None:
    def speak(owner: str) -> None:
        with writing(hall.engine) as session:
            announce(session, "ticket/7", hall.now())
            assert queue.take_next(session, 1, "hall", owner, hall.now()) is not None

    prompter = prompt(seconds=3)
    prompter.tell(PAGE, texts("请选择事项"), "zh")
    wait_until(lambda: count(record, "began") == 1, "it is being read")
    speak("speaker")
    wait_until(lambda: not prompter.is_sounding, "it gives way")
    assert count(record, "ended") == 0
    wait_until(lambda: count(record, "ended") == 1, "it is read when the call is over")
    assert told.begun[0] == told.begun[-1] == "请选择事项"
    assert record.lines("began")[-1]["subjects"] == ["ticket/7"]  # its speaker has died meanwhile


def test_between_two_calls_it_does_not_begin(hall: OpenHall) -> None:
    """A speaker that has just ended one takes the next."""
    with writing(hall.engine) as session:
        now = hall.now()
        for subject in ("ticket/1", "ticket/2"):
            announce(session, subject, now)
        taken = queue.take_next(session, 1, "hall", "speaker", now)
        assert taken is not None and queue.is_speaking(session, 1, "hall", now)
        queue.finish(session, taken, "", now)
        queue.leave(session, 1, "hall", "speaker", now)
        soon, later = now + queue.JUST_ENDED / 2, now + queue.JUST_ENDED
        assert queue.is_speaking(session, 1, "hall", soon)
        assert not queue.is_speaking(session, 1, "hall", later)  # nobody speaks there
        assert not queue.is_speaking(session, 1, "elsewhere", now)


def test_what_cannot_be_read_is_left_out(
    prompt: Callable[..., Prompter], told: Told, record: Record, unheard: list[NobodyHeard]
) -> None:
    prompter = prompt()
    prompter.tell(PAGE, texts("★★★", "长" * 500, "完成"), "zh")
    wait_until(lambda: count(record, "ended") == 1, "the rest is read")
    assert told.begun == ["完成"] and unheard == []


def test_where_nothing_can_be_heard_it_says_so_once(
    prompt: Callable[..., Prompter], told: Told, unheard: list[NobodyHeard], tmp_path: Path
) -> None:
    player = tmp_path / "player"
    told_why = f'{{"reason": "{NO_LOUDSPEAKER}", "detail": ""}}'
    player.write_text(f"#!/bin/sh\necho '{told_why}'\nexit 1\n")
    player.chmod(0o755)
    prompter = prompt(player=[str(player)])
    prompter.tell(PAGE, texts("一", "二"), "zh")
    wait_until(lambda: unheard, "it is told")
    assert unheard[0].reason == NO_LOUDSPEAKER
    assert told.begun == ["一"] and prompter.wanted == []
