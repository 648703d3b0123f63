"""Starting at login: what each system wants written, as text (pure), and doing it when asked.

Linux gets a systemd user unit, macOS a LaunchAgent, Windows a task of the Task Scheduler. None
needs administrator rights, and all run as the user.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from posture.errors import PostureError
from posture.places import data_dir

_NAME = "posture"
_LABEL = "posture.monitor"


@dataclass(frozen=True, slots=True)
class Plan:
    """What installing writes and runs, and what undoes it.

    Attributes:
        path: The file.
        content: What goes in.
        after_writing: Commands that make the system read it.
        before_removing: Commands that make it forget it.
        after_removing: The same, once the file is gone.
        ask: Command that says whether the system knows it; empty where the file alone decides.
    """

    path: Path
    content: bytes
    after_writing: tuple[tuple[str, ...], ...] = ()
    before_removing: tuple[tuple[str, ...], ...] = ()
    after_removing: tuple[tuple[str, ...], ...] = ()
    ask: tuple[str, ...] = ()


def plan() -> Plan:
    """The plan for this system, this user and this Python."""
    # A plain string, so that the type checker looks at every system's branch.
    platform: str = sys.platform
    command = (sys.executable, "-m", "posture")
    if platform == "darwin":
        return launch_agent(command, Path.home())
    if platform == "win32":
        user = f"{os.environ.get('USERDOMAIN', '.')}\\{os.environ['USERNAME']}"
        windowless = Path(sys.executable).with_name("pythonw.exe")
        return scheduled_task((str(windowless), "-m", "posture"), user, data_dir())
    config = os.environ.get("XDG_CONFIG_HOME")
    return systemd_unit(command, Path(config) if config else Path.home() / ".config")


def systemd_unit(command: Sequence[str], config_home: Path) -> Plan:
    """A user unit that begins with the session and comes back after a crash.

    Args:
        command: How this program is called.
        config_home: `$XDG_CONFIG_HOME`.
    """
    words = " ".join(_systemd_word(word) for word in (*command, "watch", "--tray"))
    # What the user must put right does not get better by trying again.
    codes = sorted({kind.exit_code for kind in PostureError.__subclasses__()})
    content = f"""\
[Unit]
Description=Posture monitor
After=graphical-session.target

[Service]
ExecStart={words}
Restart=on-failure
RestartSec=30
RestartPreventExitStatus={" ".join(map(str, codes))}
# Its lines tell how you sit; the journal is no place for them.
StandardOutput=null
LimitCORE=0
NoNewPrivileges=yes

[Install]
WantedBy=default.target
"""
    unit = f"{_NAME}.service"
    control = ("systemctl", "--user")
    return Plan(
        path=config_home / "systemd" / "user" / unit,
        content=content.encode(),
        after_writing=((*control, "daemon-reload"), (*control, "enable", unit)),
        before_removing=((*control, "disable", unit),),
        after_removing=((*control, "daemon-reload"),),
        ask=(*control, "is-enabled", unit),
    )


def launch_agent(command: Sequence[str], home: Path) -> Plan:
    """A LaunchAgent; macOS reads it at the next login.

    Args:
        command: How this program is called.
        home: The user's.
    """
    content = plistlib.dumps(
        {
            "Label": _LABEL,
            "ProgramArguments": [*command, "watch", "--tray"],
            "RunAtLoad": True,
            "ProcessType": "Background",
            "LimitLoadToSessionType": "Aqua",
            "StandardOutPath": "/dev/null",
        }
    )
    return Plan(home / "Library" / "LaunchAgents" / f"{_LABEL}.plist", content)


def scheduled_task(command: Sequence[str], user: str, folder: Path) -> Plan:
    """A task at logon, on batteries too, without a time limit.

    Args:
        command: How this program is called, without a console window.
        user: Domain and name, with a backslash between them.
        folder: Where the description is kept.
    """
    program, *arguments = command
    words = subprocess.list2cmdline([*arguments, "start"])
    content = f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Posture monitor</Description></RegistrationInfo>
  <Triggers>
    <LogonTrigger><Enabled>true</Enabled><UserId>{escape(user)}</UserId></LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{escape(user)}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec><Command>{escape(program)}</Command><Arguments>{escape(words)}</Arguments></Exec>
  </Actions>
</Task>
"""
    path = folder / "task.xml"
    return Plan(
        path=path,
        content=content.encode("utf-16"),
        after_writing=(("schtasks", "/Create", "/F", "/TN", _NAME, "/XML", str(path)),),
        before_removing=(("schtasks", "/Delete", "/F", "/TN", _NAME),),
        ask=("schtasks", "/Query", "/TN", _NAME),
    )


def install(wanted: Plan) -> None:
    """Write the file and make the system read it.

    Args:
        wanted: From `plan`; shown to the user before.

    Raises:
        PostureError: The file cannot be written, or a command refused.
    """
    try:
        wanted.path.parent.mkdir(parents=True, exist_ok=True)
        wanted.path.write_bytes(wanted.content)
    except OSError as error:
        raise PostureError(
            f"{wanted.path} cannot be written ({error.strerror}).",
            meaning="Nothing was installed.",
            action="Make its folder writable for you and try again.",
        ) from error
    _run_all(wanted.after_writing)


def uninstall(wanted: Plan) -> None:
    """Make the system forget it and remove the file.

    Args:
        wanted: From `plan`.

    Raises:
        PostureError: A command refused.
    """
    _run_all(wanted.before_removing)
    wanted.path.unlink(missing_ok=True)
    _run_all(wanted.after_removing)


def is_installed(wanted: Plan) -> bool:
    """Whether the file is there and the system knows it.

    Args:
        wanted: From `plan`.
    """
    if not wanted.path.exists():
        return False
    return not wanted.ask or _run(wanted.ask).returncode == 0


def shown(command: Sequence[str]) -> str:
    """A command as one would type it.

    Args:
        command: Its words.
    """
    return subprocess.list2cmdline(command)


def _run_all(commands: Sequence[Sequence[str]]) -> None:
    for command in commands:
        done = _run(command)
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip() or f"exit code {done.returncode}"
            raise PostureError(
                f"`{shown(command)}` refused: {said}",
                meaning="The monitor may not start at login.",
                action="Run that command yourself to see why.",
            )


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - the system's own tools with our own words, no shell
            command, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise PostureError(
            f"This system has no {command[0]}.",
            meaning="The monitor cannot be started at login in this way.",
            action="Add `posture start` to what your desktop runs at login.",
        ) from error


def _systemd_word(word: str) -> str:
    """One word of ExecStart, quoted. A `$` in the program's path is not special to systemd."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
