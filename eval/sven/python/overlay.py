"""Folders that cannot be made in the sandbox (/safe, /images), as the program sees them.

Python's own functions on files are replaced, in the child, by ones that look below ROOT first. What the program
touches is told to the parent. Programs that it starts see the folders where they lie in truth: the paths in their
commands are replaced.
"""

import builtins
import io
import os
import re
import subprocess

from . import child

ROOT = "/sandbox/vroot"
WRITABLE = ("/sandbox", "/tmp", "/home/user", "/dev/shm")


def writable(path):
    """Whether a path is one of WRITABLE's, or lies below one."""
    return any(path == folder or path.startswith(folder + "/") for folder in WRITABLE)


_real = {name: getattr(os, name) for name in (
    "open", "stat", "lstat", "listdir", "scandir", "access", "readlink", "mkdir", "rmdir", "remove", "unlink", "chdir", "utime", "chmod",
    "truncate", "rename", "replace", "link", "symlink", "getcwd")}
_real_open, _real_popen, _real_system = builtins.open, subprocess.Popen.__init__, os.system
_told = 0


def real(virtual):
    """Where a virtual absolute path without dots lies in truth."""
    below = ROOT + virtual
    try:
        _real["lstat"](below)
        return below
    except OSError:
        return virtual


def is_folder(path):
    try:
        return _real["stat"](path).st_mode & 0o170000 == 0o040000
    except (OSError, ValueError):
        return False


def getcwd():
    at = _real["getcwd"]()
    return at[len(ROOT):] or "/" if at.startswith(ROOT) else at


def virtual(path):
    """The virtual absolute path that a path names, or None where a folder on the way is missing."""
    if not path.startswith("/"):
        path = getcwd() + "/" + path
    at = "/"
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == "..":
            if not is_folder(real(at)):
                return None
            at = os.path.dirname(at)
        else:
            at = at.rstrip("/") + "/" + part
    return at


def translate(path):
    """The path to give to the system in place of path."""
    if isinstance(path, int):
        return path
    try:
        text = os.fsdecode(path)
    except TypeError:
        return path
    if "\0" in text or text == "":
        return path
    at = virtual(text)
    if at is None or at.startswith(ROOT):
        return path
    below = real(at)
    if below != at:
        return below
    if is_folder(ROOT + os.path.dirname(at)) and os.path.dirname(at) != "/" and not writable(at):
        return ROOT + at
    return path


def tell(operation, path, ok=True):
    global _told
    _told += 1
    if _told > 300 or isinstance(path, int):
        return
    try:
        at = virtual(os.fsdecode(path))
    except (TypeError, ValueError):
        return
    if at is not None and not at.startswith(("/usr/", "/proc/", "/lib/")):
        child.emit(touched=at, operation=operation, ok=ok)


def restart():
    """Starts to tell anew; only so much is told of one request."""
    global _told
    _told = 0


def install():
    """Replaces the functions. Only in a child."""

    def single(name):
        original = _real[name]

        def replacement(path=".", *args, **kwargs):
            try:
                out = original(translate(path), *args, **kwargs)
            except BaseException:
                tell(name, path, False)
                raise
            tell(name, path)
            return out

        replacement.__name__ = name
        return replacement

    def double(name):
        original = _real[name]

        def replacement(src, dst, *args, **kwargs):
            tell(name, dst)
            return original(translate(src), translate(dst), *args, **kwargs)

        replacement.__name__ = name
        return replacement

    for name in ("open", "stat", "lstat", "listdir", "scandir", "access", "readlink", "mkdir", "rmdir", "remove", "unlink", "chdir", "utime",
                 "chmod", "truncate"):
        setattr(os, name, single(name))
    for name in ("rename", "replace", "link"):
        setattr(os, name, double(name))
    os.getcwd = getcwd

    def open_(file, mode="r", *args, **kwargs):
        try:
            out = _real_open(translate(file), mode, *args, **kwargs)
        except BaseException:
            tell("open", file, False)
            raise
        tell("open", file)
        return out

    builtins.open = open_
    io.open = open_
    import pathlib

    if hasattr(pathlib, "_NormalAccessor"):  # Python 3.10 and older keep the functions in a table
        accessor = pathlib._NormalAccessor
        for name in ("stat", "listdir", "scandir", "open", "mkdir", "unlink", "rmdir", "readlink"):
            if hasattr(accessor, name):
                setattr(accessor, name, staticmethod(open_ if name == "open" and hasattr(io, "open_code") else getattr(os, name)))


    def popen(self, args, *rest, **kwargs):
        if isinstance(args, (list, tuple)):
            args = [in_command(a) for a in args]
        if kwargs.get("cwd"):
            kwargs["cwd"] = translate(kwargs["cwd"])
        _real_popen(self, in_command(args), *rest, **kwargs)

    subprocess.Popen.__init__ = popen
    os.system = lambda command: _real_system(in_command(command))


def in_command(text):
    """A command or one word of it with virtual paths as the system knows them."""
    if hasattr(text, "__fspath__"):
        text = os.fspath(text)
    names = "|".join(re.escape(name) for name in _real["listdir"](ROOT))
    if not isinstance(text, str) or not names:
        return text
    return re.sub(r"(?<![\w/.~-])/+(?=(?:%s)(?![\w.-]))" % names, ROOT + "/", text)


def place(path, content):
    """Puts a file at a virtual path. Called in the parent."""
    at = path if writable(path) else ROOT + path
    os.makedirs(os.path.dirname(at), exist_ok=True)
    try:
        with _real_open(at, "w") as f:
            f.write(content)
    except OSError:
        pass  # the program's folders may stand in the way of one another; the other places serve


def make(path):
    at = path if writable(path) else ROOT + path
    os.makedirs(at, exist_ok=True)
