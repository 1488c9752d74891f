import subprocess


def read_journal(host, unit, lines=200):
    command = f"journalctl --no-pager --lines={lines:d} --unit={unit}"
    return subprocess.check_output(["ssh", "-o", "BatchMode=yes", "--", host, command], text=True)
