"""The units of systemd, one a program of the hall, and what they need around them."""

from dataclasses import dataclass

CONFIG = "/etc/jiaohao/jiaohao.toml"
FOLDER = "/var/lib/jiaohao"
WATCHDOG_S = 60

SANDBOX = """NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
ReadWritePaths={folder}
PrivateTmp=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
CapabilityBoundingSet=
SystemCallArchitectures=native
SystemCallFilter=@system-service
UMask=0007"""
"""AF_NETLINK: printers on USB are found through it."""

HEADLESS = """[Unit]
Description=Jiaohao: {what}
After=network-online.target sound.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
Type=notify
User=jiaohao
Group=jiaohao
{groups}ExecStart={command}
Environment=LC_ALL=C.UTF-8 JIAOHAO_DATABASE_URL=sqlite:///{folder}/hall.db XDG_CACHE_HOME={folder}/cache
EnvironmentFile=-/etc/jiaohao/jiaohao.env
Restart=always
RestartSec=2
{watchdog}
{sandbox}

[Install]
WantedBy=multi-user.target
"""

SCREEN = """[Unit]
Description=Jiaohao: {what}
After=systemd-user-sessions.service plymouth-quit-wait.service getty@tty{tty}.service
Conflicts=getty@tty{tty}.service
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=all
User=jiaohao
Group=jiaohao
PAMName=login
TTYPath=/dev/tty{tty}
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes
StandardInput=tty-fail
StandardOutput=journal
ExecStart=/usr/bin/xinit /usr/bin/kitty --config /etc/jiaohao/kitty.conf --start-as=fullscreen {command} -- :{display} vt{tty} -nolisten tcp -keeptty
Environment=LC_ALL=C.UTF-8 JIAOHAO_DATABASE_URL=sqlite:///{folder}/hall.db XDG_CACHE_HOME={folder}/cache
EnvironmentFile=-/etc/jiaohao/jiaohao.env
TimeoutStartSec=120
Restart=always
RestartSec=2
WatchdogSec={patience}
UMask=0007

[Install]
WantedBy=multi-user.target
"""

KITTY = """# A terminal in which nothing but the program can be reached.
clear_all_shortcuts yes
clear_all_mouse_actions yes
enable_audio_bell no
confirm_os_window_close 0
hide_window_decorations yes
allow_remote_control no
"""

USERS = """# systemd-sysusers: the account of the hall's programs; nobody can sign in as it.
u jiaohao - "Jiaohao" {folder} /usr/sbin/nologin
"""
FOLDERS = """# systemd-tmpfiles: nobody else reads what the hall remembers.
d {folder} 0700 jiaohao jiaohao -
d /etc/jiaohao 0755 root root -
"""

WHAT = {
    "kiosk": "the kiosk",
    "board": "the hall board",
    "sign": "the sign of a counter",
    "spooler": "slips to the printer",
    "speaker": "the voice of the calls",
    "keeper": "copies of the hall, and forgetting",
}
WITHOUT_SCREEN = ("spooler", "speaker", "keeper")
GROUPS = {"spooler": "lp dialout", "speaker": "audio"}
WATCHED = ("speaker", "keeper")
"""A spooler may rightly wait for paper for a day, so nobody measures its patience."""


@dataclass(frozen=True)
class File:
    path: str
    text: str


def words_of(program: str) -> list[str]:
    """ "sign:3" as the words `jiaohao run` takes. Raises ValueError for what is no program."""
    name, _colon, which = program.partition(":")
    if name not in WHAT:
        raise ValueError(program)
    if name == "sign":
        if not which.isdigit():
            raise ValueError(program)
        return ["counter-sign", which, "--wall"]
    if which and name in ("board", "speaker"):
        return [name, "--zone", which]
    if which:
        raise ValueError(program)
    return [name]


def files(programs: list[str], executable: str, first_tty: int, folder: str = FOLDER) -> list[File]:
    """Units for these programs, and what all of them need. Raises ValueError."""
    made = [
        File("/etc/sysusers.d/jiaohao.conf", USERS.format(folder=folder)),
        File("/etc/tmpfiles.d/jiaohao.conf", FOLDERS.format(folder=folder)),
    ]
    tty = first_tty
    for program in programs:
        words = words_of(program)
        command = " ".join([executable, "--config", CONFIG, "run", *words])
        name = program.partition(":")[0]
        unit = f"/etc/systemd/system/jiaohao-{program.replace(':', '-')}.service"
        if name in WITHOUT_SCREEN:
            groups = f"SupplementaryGroups={GROUPS[name]}\n" if name in GROUPS else ""
            text = HEADLESS.format(
                what=WHAT[name],
                command=command,
                groups=groups,
                watchdog=f"WatchdogSec={WATCHDOG_S}" if name in WATCHED else "WatchdogSec=0",
                sandbox=SANDBOX.format(folder=folder),
                folder=folder,
            )
        else:
            text = SCREEN.format(
                what=WHAT[name],
                command=command,
                tty=tty,
                display=tty - first_tty,
                folder=folder,
                patience=WATCHDOG_S,
            )
            tty += 1
        made.append(File(unit, text))
    if tty > first_tty:
        made.append(File("/etc/jiaohao/kitty.conf", KITTY))
    return made
