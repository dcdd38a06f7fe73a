"""Every number a hall may want to change, with its meaning.

Read once by the front door from a TOML file and `JIAOHAO_…` variables, e.g.
`JIAOHAO_HALL__RECALL_LIMIT=3`, and passed in. What the hall's workbook sets stands in the database
(`setting`) and yields only to what a machine's own file or environment says.
"""

import tomllib
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_config_path, user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from hall.errors import SettingsWrong
from hall.keeping.keeping_settings import BackupSettings, PrivacySettings
from hall.names import plain
from hall.setting_group import Group


class HallSettings(Group):
    """How the line moves."""

    ordinary_target_minutes: int = Field(20, ge=1, le=240)
    """Target wait of an ordinary ticket; with the others, how much sooner each class is due."""
    privileged_target_minutes: int = Field(5, ge=0, le=240)
    """Target wait of the elderly, disabled, pregnant, soldiers, those with infants."""
    urgent_target_minutes: int = Field(0, ge=0, le=240)
    """Target wait of an urgent matter."""
    priority_classes: list[
        Literal["elderly", "disabled", "pregnant", "infant", "soldier", "urgent"]
    ] = ["elderly", "disabled", "pregnant", "infant", "soldier", "urgent"]
    """Whom the hall serves sooner, in the order in which the kiosk asks; [] nobody."""
    privileged_in_a_row: int = Field(2, ge=1, le=20)
    """After so many privileged calls a counter takes an ordinary ticket, if one waits."""
    calls_before_no_show: int = Field(3, ge=1, le=10)
    """How often one must have been called before one may be marked absent."""
    recall_interval_s: int = Field(10, ge=0, le=600)
    """A recall sooner than this is spoken but is not counted as another call."""
    recall_limit: int = Field(6, ge=1, le=50)
    """How often one citizen may be called in all; then it is no-show or start."""
    undo_seconds: int = Field(120, ge=0, le=3600)
    """How long a clerk may undo the last step."""
    cases_per_visit: int = Field(20, ge=1, le=200)
    """So many matters one ticket can be for at most."""
    returning_target_minutes: int = Field(0, ge=0, le=240)
    """Target wait of one who brings the papers a notice asked for: ahead of new ones."""
    self_check_ahead_minutes: int = Field(30, ge=0, le=10_080)
    """Who comes back with what the kiosk's own list asked for goes ahead of new ones, but not so
    soon: within this one has fetched nothing."""
    last_counter_needs_consent: bool = True
    """The last open counter of a matter pauses in office hours only when its stand-in is there or
    the duty manager agrees."""
    long_wait_minutes: int = Field(30, ge=1, le=480)
    """The manager's screen warns of whoever has waited longer."""
    long_line: int = Field(15, ge=1, le=1000)
    """The manager's screen warns of a matter for which more wait."""
    closing_warning_minutes: int = Field(30, ge=0, le=240)
    """So long before the office hours end the manager's screen tells who still waits."""
    rating_seconds: int = Field(60, ge=5, le=600)
    """How long the counter's sign asks for a rating after a visit, unless the next is called."""
    forbidden_phrases: list[str] = []
    """What no notice, sign or slip may say besides the product's own list: `phrase`, or
    `phrase=what to say instead`."""
    inquiry_days: int = Field(3, ge=0, le=60)
    """An inquiry without a result for more working days than this is overdue."""
    requeue_behind: int = Field(3, ge=0, le=50)
    """An absent citizen who comes back stands behind so many who wait."""
    stop_issuing_minutes: int = Field(15, ge=0, le=240)
    """The kiosk stops so long before a session ends."""
    opens_before_minutes: int = Field(30, ge=0, le=240)
    """So long before a session begins the kiosk gives its numbers."""
    serves_over_the_break: bool = False
    """Who comes late in the morning may be served after the noon break, with the same number."""
    open_days: Literal["working_days", "every_day"] = "working_days"
    """Working days are those of the State Council's calendar, make-up days (调休) included."""
    closed_days: dict[date, str] = {}
    """The hall's own closures: day = why, in words a citizen is told; "" without."""
    extra_days: list[date] = []
    """Open although the calendar has them as days off."""
    quotas: dict[str, int] = {}
    """Code of a matter = so many numbers a session at the kiosk; others are without limit."""
    real_name: bool = False
    """For every matter the kiosk asks for the number of the citizen's identity card."""
    real_name_services: list[str] = []
    """Codes of the matters with real names, where not all have them."""
    numbers_per_person: int = Field(10, ge=1, le=200)
    """So many numbers a day for one person at most, where real names are asked for."""
    elderly_from: int = Field(60, ge=50, le=100)
    """Years of age, by the identity card, from which one is called as an elderly person."""
    suggestions_an_hour: int = Field(30, ge=1, le=1000)
    """So many suggestions one kiosk takes within an hour: it may be played with."""
    numbers_at_any_hour: bool = False
    """The kiosk keeps no hours: for demonstrations, and where staff switch it on and off."""
    announcement_lifetime_s: int = Field(75, ge=5, le=600)
    """A call not spoken within this is shown only: who came late to it would be misled."""
    slip_lifetime_minutes: int = Field(30, ge=1, le=600)
    """A ticket slip not printed within this expires; the number stays valid."""
    waits_kept_percent: int = Field(80, ge=50, le=98)
    """Of so many waits the range told holds; more of them make it wider."""
    reprint_limit: int = Field(3, ge=0, le=50)
    """How often a person may have the same slip printed again."""
    emergency_texts: dict[Literal["evacuate", "stay"], dict[str, str]] = {}
    """What an emergency says in the hall's other languages, {"evacuate": {"bo": "…"}}; by somebody
    who speaks them."""
    languages: list[str] = Field(["zh", "en"], min_length=1)
    """In which calls are spoken, in this order; the citizen's own, if it is another than the
    first, comes last."""


