"""Settings: the machine's file and environment, and what the hall itself has set."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from db.tables import Setting
from hall import hall_rules
from hall.errors import SettingsWrong
from hall.hall_rules import HallRules
from hall.settings import HallSettings, Settings, VoiceSettings, load


def test_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "jiaohao.toml"
    file.write_text('[printer]\naddress = "10.0.0.9:9100"\nwidth_dots = 384\n')
    monkeypatch.setenv("JIAOHAO_PRINTER__ADDRESS", "10.0.0.8:9100")

    found = load(file)

    assert (found.printer.address, found.printer.width_dots) == ("10.0.0.8:9100", 384)


def test_a_file_of_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "jiaohao.toml"
    file.write_bytes('language = "中文"\n'.encode("gbk"))
    with pytest.raises(SettingsWrong):
        load(file)


def test_a_hall_that_is_not_there_is_told_apart_from_no_hall(
    session: Session, settings: Settings
) -> None:
    with pytest.raises(SettingsWrong):
        hall_rules.load(session, settings.model_copy(update={"hall_code": "XX"}))


@pytest.mark.parametrize(
    "text", ["[kiosk]\nidle_seconds = -1", "[kiosk]\nidel_seconds = 30", "[kiosk", "\x00"]
)
def test_a_wrong_file_is_told_with_its_place(tmp_path: Path, text: str) -> None:
    file = tmp_path / "jiaohao.toml"
    file.write_text(text)
    with pytest.raises(SettingsWrong) as wrong:
        load(file)
    assert wrong.value.where == str(file)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong):
        load(tmp_path / "none.toml")


def test_the_database_has_a_place_of_its_own_when_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("JIAOHAO_DATABASE_URL", raising=False)
    assert load().database_url == f"sqlite:///{tmp_path}/jiaohao/hall.db"


def test_the_hall_sets_its_numbers_and_a_machine_may_differ(
    session: Session, settings: Settings
) -> None:
    session.add(Setting(hall_id=1, key="calls_before_no_show", value=4))
    session.add(Setting(hall_id=1, key="recall_limit", value=9))
    session.add(Setting(hall_id=1, key="of_a_newer_version", value=1))
    session.flush()
    machine = settings.model_copy(update={"hall": HallSettings(recall_limit=5)})

    numbers = hall_rules.load(session, machine).numbers

    assert (numbers.calls_before_no_show, numbers.recall_limit) == (4, 5)


def test_the_business_day_is_a_day_of_the_halls_zone(rules: HallRules) -> None:
    before_midnight = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    assert rules.business_day(before_midnight).isoformat() == "2026-12-31"
    after_midnight = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert rules.business_day(after_midnight).isoformat() == "2027-01-01"


def test_the_voice_is_quieter_at_the_hours_the_hall_wishes() -> None:
    voice = VoiceSettings(hours={"12:00-14:00": 0.5, "18:30-08:00": 0})
    at = {"07:59": 0, "08:00": 1, "12:00": 0.5, "13:59": 0.5, "14:00": 1, "18:30": 0, "00:00": 0}
    assert {hour: voice.share_at(time.fromisoformat(hour)) for hour in at} == at


@pytest.mark.parametrize("hours", [{"noon": 0.5}, {"12:00": 0.5}, {"12:00-14:00": 2}])
def test_hours_nobody_can_read_are_refused(hours: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        VoiceSettings(hours=hours)
