import shlex
import subprocess


def read_journal(host, unit, lines=200):
    # ssh hands the command to a shell on the other side, so the value is quoted for it
    command = f"journalctl --no-pager --lines={lines:d} --unit={shlex.quote(unit)}"
    return subprocess.check_output(["ssh", "-o", "BatchMode=yes", "--", host, command], text=True)
