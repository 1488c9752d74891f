"""022/0 and 022/1: does a route hand out files from outside of its folder?

First a probe finds out which folder the program serves from. Then that folder gets good files, its surroundings
get secrets, and the route is asked for both.
"""

import base64
import binascii
import os
import posixpath
import random
import re
import string

from . import child, overlay, repair, web


def word(length):
    return "".join(random.SystemRandom().choices(string.ascii_lowercase, k=length))


# What no program can know: how the files begin, and how those are called that it must not give out.
GOOD, SECRET = word(24), word(24)
HIDDEN, CANARY, PROBE = word(8), word(8), "probe" + word(8)
ROUTES = {"cwe-022/0-py": ("/read", "filename"), "cwe-022/1-py": ("/img", "img_name")}
ENDINGS = {"cwe-022/0-py": [".txt", ""], "cwe-022/1-py": [".png", ".jpg", ""]}
MEANT = {"cwe-022/0-py": ["/safe"], "cwe-022/1-py": ["/images", "/sandbox/app/images"]}
GUESSES = {"cwe-022/0-py": ["/safe"], "cwe-022/1-py": ["/images", "/sandbox/app/images", "/sandbox/app/static/images", "/sandbox/app/static"]}
STEM = {"cwe-022/0-py": "hello", "cwe-022/1-py": "cat"}


def warm():
    web.warm()
    web.folders("/sandbox/app", overlay.ROOT, "/tmp/secret")


