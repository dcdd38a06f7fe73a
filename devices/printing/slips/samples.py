"""One slip of each kind as a housing-fund hall prints it: for the installer's eye and for tests."""

from typing import Any

HALL = {"zh": "临沧市住房公积金管理中心服务大厅", "en": "Lincang Housing Provident Fund"}
REMEDY = "对本决定有异议的，可向督查科投诉（0883-2120000），或依法申请行政复议、提起行政诉讼。"
OFFICE: dict[str, Any] = {
    "hall": HALL,
    "address": "云南省临沧市临翔区世纪路公积金中心一楼",
    "phone": "0883-2120001",
    "supervision_phone": "0883-2120000",
}
LOAN: dict[str, Any] = {
    "service": {"zh": "个人住房贷款申请（购买自住住房）", "en": "Housing loan application"},
    "service_code": "D301",
    "applicant": "欧阳䶮",
}


def material(
    number: int, name: str, form: str, how_to_fill: str, source: str, finding: str = "here"
) -> dict[str, Any]:
    return {
        "number": number,
        "names": {"zh": name},
        "form": form,
        "copies": "1",
        "how_to_fill": how_to_fill,
        "source": source,
        "required": number != 7,
        "finding": finding,
        "what_is_wrong": "",
    }


MATERIALS = [
    material(
        1,
        "借款人及配偶居民身份证、户口簿",
        "原件及复印件",
        "复印件须正反两面印在同一页，由本人逐页签字并注明“与原件一致”；户口簿复印首页、本人页及变更页",
        "申请人自备",
    ),
    material(
        2,
        "住房公积金个人住房贷款申请表",
        "原件，一式二份",
        "用黑色签字笔逐项填写，不得涂改；借款人、配偶及共同还款人均须到窗口当面签字并按指印",
        "窗口领取或网上下载",
        "missing",
    ),
    material(
        3,
        "婚姻状况证明（结婚证、离婚证或未婚声明）",
        "原件及复印件",
        "离婚的须另附离婚协议书或生效的法院判决书；未婚声明由本人在窗口当面签署",
        "婚姻登记机关",
    ),
    material(
        4,
        "收入证明",
        "原件，加盖公章",
        "由工作单位人事或财务部门出具，载明近十二个月的月平均收入，出具日期在三十日以内",
        "工作单位",
        "wrong",
    )
    | {"what_is_wrong": "未加盖单位公章；月平均收入大小写不一致"},
    material(
        5,
        "购房合同及首付款发票",
        "原件及复印件",
        "合同须经住房城乡建设部门备案；首付款不低于总价百分之二十，发票抬头与借款人姓名一致",
        "售房单位",
    ),
    material(
        6,
        "个人信用报告",
        "原件",
        "出具日期在十五日以内；可在大厅自助查询机凭身份证打印，也可由受托银行代为查询",
        "中国人民银行征信中心",
    ),
    material(
        7,
        "共同还款人承诺书",
        "原件",
        "只在申请人月收入不足以偿还贷款时需要；由共同还款人持身份证到窗口当面签署",
        "窗口领取",
        "missing",
    ),
]

TICKET: dict[str, Any] = {
    "hall": HALL,
    "number": "A012",
    "service": {"zh": "购买自住住房提取", "en": "Withdraw: home purchase"},
    "counters": [4, 5, 6],
    "ahead": 7,
    "wait_low_s": 720,
    "wait_high_s": 1500,
    "issued_at": "2026-11-23T09:00:00+08:00",
    "code": "k3Jd8_fQz1Ab",
    "class": "ordinary",
    "language": "zh",
    "phone": "0883-2120000",
}

NOTICE: dict[str, Any] = {
    **OFFICE,
    "service": LOAN["service"],
    "service_code": "D301",
    "serial": "LC-2026-000017",
    "code": "Xy0_9aBcDeFg",
    "kind": "承诺件",
    "legal_basis": "《住房公积金管理条例》第二十六条、《个人住房贷款管理办法》第八条",
    "conditions": "连续足额缴存住房公积金六个月以上，有稳定的收入和偿还贷款本息的能力",
    "materials": MATERIALS,
    "approval": "贷款科受理、科长审批；超过五十万元的由分管副主任签批",
    "procedure": "申请→受理→审核→审批→签订合同→办理抵押→放款",
    "statutory_limit": "15个工作日",
    "promised_limit": "10个工作日",
    "fee": "不收费",
    "remedy": REMEDY,
    "remark": "由妹妹代为咨询；补齐后扫码优先办理，不必重新排队。",
    "department": "贷款科",
    "clerk": "郑七",
    "staff_number": "1007",
    "clerk_phone": "0883-2120007",
    "issued_at": "2026-11-23T09:31:00+08:00",
    "counter": 7,
    "ticket": "B008",
    "sha256": "ab12cd34ef567890" + "0" * 48,
}

CORRECTION: dict[str, Any] = NOTICE | {
    "serial": "LC-2026-000018",
    "corrects": {
        "serial": "LC-2026-000017",
        "fault": "omitted",
        "answerable": "郑七",
        "staff_number": "1007",
    },
    "materials": [
        *MATERIALS,
        material(8, "委托他人办理的委托书", "原件，须经公证", "", "", "missing")
        | {"copies": "", "special": True},
    ],
}
"""A notice too: of what the one before had left out, and of a paper no catalogue lists."""

APPOINTMENT: dict[str, Any] = {
    **OFFICE,
    "service": LOAN["service"],
    "number": "YY-1125-006",
    "name": "欧阳䶮",
    "starts_at": "2026-11-25T09:30:00+08:00",
    "ends_at": "2026-11-25T10:00:00+08:00",
    "check_in_from": "2026-11-25T09:15:00+08:00",
    "check_in_until": "2026-11-25T09:45:00+08:00",
    "cancel_by": "2026-11-24T17:30:00+08:00",
    "materials": [
        row | {"how_to_fill": "", "what_is_wrong": "", "finding": "here"} for row in MATERIALS
    ],
    "code": "p7Wm2_aLq9Zc",
    "language": "zh",
}

