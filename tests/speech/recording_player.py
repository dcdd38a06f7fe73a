"""A player that plays nothing: it writes down what it was given and when.

Arguments: LOG, DATABASE, SECONDS, CLIP. It obeys its parent as the real one does.
"""

import json
import os
import sqlite3
import sys
import threading
import time
import wave
from pathlib import Path

from devices.speech.child_process import die_with_parent
from devices.speech.playback_child import obey_parent


def main() -> None:
    die_with_parent()
    threading.Thread(target=obey_parent, daemon=True).start()
    log, database, seconds, clip = sys.argv[1:]
    with wave.open(clip, "rb") as sound:
        length = sound.getnframes() / sound.getframerate()
    memory = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    subjects = memory.execute("SELECT subject FROM announcement WHERE state = 'playing'").fetchall()

    def write(what: str) -> None:
        facts = {
            "what": what,
            "subjects": [subject for (subject,) in subjects],
            "length": length,
            "at": time.monotonic(),
            "pid": os.getpid(),
        }
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(json.dumps(facts) + "\n")

    write("began")
    time.sleep(float(seconds))
    write("ended")
    os._exit(0)


main()
