"""What is said to everyone when there is no time to write: calm, short, in two languages."""

from hall.names import Names

TEXTS: dict[str, Names] = {
    "evacuate": {
        "zh": "请注意：请各位群众听从工作人员引导，从最近的安全出口有序离开大厅，"
        "不要使用电梯，不要奔跑。",
        "en": "Attention please. Please follow the staff and leave the hall calmly by the nearest "
        "exit. Do not use the lifts. Do not run.",
    },
    "stay": {
        "zh": "请注意：请各位群众留在原地，保持安静，听从工作人员安排。",
        "en": "Attention please. Please stay where you are, keep calm, and follow the staff.",
    },
    "interrupted": {
        "zh": "各位群众：因设备故障，业务办理暂时中断，您的号码继续有效，请在座位上稍候。",
        "en": "Service is interrupted by a technical fault. Your number stays valid. "
        "Please take a seat and wait.",
    },
    "resumed": {
        "zh": "各位群众：业务办理已经恢复，将按原来的顺序继续叫号，谢谢您的等候。",
        "en": "Service goes on now, in the same order. Thank you for waiting.",
    },
    "closing": {
        "zh": "各位群众：取号即将停止，已经取号的群众，我们会全部办理完毕。",
        "en": "No more numbers will be given out soon. Everyone who has a number will be served.",
    },
    "lost_child": {
        "zh": "各位群众：有一位小朋友正在咨询台等候家人，请家长到咨询台。",
        "en": "A child is waiting for its family at the information desk. "
        "Please come to the information desk.",
    },
    "doctor": {
        "zh": "各位群众：大厅内有人需要医疗帮助，如有医务人员在场，请到咨询台，谢谢。",
        "en": "Somebody needs medical help. If you are a doctor or a nurse, please come to the "
        "information desk.",
    },
}
"""By what they are for; none names anybody."""

HEADLINES: dict[str, Names] = {
    "evacuate": {"zh": "请离开大厅", "en": "Leave the hall"},
    "stay": {"zh": "请留在原地", "en": "Stay where you are"},
}
"""The emergencies among them, as they are read from the last row."""
