"""Languages by their own names, for those who read no other."""

OF_CHINA = {
    "bo": "བོད་ཡིག",
    "ug": "ئۇيغۇرچە",
    "kk": "قازاقشا",
    "mn-Mong": "ᠮᠣᠩᠭᠣᠯ",
    "ii": "ꆈꌠꉙ",
    "za": "Vahcuengh",
    "khb": "ᦅᧄᦺᦑᦟᦹᧉ",
    "tdd": "ᥖᥭᥰᥖᥬᥲᥑᥨᥒᥰ",
    "lis": "ꓡꓲꓢꓴ",
    "ko": "조선말",
    "mnc": "ᠮᠠᠨᠵᡠ",
    "hmn": "Hmoob",
    "yue": "粤语",
}
"""Of citizens who may be expected to read Chinese rather than English."""
NAMES = {
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "ja": "日本語",
    "vi": "Tiếng Việt",
    "th": "ไทย",
    "lo": "ລາວ",
    "my": "မြန်မာ",
    **OF_CHINA,
}


def own_name(language: str) -> str:
    """The code itself where the name is not known."""
    return NAMES.get(language, language)