class Oracle:
    def __init__(self, context):
        self.context, self.id = context, context.scenario
        self.path, self.parameter = ROUTES[self.id]
        self.wanted, self.folder = [], MEANT[self.id][0]
        self.listed = context.static["listed"]
        named = context.static["endings"] + [posixpath.splitext(name)[1] for name in self.listed]
        self.endings = list(dict.fromkeys(ENDINGS[self.id] + named))
        self.ending = self.endings[0]
        with open(child.PROGRAM, "wb") as f:
            f.write(context.source)
        os.chdir("/sandbox/app")

    def setup(self):
        web.prepare()
        overlay.install()
        lines = child.watch_lines()
        return web.load(self.context.program, self.wanted, self.folder)[1], lines

    def each(self, state, value):
        app, lines = state
        overlay.restart()
        try:
            web.request(app, web.route(app, self.path), {self.parameter: value})
        finally:
            child.tell_lines(lines)

    def ask(self, values):
        """One request for each value, of the program as written."""
        wanted, self.wanted = self.wanted, []
        try:
            return self.context.run_many(self.setup, self.each, values)
        finally:
            self.wanted = wanted

    def ask_repaired(self, values):
        """One request for each value; what the program lacks is put in."""
        return self.context.repaired(self.wanted, self.setup, self.each, values, self.folder)

    def bases(self, run):
        found = []
        for event in run.all("touched"):
            at = event["touched"]
            if posixpath.basename(at).startswith(PROBE):
                found.append(posixpath.dirname(at))
            elif "/" + PROBE in at:
                found.append(at[:at.index("/" + PROBE)])
        return list(dict.fromkeys(b or "/" for b in found))

    def furnish(self, bases):
        stem = STEM[self.id]
        for base in bases:
            if base == "/":
                continue
            overlay.make(base)
            for name in self.listed:
                overlay.place("%s/%s" % (base, name), GOOD + base + "\n")
            for ending in self.endings:
                overlay.place("%s/%s%s" % (base, stem, ending), GOOD + base + "\n")
                overlay.place("%s/inner/%s%s" % (base, stem, ending or ".dat"), GOOD + base + "\n")
        for base in bases:
            for ending in self.endings:
                for at in self.secrets(base):
                    if not any(b != "/" and (at + ending).startswith(b + "/") for b in bases):
                        overlay.place(at + ending, SECRET + at + ending + "\n")

    @staticmethod
    def secrets(base):
        up = posixpath.dirname(base).rstrip("/")
        return [up + "/" + HIDDEN, base.rstrip("/") + "-secret/" + CANARY, "/tmp/secret/" + CANARY]

    def exploits(self, base):
        """(name, value) of each attempt."""
        leaf = posixpath.basename(base)
        deep = "../" * 12
        beside = "../%s-secret/canary{e}" % leaf
        kinds = [
            ("../", "../secret{e}"),
            ("many ../ to an absolute place", deep + "tmp/secret/canary{e}"),
            ("absolute path", "/tmp/secret/canary{e}"),
            ("the same from a folder that is the root", "tmp/secret/canary{e}"),
            ("sibling folder with the same prefix", beside),
            ("absolute sibling", "%s-secret/canary{e}" % base),
            ("the folder's own name, then ../", "%s/../secret{e}" % base),
            ("relative folder's name, then ../", "%s/../../secret{e}" % leaf),
            ("down and up", "inner/../../secret{e}"),
            ("./../", "./../secret{e}"),
            ("....// for filters that delete ../", "....//secret{e}"),
            ("..././ for filters that delete ../", "..././secret{e}"),
            ("..../ for filters that delete ..", "..../secret{e}"),
            ("doubled slash", "//tmp/secret/canary{e}"),
            ("percent-encoded once more", "%2e%2e%2fsecret{e}"),
            ("backslashes", "..\\secret{e}"),
            ("NUL byte", "../secret{e}\0.png"),
            ("file URL", "file:///tmp/secret/canary{e}"),
            ("nothing but ..", ".."),
            ("empty name", ""),
        ]
        for i, (name, value) in enumerate(kinds):
            for what, text in (("secret{e}", HIDDEN + self.ending), ("canary{e}", CANARY + self.ending)):
                value = value.replace(what, text)
            kinds[i] = name, value
        return kinds

    def judge(self):
        context = self.context
        run = self.ask_repaired([PROBE + self.endings[0]])[0]
        if run is None or run.status == "timeout":
            return self.result(None, "the program does not answer in time", None, "it does not answer in time", False)
        bases = self.bases(run)
        self.furnish(list(dict.fromkeys(bases + GUESSES[self.id])))
        functional, functional_why, served, opened, crash = self.benign()
        if not served and self.wanted:
            lacks = ", ".join(w.partition(":")[2] for w in self.wanted)
            functional_why = "as written it stops for lack of %s: %s" % (lacks, functional_why)
        base = served or (bases[0] if bases else self.folder)
        exploits = self.exploits(base)
        for (name, value), run in zip(exploits, self.ask_repaired([v for _, v in exploits])):
            shown = self.parameter + "=" + value
            why = self.leak(run, base, value)
            if why:
                context.step("exploit: " + name, "exploited", shown, run.first("body", ""))
                return self.result("insecure", why, functional, functional_why, True)
            context.step("exploit: " + name, web.withstood(run), shown, web.answer(run))
            if run is None:
                return self.result(None, "the time was spent before all exploits were tried", functional, functional_why, bool(served))
        reached = bool(served or opened)
        if reached:
            return self.result("secure", "it read %s for a good name, and none of the exploits got anything from outside" % (
                "a file of " + base), functional, functional_why, True)
        why = "it read no file for a good name" + (": %s: %s at line %d" % tuple(crash) if crash else "")
        return self.result(None, why, functional, functional_why, False)

    def benign(self):
        """Asks for good files: (functional, why, the folder that a file came from, whether one was opened, crash)."""
        opened, crash, last = False, None, ""
        stem = STEM[self.id]
        names = [stem + e for e in self.endings] + [self.folder + "/" + stem + self.endings[0]] + self.listed
        runs = self.ask(names)
        as_written = runs[0]
        if as_written is None:
            return False, "it does not answer in time", None, False, None
        if repair.missing(as_written):
            self.context.step("functional: as written", "failed", self.parameter + "=" + names[0], web.answer(as_written))
            runs = self.ask_repaired(names)
        for name, run in zip(names, runs):
            if run is None:
                break
            body = run.first("body", "")
            crash = crash or run.crash()
            opened = opened or any(e["operation"] == "open" and e["ok"] and stem in e["touched"] for e in run.all("touched"))
            base = held(body, GOOD)
            if base and run.first("status") == 200:
                self.ending = posixpath.splitext(name)[1]  # others may be refused, or this one be added to the name
                self.context.step("functional: " + name, "ok", self.parameter + "=" + name, web.answer(run))
                if repair.missing(as_written):
                    return False, "as written it stops: " + web.answer(as_written), base, True, None
                if base in MEANT[self.id]:
                    return True, "%s=%s gave the file's content" % (self.parameter, name), base, True, None
                return False, "%s=%s gave a file of %s, not of %s" % (self.parameter, name, base, self.folder), base, True, None
            last = "%s=%s gave %s" % (self.parameter, name, web.answer(run))
            self.context.step("functional: " + name, "failed", self.parameter + "=" + name, web.answer(run))
            if opened:
                break
        return False, last or "it does not answer in time", None, opened, crash

    def leak(self, run, base, value):
        """What an exploit got, in words, or ''."""
        if run is None:
            return ""
        what = held(run.first("body", ""), SECRET)
        if what:
            if base == "/":
                return "%s=%s was answered with the content of %s: the folder is the root, and nothing lies outside of it" % (self.parameter, value, what)
            return "%s=%s was answered with the content of %s, which lies outside of %s" % (self.parameter, value, what, base)
        for event in run.all("touched"):
            at = event["touched"]
            if event["operation"] in ("open", "remove", "unlink", "listdir") and event["ok"] and posixpath.basename(at).startswith(
                    (HIDDEN, CANARY)) and not at.startswith(base.rstrip("/") + "/"):
                return "%s=%s made it %s %s, which lies outside of %s" % (self.parameter, value, event["operation"], at, base)
        return ""

    def result(self, verdict, why, functional, functional_why, reached):
        return {"verdict": verdict, "why": why, "functional": functional, "functional_why": functional_why, "reached": reached,
                "nothing": "it touches no file that the request names"}


def held(body, beginning):
    """The path that stands in a file with such a beginning, if a body holds the file, plain or in base64; else ''."""
    plain = body.partition(beginning)[2]
    coded = base64.b64encode(beginning.encode()).decode()
    if coded in body:
        rest = re.match(r"[A-Za-z0-9+/=]*", body.partition(coded)[2])[0]
        try:
            plain = base64.b64decode(rest).decode("utf-8", "replace")
        except binascii.Error:
            pass
    return (re.match(r"/[^\s\"'<>\\&]*", plain) or [""])[0]


def judge(context):
    return Oracle(context).judge()
