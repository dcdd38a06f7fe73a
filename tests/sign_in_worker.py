"""One of two programs that sign the same clerk in, each at its counter; prints how it ended.

Waits for the file `go`, so that both begin together.
"""

import sys
import time
from pathlib import Path

from hall.accounts.sign_in import sign_in
from hall.errors import Refused
from hall.open_hall import open_hall
from hall.settings import Settings
from tests.conftest import NINE
from tests.signing_in import CHEAP, RIGHT


def main(url: str, go: Path, counter: int) -> None:
    hall = open_hall(Settings(database_url=url, accounts=CHEAP), lambda: NINE)
    Path(f"{go}.ready-{counter}").touch()
    while not go.exists():
        time.sleep(0.001)
    try:
        sign_in(hall, counter, "1001", RIGHT)
    except Refused as refusal:
        print(refusal.code)  # noqa: T201
    else:
        print("signed in")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
