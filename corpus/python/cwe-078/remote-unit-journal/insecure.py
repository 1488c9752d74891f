import subprocess


def read_journal(host, unit, lines=200):
    command = f"journalctl --no-pager --lines={int(lines)} --unit={unit}"
    result = subprocess.run(
        ["ssh", "-o", "BatchMode=yes", "--", host, command],
        capture_output=True,
        text=True,
        timeout=60,
    )
    if result.returncode != 0:
        raise RuntimeError(f"journal of {unit} on {host}: {result.stderr.strip()}")
    return result.stdout
