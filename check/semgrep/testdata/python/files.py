import os
import stat
import tempfile


def rights(path):
    # ruleid: seccoder.python.file-permissions
    os.chmod(path, 0o777)
    # ruleid: seccoder.python.file-permissions
    os.chmod(path, stat.S_IRWXU | stat.S_IRWXO)
    # ruleid: seccoder.python.file-permissions
    os.umask(0)
    # ok: seccoder.python.file-permissions
    os.chmod(path, 0o600)
    # ok: seccoder.python.file-permissions
    os.chmod(path, 0o755)
    # ok: seccoder.python.file-permissions
    os.umask(0o077)


def scratch():
    # ruleid: seccoder.python.temporary-name
    name = tempfile.mktemp(suffix=".txt")
    # ok: seccoder.python.temporary-name
    with tempfile.NamedTemporaryFile(suffix=".txt") as f:
        return name, f.name