class KioskSettings(Group):
    name: str = Field("", max_length=20)
    """Where it stands, for the assistant who is called to it: "1", "东门"; "": the only one."""
    languages: list[str] = Field(["zh", "en"], min_length=1, max_length=9)
    """What a visitor may choose from, as the catalogue names them: "bo", "ug", "ii", "mn-Mong"."""
    search_from: int = Field(12, ge=0, le=10_000)
    """With so many matters or more they can be searched by letters; 0: always."""
    more_time: float = Field(3, ge=1, le=20)
    """How many times as long every page stays for a visitor who asked for more time."""
    read_aloud: bool = False
    """Whether this machine has a loudspeaker or headphones of its own, and reads its pages to the
    visitor who touches the button for it or steps through a page by key."""
    reads_beside: str = "hall"
    """The zone of the speaker whose calls are heard here too: they go first; "" with headphones."""
    idle_seconds: float = Field(30, ge=1, le=600)
    """Without a touch for so long the kiosk returns to its first page."""
    number_seconds: float = Field(8, ge=1, le=600)
    """How long the issued number is shown."""
    settle_seconds: float = Field(0.5, ge=0, le=5)
    """A page just shown takes no touch for so long: it was meant for the page before."""

    @property
    def place(self) -> str:
        """As the journal names it."""
        name = plain(self.name)
        return f"kiosk {name}" if name else "kiosk"


class CounterSettings(Group):
    settle_seconds: float = Field(0.4, ge=0, le=5)
    """So soon after a step, or after a dialog, Enter and Space do nothing: they would mean the next
    step by now, and a key pressed twice was meant once."""


class BoardSettings(Group):
    title: str = ""
    """Instead of the hall's name; empty: the hall's name."""
    second_language: str = "en"
    """What stands beneath on board and sign, as the catalogue names it: "en", "ii", "bo", "ug". A
    script that terminals cannot shape is drawn, where there is height enough for it."""
    last_calls: int = Field(6, ge=1, le=20)
    """How many earlier calls are listed."""
    highlight_seconds: float = Field(12, ge=1, le=120)
    """How long a call stands out, about as long as it is spoken."""
    quiet_seconds: float = Field(180, ge=15, le=86_400)
    """So long after the last call the board tells what the hall promises and who works there."""


class SignSettings(Group):
    """The counter's own sign, which asks for ratings."""

    keys: bool = True
    """Whether the keys 5 to 1 rate; false where the sign's machine has the clerk's keyboard."""
    settle_seconds: float = Field(0.5, ge=0, le=5)
    """A question just shown takes no touch for so long, nor a key while others are pressed."""
    thanks_seconds: float = Field(4, ge=1, le=60)
    """How long the citizen reads what became of the rating."""


