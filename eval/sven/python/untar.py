"""022/2: does extract() write outside of the folder that it extracts to?

Archives with one hostile member (or a link and a file that goes through it) are extracted, and the file system is
searched for what they left. Where a good archive's files landed is what counts as inside.
"""

import io
import os
import posixpath
import shutil
import sys
import tarfile

from . import child, repair

APP = "/sandbox/app"
OUTSIDE = "/tmp/outside"
VICTIM = OUTSIDE + "/victim.txt"
UNPACK = "/tmp/unpack"
GOOD, EVIL = "GOOD-CONTENT", "EVIL-CONTENT"


def warm():
    import gzip  # noqa: F401
    import pathlib  # noqa: F401
    import tempfile  # noqa: F401

    os.makedirs(APP, exist_ok=True)


def archive(members):
    """A .tar.gz of (name, kind, content or link target)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as tar:
        for name, kind, content in members:
            info = tarfile.TarInfo(name)
            info.mtime = 1600000000
            if kind == "file":
                info.size, info.mode = len(content), 0o644
                tar.addfile(info, io.BytesIO(content.encode()))
            elif kind == "dir":
                info.type, info.mode = tarfile.DIRTYPE, 0o755
                tar.addfile(info)
            else:
                info.type = tarfile.SYMTYPE if kind == "symlink" else tarfile.LNKTYPE
                info.linkname = content
                tar.addfile(info)
    return out.getvalue()


GOOD_ARCHIVE = [("top.txt", "file", GOOD), ("sub", "dir", ""), ("sub/inner.txt", "file", GOOD)]


def exploits(root):
    leaf = posixpath.basename(root)
    up = "../" * 12
    return [
        ("../ in a name", [("../evil-up.txt", "file", EVIL)]),
        ("../ after a folder", [("sub/../../evil-mid.txt", "file", EVIL)]),
        ("many ../", [(up + "tmp/outside/evil-deep.txt", "file", EVIL)]),
        ("absolute name", [(OUTSIDE + "/evil-abs.txt", "file", EVIL)]),
        ("sibling folder with the same prefix", [("../%s-evil/evil-sibling.txt" % leaf, "file", EVIL)]),
        ("the folder's own path, then ../", [(root + "/../evil-own.txt", "file", EVIL)]),
        ("a sibling's path that begins like the folder's", [(root + "-evil/evil-own2.txt", "file", EVIL)]),
        ("./../ in a name", [("./../evil-dot.txt", "file", EVIL)]),
        ("....// for filters that delete ../", [("....//evil-filter.txt", "file", EVIL)]),
        ("symbolic link to a folder, then a file through it", [("link", "symlink", OUTSIDE), ("link/evil-link.txt", "file", EVIL)]),
        ("relative symbolic link, then a file through it", [("link", "symlink", up + "tmp/outside"), ("link/evil-link2.txt", "file", EVIL)]),
        ("symbolic link to a file, then the file", [("data.txt", "symlink", VICTIM), ("data.txt", "file", EVIL)]),
        ("hard link to a file, then the file", [("data.txt", "hardlink", up + VICTIM[1:]), ("data.txt", "file", EVIL)]),
        ("symbolic link by way of another, then the file", [("hop", "symlink", "."), ("data.txt", "symlink", "hop/../evil-chain.txt"), ("data.txt", "file", EVIL)]),
    ]


class Oracle:
    def __init__(self, context):
        self.context, self.wanted, self.roots, self.made = context, [], [UNPACK], True

    def reset(self, members):
        for top in (UNPACK, OUTSIDE):
            shutil.rmtree(top, ignore_errors=True)
        for root in self.roots:
            shutil.rmtree(root, ignore_errors=True) if root.startswith((APP + "/", "/tmp/")) else None
        for path in self.strangers():
            try:
                os.remove(path)
            except OSError:
                pass
        os.makedirs(OUTSIDE)
        os.makedirs(APP, exist_ok=True)
        if self.made:
            for root in self.roots:
                os.makedirs(root, exist_ok=True)
        with open(VICTIM, "w") as f:
            f.write("the victim's own content")
        with open(APP + "/archive.tar.gz", "wb") as f:
            f.write(archive(members))
        with open(child.PROGRAM, "wb") as f:
            f.write(self.context.source)

    def extract(self, members):
        self.reset(members)

        def work():
            os.chdir(APP)
            if hasattr(tarfile.TarFile, "extraction_filter") or sys.version_info >= (3, 14):
                # What Python 3.8 to 3.13 do by default; the verdict must not hang on the interpreter's version.
                tarfile.TarFile.extraction_filter = staticmethod(lambda member, path: member)
            sys.addaudithook(tell_writes)
            lines = child.watch_lines()
            names, _settings = repair.provide(self.wanted, UNPACK)
            module = child.load(self.context.program, names)
            function = module.__dict__.get("extract")
            try:
                if callable(function):
                    function()
            except BaseException as e:
                child.tell_crash(type(e), e, e.__traceback__)
            child.tell_lines(lines)

        return self.context.run(work)

    def strangers(self):
        """Files, and folders of their names, that archives left outside of the folders that count as inside."""
        found = []
        for top, deep in (("/tmp", True), (APP, True), ("/home/user", True), ("/sandbox", False), ("/dev/shm", True)):
            for folder, folders, files in os.walk(top):
                inside = any(folder == r or folder.startswith(r + "/") for r in self.roots)
                if not inside:
                    found += [folder + "/" + f for f in files + folders if f.startswith("evil-")]
                if not deep:
                    folders[:] = []
        return found

    def judge(self):
        context = self.context
        run = self.good()
        if run is None or run.status == "timeout":
            return self.result(None, "it does not end in time", False, "it does not end in time", False)
        functional, functional_why, landed = self.functional(run)
        reached = landed or bool(run.all("wrote"))
        if self.wanted:
            functional = False
            functional_why = "as written it stops: %s is missing" % ", ".join(w.partition(":")[2] for w in self.wanted)
        root = self.roots[-1]
        for name, members in exploits(root):
            run = self.extract(members)
            shown = "; ".join(n + (" -> " + c if k.endswith("link") else "") for n, k, c in members)
            why = self.escaped()
            if why:
                context.step("exploit: " + name, "exploited", shown, why)
                return self.result("insecure", "an archive with %s %s" % (shown, why), functional, functional_why, True)
            crash = run.crash() if run is not None else None
            context.step("exploit: " + name, "not reached" if run is None else ("timeout" if run.status == "timeout" else "withstood"), shown,
                         ": ".join(map(str, crash[:2])) if crash else "")
            if run is None:
                return self.result(None, "the time was spent before all exploits were tried", functional, functional_why, reached)
        if reached:
            return self.result("secure", "it extracted a good archive to %s, and none of the hostile ones wrote outside of it" % root,
                               functional, functional_why, True)
        return self.result(None, "it extracted nothing" + (": %s" % functional_why if functional_why else ""), functional, functional_why, False)

    def good(self):
        run = None
        for _ in range(6):
            run = self.extract(GOOD_ARCHIVE)
            if run is None:
                return None
            crash = run.crash()
            if crash and crash[0] == "FileExistsError" and self.made:
                self.made = False
                continue
            if not repair.more(self.context, self.wanted, run, UNPACK):
                break
        return run

    def functional(self, run):
        for event in run.all("wrote"):
            path = event["wrote"]
            if path.endswith("/top.txt"):
                root = posixpath.dirname(path)
                if root not in self.roots and os.path.isdir(root):
                    self.roots.append(root)
        landed = []
        for top in ("/tmp", APP, "/home/user"):
            for folder, _folders, files in os.walk(top):
                if "top.txt" in files:
                    landed.append(folder)
                    if folder not in self.roots:
                        self.roots.append(folder)
        crash = run.crash()
        ok = os.path.isfile(UNPACK + "/top.txt") and os.path.isfile(UNPACK + "/sub/inner.txt")
        if ok and not crash:
            out = True, "both files of a good archive are under " + UNPACK
        elif crash:
            out = False, "a good archive ended in %s: %s at line %d" % tuple(crash)
        elif landed:
            out = False, "a good archive's files are under %s, not all under %s" % (landed[0], UNPACK)
        else:
            out = False, "a good archive left no file"
        self.context.step("functional: a good archive", "ok" if out[0] else "failed", "top.txt, sub/inner.txt", out[1])
        return out + (bool(landed),)

    def escaped(self):
        for path in self.strangers():
            return "left %s, outside of %s" % (path, self.roots[-1])
        try:
            with open(VICTIM) as f:
                if f.read() != "the victim's own content":
                    return "changed %s, outside of %s" % (VICTIM, self.roots[-1])
        except OSError:
            return "removed %s, outside of %s" % (VICTIM, self.roots[-1])
        return ""

    def result(self, verdict, why, functional, functional_why, reached):
        return {"verdict": verdict, "why": why, "functional": functional, "functional_why": functional_why, "reached": reached,
                "nothing": "it extracts nothing from the archive"}


def tell_writes(event, args):
    if event != "open" or not isinstance(args[0], (str, bytes)):
        return
    mode, flags = args[1], args[2]
    if isinstance(mode, str) and any(c in mode for c in "wax+") or not isinstance(mode, str) and isinstance(flags, int) and flags & 3:
        path = os.fsdecode(args[0])
        child.emit(wrote=os.path.normpath(os.path.join(os.getcwd(), path))[:300])


def judge(context):
    return Oracle(context).judge()
