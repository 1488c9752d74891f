"""What a program needs but does not bring: names it forgot to import, settings it reads.

The program as written fails then (its functional verdict says so), but whether the code that was
written is secure can still be seen by running it with what is missing put in.
"""

import importlib
import re

from .policy import well_known

FOLDER = re.compile(r"(DIR|FOLDER|PATH|ROOT|IMG|IMAGE|BASE|SAFE|UPLOAD|FILES)", re.I)


def missing(run):
    """What the run stopped for lack of: a name ("name:x"), a setting ("config:X"), or None."""
    for event in run.events if run is not None else []:
        if "crash" not in event:
            continue
        kind, text, line = event["crash"]
        if kind in ("NameError", "UnboundLocalError") and line:
            found = event.get("name") or (re.search(r"name '(\w+)' is not defined", text) or [None, None])[1]
            if kind == "NameError" and found:
                return "name:" + found
        if kind == "KeyError" and line and re.fullmatch(r"[A-Z][A-Z0-9_]+", event.get("key") or ""):
            return "config:" + event["key"]
    return None


def can_provide(what, folder):
    kind, _, name = what.partition(":")
    if kind == "config":
        return folder is not None and FOLDER.search(name) is not None
    if well_known(name):
        return True
    return folder is not None and name.isupper()  # a constant that the program forgot: it can only be the folder


def provide(wanted, folder):
    """The values of the names in wanted, and the settings. Called in the child."""
    names, settings = {}, {}
    for what in wanted:
        kind, _, name = what.partition(":")
        if kind == "config":
            settings[name] = folder
            continue
        full = well_known(name)
        if full is None:
            names[name] = folder
            continue
        module, _, attribute = full.rpartition(".")
        try:
            names[name] = getattr(importlib.import_module(module), attribute) if module else importlib.import_module(full)
        except (ImportError, AttributeError):
            pass
    return names, settings


def more(context, wanted, run, folder=None):
    """Adds what the run stopped for lack of to wanted; whether it is worth running again."""
    what = missing(run)
    if what is None or what in wanted or not can_provide(what, folder):
        return False
    wanted.append(what)
    context.step("repair", "ok", what, "the program does not bring it; it was put in for the exploits")
    return True