class PrinterSettings(Group):
    """The printer of this machine; whatever is asked for here is printed there."""

    name: str = Field("default", pattern=r"^[A-Za-z0-9_-]{1,40}$")
    """Under which the hall knows it; two printers of a hall have two names."""
    place: str = Field("", max_length=40)
    """Where it stands, in words a citizen is told: 咨询台."""
    stands_in_for: list[str] = []
    """Names of printers whose slips this one prints while they are down."""
    take_over_seconds: float = Field(15, ge=0, le=3600)
    """How long a slip waits for its own printer first."""
    address: str = ""
    """Where it is found: `HOST` or `HOST:9100` on the network, `usb:04b8:0e15` with what lsusb
    shows (and `:SERIAL` behind it where there are two of the kind),
    `serial:/dev/ttyUSB0?baud=115200&parity=N&flow=rtscts` (flow also xonxoff, dsrdtr, none),
    `file:/dev/usb/lp0`, `cups:QUEUE` or `cups:QUEUE@HOST:631`; empty: slips go to `folder`."""
    profile: str = "default"
    """What it can do, by its name in python-escpos: how it takes pictures, whether it cuts."""
    folder: Path | None = None
    """Where slips go as PNG without a printer; None: `slips` beside the database."""
    width_dots: int = Field(576, ge=384, le=832, multiple_of=8)
    """Printing width at 203 dpi: 384 is 58 mm paper, 576 is 80 mm, 512 an older Epson."""
    large_print: bool = False
    """Tickets of this machine come out in letters for older eyes."""
    connect_seconds: float = Field(2, gt=0, le=60)
    status_seconds: float = Field(1.5, gt=0, le=60)
    send_seconds: float = Field(5, gt=0, le=60)
    acknowledge_seconds: float = Field(20, gt=0, le=600)
    """How long to wait for the printer to say that the slip is out, beyond what printing takes."""
    slowest_bytes_per_second: int = Field(4000, ge=100)
    """How fast it takes a picture at the least; a ticket is about 53,000 bytes."""
    acknowledgement: Literal["auto", "process-id", "paper-status", "pause"] = "auto"
    """How the printer says so; `auto` tries in this order."""
    pause_seconds: float = Field(2, ge=0, le=60)
    """With `pause`: how long a slip takes."""
    check_seconds: float = Field(15, ge=1, le=600)
    """How often an idle printer is asked how it is."""
    retry_seconds: float = Field(5, ge=0.1, le=600)
    """How long at most between two tries while the printer is down."""


def begins_and_ends(span: str) -> tuple[time, time]:
    """Of "12:00-14:00"; raises ValueError."""
    begins, _dash, ends = span.partition("-")
    return time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip())


class VoiceSettings(Group):
    enabled: bool = True
    """Off: the speaker shows calls as not spoken."""
    calls: Literal["clips", "espeak"] = "clips"
    """Whose voice calls have: recorded clips, or eSpeak's, which says all other words."""
    device: str = ""
    """The loudspeaker, by the name `jiaohao voice devices` shows, or a part of it that no other
    has; empty: the machine's usual one."""
    one_is_yao: bool = True
    """Of the digits of a number, 1 is said 幺 in Mandarin, as on the telephone: it cannot be taken
    for 七. Off: 一."""
    recordings: Path | None = None
    """The hall's own clips, LANGUAGE/NAME.wav, which go before those of the product; None: in the
    platform's data folder."""
    rate: int = Field(140, ge=80, le=250)
    """Words a minute, as eSpeak counts them; 130 to 150 suits a hall."""
    volume: float = Field(1.0, ge=0, le=1)
    """1 is as loud as the sound card can be without distortion (peaks at -3 dBFS)."""
    hours: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}
    """Quieter hours of the day: "12:00-14:00" = how loud then, of `volume`; at 0 calls are shown
    only. What is urgent is as loud as ever."""
    times: int = Field(2, ge=1, le=3)
    """How often each call is said."""
    once_when_waiting: int = Field(2, ge=0, le=100)
    """With more calls than this waiting each is said only once."""
    short_when_waiting: int = Field(5, ge=0, le=100)
    """With more calls than this waiting each is said once, in one language: the citizen's own."""
    gap_seconds: float = Field(0.8, ge=0.2, le=10)
    """How long it is silent after each call, so that two are told apart."""
    chime: bool = True
    cache_folder: Path | None = None
    """Where spoken phrases are kept for the next time; None: the platform's cache folder."""
    cache_megabytes: int = Field(64, ge=1, le=10_000)

    @field_validator("hours")
    @classmethod
    def check_hours(cls, hours: dict[str, float]) -> dict[str, float]:
        for span in hours:
            begins_and_ends(span)
        return hours

    def share_at(self, moment: time) -> float:
        """How loud, of `volume`, at this time of day; the first span that has it counts."""
        for span, share in self.hours.items():
            begins, ends = begins_and_ends(span)
            over_midnight = ends <= begins
            if begins <= moment < ends or (over_midnight and (moment >= begins or moment < ends)):
                return share
        return 1.0

    @property
    def recordings_folder(self) -> Path:
        return self.recordings or user_data_path("jiaohao") / "recordings"