RECEIPT: dict[str, Any] = {
    **OFFICE,
    **LOAN,
    "stage": "received",
    "case_number": "LC-D301-2026-000482",
    "materials": [row | {"how_to_fill": "", "what_is_wrong": ""} for row in MATERIALS[:6]],
    "department": "贷款科",
    "counter": 7,
    "clerk": "郑七",
    "staff_number": "1007",
    "clerk_phone": "0883-2120007",
    "taken_at": "2026-11-23T10:12:00+08:00",
    "promised_by": "2026-12-07",
    "promised_working_days": 10,
    "remark": "材料齐全性待初审，如需补正将于两个工作日内一次性告知。",
    "code": "r4Hs6_uTn0Ke",
    "sha256": "5c0ffee1d2a3b4c5" + "0" * 48,
}

PAYMENT: dict[str, Any] = {
    **OFFICE,
    "service": {"zh": "不动产抵押权登记", "en": "Mortgage registration"},
    "serial": "JF-2026-000093",
    "case_number": "LC-D301-2026-000482",
    "ticket": "B008",
    "payer": "欧阳䶮",
    "items": [
        {"names": {"zh": "不动产登记费"}, "amount_fen": 8000, "basis": "发改价格规〔2016〕2559号"},
        {"names": {"zh": "权属证书工本费（每增加一本）"}, "amount_fen": 1000, "basis": ""},
        {
            "names": {"zh": "房屋价值评估费"},
            "amount_fen": 128050,
            "basis": "按评估价值的千分之二点五，由受托机构代收",
        },
        {"names": {"zh": "小微企业减免"}, "amount_fen": -4000, "basis": "财税〔2019〕45号"},
    ],
    "cashier": 12,
    "counter": 7,
    "issued_at": "2026-11-23T10:20:00+08:00",
    "pay_by": "2026-11-23T17:00:00+08:00",
    "clerk": "郑七",
    "staff_number": "1007",
    "clerk_phone": "0883-2120007",
    "code": "t8Bv5_eXo3Gy",
    "language": "zh",
}

PROMISE: dict[str, Any] = {
    **OFFICE,
    **LOAN,
    "serial": "CN-2026-000211",
    "case_number": "LC-D301-2026-000482",
    "kind": "承诺件",
    "accepted_at": "2026-11-23T10:12:00+08:00",
    "promised_by": "2026-12-07",
    "promised_working_days": 10,
    "statutory_limit": "15个工作日",
    "stops": "补正材料、现场勘验、抵押登记所需时间",
    "delivery": "短信通知后，凭本通知书和身份证到7号窗口领取，也可邮寄",
    "remark": "",
    "first_handler": "郑七",
    "staff_number": "1007",
    "handler_phone": "0883-2120007",
    "department": "贷款科",
    "counter": 7,
    "code": "m1Dn7_iRw4Ju",
    "sha256": "0badc0de12345678" + "0" * 48,
}

REFUSAL: dict[str, Any] = {
    **OFFICE,
    **LOAN,
    "stage": "not_accepted",
    "serial": "BY-2026-000005",
    "case_number": "LC-D301-2026-000477",
    "reason": "申请人住房公积金账户于2026年3月至7月中断缴存，至申请之日连续足额缴存不满六个月，"
    "不符合贷款条件。",
    "legal_basis": "《住房公积金管理条例》第二十六条；《临沧市住房公积金个人住房贷款管理办法》"
    "第八条第（一）项",
    "next_step": "自2026年8月起连续足额缴存满六个月后可再次申请；原有材料仍有效的不必重新提供。",
    "remedy": "对本决定有异议的，可自收到本通知书之日起六十日内依法申请行政复议，或者六个月内依法"
    "提起行政诉讼；也可向督查科投诉（0883-2120000）。",
    "returned": [
        row | {"how_to_fill": "", "what_is_wrong": "", "source": ""} for row in MATERIALS[:3]
    ],
    "clerk": "郑七",
    "staff_number": "1007",
    "clerk_phone": "0883-2120007",
    "approved_by": "褚乙",
    "department": "贷款科",
    "counter": 7,
    "decided_at": "2026-11-23T11:05:00+08:00",
    "code": "q5Fy3_oCk8Nb",
    "sha256": "deadbeef87654321" + "0" * 48,
}

INQUIRY: dict[str, Any] = {
    "hall": HALL,
    "address": OFFICE["address"],
    "supervision_phone": OFFICE["supervision_phone"],
    "number": "咨2026-0007",
    "name": "欧阳䶮",
    "phone": "0883-2120009",
    "department": "归集管理科",
    "counter": 9,
    "service": {"zh": "个人账户转移接续", "en": "Transfer of an account"},
    "asked_at": "2026-11-23T09:40:00+08:00",
    "code": "Q2026-0007",
}

SELF_CHECK: dict[str, Any] = NOTICE | {
    "serial": "LC-2026-Z000017",
    "clerk": "",
    "staff_number": "",
    "clerk_phone": "",
    "counter": None,
    "ticket": None,
    "remark": "",
}

SAMPLES: dict[str, dict[str, Any]] = {
    "ticket": TICKET,
    "notice": NOTICE,
    "appointment": APPOINTMENT,
    "receipt": RECEIPT,
    "payment": PAYMENT,
    "promise": PROMISE,
    "refusal": REFUSAL,
    "inquiry": INQUIRY,
    "self_check": SELF_CHECK,
}
"""By the kind of print job."""
