"""What is written instead of a name the voice reads wrong is read as the name is spoken."""

import json
import subprocess
import sys

import pytest

from devices.speech.pronunciation import OVERRIDES

PINYIN = {
    "六安": "lu4 an1",
    "蚌埠": "beng4 bu4",
    "儋州": "dan1 zhou1",
    "浚县": "xun4 xian4",
    "歙县": "she4 xian4",
    "铅山县": "yan2 shan1 xian4",
    "济宁": "ji3 ning2",
    "黄陂": "huang2 pi2",
    "中牟": "zhong1 mu4",
    "牟平": "mu4 ping2",
    "闽侯": "min3 hou4",
    "犍为": "qian2 wei2",
    "枞阳": "zong1 yang2",
    "蔚县": "yu4 xian4",
    "蠡县": "li3 xian4",
    "泌阳": "bi4 yang2",
    "尉犁": "yu4 li2",
    "监利": "jian4 li4",
    "涡阳": "guo1 yang2",
    "代为": "dai4 wei2",
    "农行": "nong2 hang2",
    "曝光": "bao4 guang1",
}
"""Of the names themselves, as the Ministry of Civil Affairs spells them."""

PHONEMES = """
import ctypes, json, sys
import espeakng_loader

library = ctypes.CDLL(espeakng_loader.get_library_path())
library.espeak_Initialize(1, 0, espeakng_loader.get_data_path().encode(), 0)
library.espeak_TextToPhonemes.restype = ctypes.c_char_p

def phonemes(text, voice):
    assert library.espeak_SetVoiceByName(voice.encode()) == 0
    left, heard = ctypes.pointer(ctypes.c_char_p(text.encode())), ""
    while left.contents.value:
        heard += (library.espeak_TextToPhonemes(left, 1, 0) or b"").decode()
    return heard

told = [
    [phonemes(word, "cmn"), phonemes(pinyin, "cmn-latn-pinyin")]
    for word, pinyin in json.load(sys.stdin)
]
print(json.dumps(told))
"""


def sounds(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of each word, and of its Pinyin; in a process of its own, for eSpeak may end one."""
    done = subprocess.run(
        [sys.executable, "-c", PHONEMES],
        input=json.dumps(words),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    bare = str.maketrans("", "", " '_|,")
    return [(one.translate(bare), other.translate(bare)) for one, other in json.loads(done.stdout)]


def test_every_homophone_is_checked() -> None:
    assert set(PINYIN) == set(OVERRIDES)


@pytest.mark.parametrize("name", OVERRIDES)
def test_the_homophone_sounds_as_the_name_does(name: str) -> None:
    (heard, meant), (wrong, _) = sounds([(OVERRIDES[name], PINYIN[name]), (name, PINYIN[name])])
    assert heard == meant
    assert wrong != meant  # else it needs none
