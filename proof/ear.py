"""A player that plays nothing, and writes down when it began and ended.

Arguments: FILE, SECONDS, CLIP. It obeys its parent as the real player does.
"""

import os
import sys
import threading
import time

from devices.speech.child_process import die_with_parent
from devices.speech.playback_child import obey_parent


def main() -> None:
    die_with_parent()
    threading.Thread(target=obey_parent, daemon=True).start()
    file = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(file, f"began {os.getpid()} {time.monotonic()}\n".encode())
    time.sleep(float(sys.argv[2]))
    os.write(file, f"ended {os.getpid()} {time.monotonic()}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    main()
