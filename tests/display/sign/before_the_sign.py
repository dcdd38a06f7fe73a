"""Who stands before a counter's sign, and who works at the counter."""

import gettext

from sqlmodel import select

from db.engine import reading
from db.tables import Rating
from display.counter_sign import CounterSignApp
from display.rating_panel import RatingPanel
from hall.open_hall import OpenHall
from hall.tickets import serving
from tests.display.before_the_board import OtherProgram
from ui.big_text import BigText

SIZE = (106, 33)
SIZES = [(40, 15), (80, 24), (100, 30), (120, 40)]
LONG = "企业职工基本养老保险关系转移接续与城乡居民养老保险待遇领取资格认证综合受理"


def sign_of(hall: OpenHall, counter: int = 1, *, on_the_wall: bool = False) -> CounterSignApp:
    """Chinese names, but the product's own words as they stand in the code."""
    sign = CounterSignApp(lambda: hall, counter, on_the_wall=on_the_wall)
    sign.wording.translations = gettext.NullTranslations()
    return sign


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
