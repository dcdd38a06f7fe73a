"""A server that is away, or says no, is told in words and without secrets."""

from datetime import datetime

import pytest

from db import doorbell
from db.engine import open_engine, reading, writing
from db.faults import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseUnreadable,
    NoDatabase,
)
from db.place import address
from db.upgrade import create_on_server
from display.hall_board import HallBoardApp
from hall.open_hall import open_hall
from hall.settings import Settings
from tests.conftest import NINE
from tests.display.before_the_board import english_words, shows, until
from tests.on_a_server.halls import issue, waiting
from tests.postgresql_server import Server
from tests.screen_text import screen_text


def test_a_server_that_went_away_is_told_and_found_again(server: Server, nine: datetime) -> None:
    with server.hall() as url:
        engine = open_engine(url)
        with doorbell.listener(engine, poll_s=0.2) as listener:
            assert issue(engine, url, nine) == "A001"
            assert listener.wait()
            before = listener.identity
            server.stop()
            try:
                while listener.identity is not None:
                    assert listener.wait()
                with pytest.raises(DatabaseAway) as away:
                    issue(engine, url, nine)
                assert away.value.where == address(engine)
            finally:
                server.start()
            while listener.identity is None:
                listener.wait()
            assert listener.identity != before
            assert issue(engine, url, nine) == "A002"
            assert listener.wait()
        engine.dispose()


def test_no_such_database_is_told_an_empty_one_is_no_hall_and_a_wrong_url_is_told_with_an_example(
    server: Server,
) -> None:
    with pytest.raises(DatabaseAway, match="nowhere"), reading(open_engine(server.url("nowhere"))):
        pass
    with server.empty() as url, pytest.raises(NoDatabase):
        open_hall(Settings(database_url=url), lambda: NINE)
    for wrong in (f"{server.url('filled')}&lock=none", f"{server.url('filled')}&schema={'x' * 49}"):
        with pytest.raises(DatabaseUnreadable, match="schema=NAME"):
            open_engine(wrong)


def test_no_password_is_ever_told() -> None:
    engine = open_engine("postgresql+psycopg://clerk:geheim@10.0.0.9/halls?schema=lincang")
    assert address(engine) == "postgresql://clerk:***@10.0.0.9/halls?schema=lincang"
    assert "geheim" not in repr(engine.url)


def test_what_the_server_says_of_a_row_is_not_told(hall_url: str) -> None:
    """Its detail may hold a name."""
    engine = open_engine(hall_url)
    with pytest.raises(DatabaseBusy) as busy, writing(engine) as session:
        session.connection().exec_driver_sql(
            "DO $$ BEGIN RAISE 'first' USING ERRCODE = '40001', DETAIL = '李四'; END $$"
        )
    assert busy.value.detail == "first"
    engine.dispose()


async def test_a_board_says_that_it_comes_back_while_the_server_is_away(
    server: Server, nine: datetime
) -> None:
    with server.hall() as url:
        settings = Settings(database_url=url)
        board = english_words(HallBoardApp(lambda: open_hall(settings, lambda: NINE)))
        engine = open_engine(url)
        async with board.run_test(size=(160, 45)) as pilot:
            await shows(pilot, "临沧市服务大厅")
            server.stop()
            try:
                await shows(pilot, "Restoring…")
            finally:
                server.start()
            await until(pilot, lambda: "Restoring…" not in screen_text(board))
            issue(engine, url, nine)
            await until(pilot, lambda: waiting(board) == 1)
        engine.dispose()


def test_an_empty_schema_is_told_without_the_password(server: Server) -> None:
    with server.empty() as url:
        url = url.replace("postgres@", "postgres:geheim@")
        create_on_server(url).dispose()
        with pytest.raises(NoDatabase) as none:
            open_hall(Settings(database_url=url), lambda: NINE)
        assert "geheim" not in str(none.value)