class AccountSettings(Group):
    """Passwords and signing in; the same on every machine of a hall."""

    password_length: int = Field(8, ge=8, le=64)
    """The least; longer is better than stranger."""
    one_time_hours: int = Field(168, ge=1, le=2160)
    """So long a password given by an administrator waits for its first use."""
    free_tries: int = Field(5, ge=1, le=20)
    """So many wrong passwords in a row cost nothing; each further one locks the account."""
    first_delay_s: int = Field(30, ge=1, le=3600)
    """How long the first lock-out lasts."""
    delay_factor: float = Field(2, ge=1, le=10)
    """How much longer each further one is."""
    longest_delay_s: int = Field(3600, ge=1, le=86_400)
    """No lock-out is longer."""
    lock_minutes: float = Field(10, gt=0, le=240)
    """A counter's screen nobody has touched for so long asks for the password."""
    time_cost: int = Field(3, ge=1, le=100)
    """Passes of Argon2id; with `memory_kib` what RFC 9106 asks where memory is scarce. Passwords
    kept with other costs are kept anew at their next sign-in."""
    memory_kib: int = Field(65_536, ge=32, le=4_194_304)


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="JIAOHAO_",
        env_nested_delimiter="__",
        extra="forbid",
        use_attribute_docstrings=True,
    )

    database_url: str = ""
    """Where the hall is remembered; empty: in the platform's data folder."""
    hall_code: str = ""
    """Which hall of the database; empty: the only one."""
    language: str = "zh"
    """Of the screens and messages on this machine, until a visitor chooses."""
    log_format: Literal["text", "json"] = "text"
    """Of what programs without a screen tell: lines for people, or an object a line."""
    hall: HallSettings = HallSettings()
    kiosk: KioskSettings = KioskSettings()
    counter: CounterSettings = CounterSettings()
    board: BoardSettings = BoardSettings()
    sign: SignSettings = SignSettings()
    printer: PrinterSettings = PrinterSettings()
    voice: VoiceSettings = VoiceSettings()
    accounts: AccountSettings = AccountSettings()
    backup: BackupSettings = BackupSettings()
    privacy: PrivacySettings = PrivacySettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was typed, else the environment, else the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def reads_aloud(self) -> bool:
        """Whether the kiosk of this machine can: a voice that is switched off says nothing."""
        return self.kiosk.read_aloud and self.voice.enabled


def load(file: Path | None = None, database_url: str | None = None) -> Settings:
    """The settings of this machine.

    `file`: None is the platform's place, where there need not be one. Raises SettingsWrong, also
    when a named file is not there.
    """
    try:
        if file is not None and not file.is_file():
            raise SettingsWrong(str(file), "no such file")
    except OSError as error:
        raise SettingsWrong(str(file), str(error)) from error
    place = file or user_config_path("jiaohao") / "jiaohao.toml"

    class WithFile(Settings):
        model_config = SettingsConfigDict(toml_file=place)

    try:
        found = WithFile(database_url=database_url) if database_url else WithFile()
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(step) for step in one['loc'])}: {one['msg']}" for one in error.errors()
        )
        raise SettingsWrong(str(place), wrong) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, SettingsError, OSError) as error:
        raise SettingsWrong(str(place), str(error)) from error
    if not found.database_url:
        default = user_data_path("jiaohao") / "hall.db"
        found = found.model_copy(update={"database_url": f"sqlite:///{default}"})
    return found
