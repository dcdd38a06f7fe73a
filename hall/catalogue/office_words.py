"""What the office writes of a matter and its papers, in the reader's language.

The workbook may have it in that language (`申请条件(en)`). Where it has not, the set terms of
office guides are known: 原件, 不收费, 3个工作日. What is neither is told as it is written: half a
sentence in another language would be worse than none.
"""

import re
from collections.abc import Callable, Mapping

from hall.languages import OF_CHINA
from hall.marked import _
from hall.names import name_in

Say = Callable[..., str]

TERMS = {
    "当场": _("on the spot"),
    "当场办结": _("on the spot"),
    "即时办结": _("on the spot"),
    "当日": _("the same day"),
    "当天": _("the same day"),
    "当日办结": _("the same day"),
    "1个工作日": _("1 working day"),
    "1日": _("1 day"),
    "1个月": _("1 month"),
    "不收费": _("no fee"),
    "免费": _("no fee"),
    "原件": _("original"),
    "复印件": _("copy"),
    "原件及复印件": _("original and copy"),
    "原件和复印件": _("original and copy"),
    "电子件": _("electronic copy"),
    "电子表": _("spreadsheet"),
    "原件及电子表": _("original and spreadsheet"),
    "加盖公章": _("with the official seal"),
    "单位盖章": _("with your employer's seal"),
    "核验后退还": _("given back when checked"),
    "本人签字": _("signed by you"),
    "双方签字": _("signed by both"),
    "复印件须本人签字": _("you sign the copy"),
    "复印件加盖公章": _("the copy with the official seal"),
    "逐项填写": _("fill in every field"),
    "逐项填写并签字": _("fill in every field and sign"),
    "按样表填写": _("fill in as in the sample"),
    "不得涂改": _("nothing crossed out"),
    "须经网签备案": _("registered online"),
    "申请人自备": _("you bring it"),
    "窗口领取": _("from the counter"),
    "单位出具": _("from your employer"),
    "政府部门核发": _("from a government office"),
    "有关部门": _("from the office in charge"),
    "公安部门": _("from the police"),
    "民政部门": _("from civil affairs"),
    "税务部门": _("from the tax office"),
    "人社部门": _("from human resources and social security"),
    "市场监管部门": _("from market regulation"),
    "房产交易部门": _("from the housing office"),
    "规划部门": _("from the planning office"),
    "医疗机构": _("from the hospital"),
    "贷款银行": _("from the bank that lends"),
}
COUNTED = (
    (re.compile(r"([0-9]+)个?工作日"), _("{count} working days")),
    (re.compile(r"([0-9]+)(?:个?自然)?[日天]"), _("{count} days")),
    (re.compile(r"([0-9]+)个月"), _("{count} months")),
    (re.compile(r"工本费([0-9]+(?:\.[0-9]+)?)元"), _("{count} yuan, what it costs to make")),
    (re.compile(r"([0-9]+(?:\.[0-9]+)?)元/[件证本张份]"), _("{count} yuan each")),
)
BETWEEN_TERMS = re.compile(r"[,，、;；]")


def office_words(texts: Mapping[str, str], say: Say, language: str) -> str:
    """`texts` by language; `say` in the reader's. Who reads Chinese reads what the office wrote."""
    if language == "zh" or language in OF_CHINA or texts.get(language):
        return name_in(texts, language)
    written = texts.get("zh", "")
    terms = [term_in(part.strip(), say) for part in BETWEEN_TERMS.split(written)]
    return say(", ").join(terms) if all(terms) else name_in(texts, language)


def paper_words(
    form: Mapping[str, str],
    copies: str,
    how_to_fill: Mapping[str, str],
    source: Mapping[str, str],
    say: Say,
    language: str,
) -> str:
    """All that is told of a paper in one line; `copies` is a number, or in words."""
    copies = f"×{copies}" if copies.isdigit() else copies
    facts = (
        f"{office_words(form, say, language)} {copies}".strip(),
        office_words(how_to_fill, say, language),
        office_words(source, say, language),
    )
    return " · ".join(filter(None, facts))


def term_in(written: str, say: Say) -> str:
    """Empty where it is no set term."""
    if written in TERMS:
        return say(TERMS[written])
    for pattern, words in COUNTED:
        if match := pattern.fullmatch(written):
            return say(words, count=match[1])
    return ""
