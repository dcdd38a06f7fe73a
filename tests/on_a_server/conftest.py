"""A hall on the tests' own server."""

from collections.abc import Iterator

import pytest

from tests.postgresql_server import Server


@pytest.fixture
def hall_url(server: Server) -> Iterator[str]:
    with server.hall() as url:
        yield url
