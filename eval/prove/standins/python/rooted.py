"""Gives a program whose paths are absolute a place to have them in.

    rooted.at("/srv", "/etc")          # from now on these lie in the folder "root" of the case
    rooted.write("/srv/a.txt", "text")

Python's own calls are led there, and programs that are started with such a working
directory; the environment variable ROOTED tells commands what to put before a path.
"""
import builtins
import functools
import io
import os
import subprocess
import sys

mounts = []
root = ""


def inside(path):
    if not isinstance(path, (str, os.PathLike)):
        return path
    text = os.fspath(path)
    if isinstance(text, str) and any(text == mount or text.startswith(mount + "/") for mount in mounts):
        return root + text
    return path


def led(real, both=False):
    @functools.wraps(real)
    def call(path, *args, **named):
        if both and args:
            args = (inside(args[0]), *args[1:])
        return real(inside(path), *args, **named)
    return call


def at(*folders):
    global root
    root = os.path.join(os.getcwd(), "root")
    for folder in folders:
        mounts.append(folder)
        os.makedirs(root + folder, exist_ok=True)
    os.environ["ROOTED"] = root
    builtins.open = io.open = led(io.open)
    if "tarfile" in sys.modules:
        sys.modules["tarfile"].bltn_open = builtins.open
    for name in ("stat", "lstat", "listdir", "scandir", "open", "mkdir", "remove", "unlink", "rmdir", "readlink", "access", "chmod", "utime", "chown", "lchown"):
        setattr(os, name, led(getattr(os, name)))
    for name in ("rename", "replace", "link"):
        setattr(os, name, led(getattr(os, name), both=True))
    start = subprocess.Popen.__init__

    @functools.wraps(start)
    def started(self, *args, cwd=None, **named):
        start(self, *args, cwd=inside(cwd), **named)
    subprocess.Popen.__init__ = started


def write(path, text=""):
    os.makedirs(os.path.dirname(root + path), exist_ok=True)
    with open(root + path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    """The file's text, or None where there is no file."""
    try:
        with open(root + path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None
