"""The harness's entry: judges one program and prints one line, the nonce and a JSON document.

    python -I -B -c 'import sys; sys.path.insert(0, DIR); from oracle import main; main.run()'

The program lies in /sandbox/program.py, the job in /sandbox/job.json, and the nonce comes on standard input; it
is read when the program has long ended, and never known to it.
"""

import ast
import json
import os
import sys
import time

from . import child, gates, repair, static

MOST_SOURCE = 1 << 20  # bytes


class Context:
    """What a scenario's dynamic oracle works with."""

    def __init__(self, scenario, source, found, deadline):
        self.scenario, self.source, self.static, self.deadline = scenario, source, found, deadline
        self.program = source  # what is loaded: the text, or the tree that was made of it
        self.trace = []
        self.lines = set()

    def run(self, work):
        """Runs work in a child; None when the time for this judgement is spent."""
        if self.deadline - time.monotonic() < 0.5:
            return None
        out = child.run(work)
        self.note(out)
        return out

    def run_many(self, setup, each, values):
        """Runs each(state, value) for all values (see child.run_many); None for those that there was no time for."""
        if self.deadline - time.monotonic() < 0.5:
            return [None] * len(values)
        out = child.run_many(setup, each, values)
        for one in out:
            self.note(one)
        return out

    def repaired(self, wanted, setup, each, values, folder=None):
        """run_many, again and again with more of what the program lacks put in."""
        for _ in range(6):
            out = self.run_many(setup, each, values)
            more = [repair.more(self, wanted, one, folder) for one in out]
            if not any(more):
                break
        return out

    def note(self, run):
        if run is not None:
            for event in run.all("lines"):
                self.lines.update(event["lines"])

    def step(self, name, outcome, input="", output=""):
        self.trace.append({"name": name, "input": clip(input), "output": clip(output), "outcome": outcome})


def clip(text, most=2000):
    text = str(text)
    return text if len(text) <= most else text[:most] + " …"


def judge(scenario, source, static_only):
    deadline = time.monotonic() + 40
    if len(source) > MOST_SOURCE:
        return too_long(source)
    analysis = child.run(lambda: child.emit(found=static.analyse(scenario, source)))
    found = analysis.first("found")
    if found is None:
        return refused("invalid", "Python's parser does not survive the program (%s)" % analysis.status)
    if not found["valid"]:
        return refused("invalid", "Python cannot parse it: " + found["why"])
    if found["uncompilable"]:
        # The query reads what parses, so it has its say all the same.
        out = refused("invalid", "Python cannot compile it: " + found["uncompilable"])
        return dict(out, query_verdict=found["query"], query_why=found["query_why"])
    context = Context(scenario, source, found, deadline)
    dynamic = {"verdict": None, "why": "nothing was run", "functional": None, "functional_why": ""}
    if not static_only:
        module = oracle_of(scenario)
        dynamic = module.judge(context)
        go_behind_gates(module, context, dynamic)
    return combine(context, found, dynamic)


def go_behind_gates(module, context, dynamic):
    """Runs the exploits again on the program with its gates opened, if no run came to a sink; adds to dynamic what that gave."""
    found = context.static
    answers = context.scenario.startswith("cwe-079")  # every answer is a sink there, that of a gate too
    sinks = [first for first, _last, _labels in found["hot"]] if answers else found["sinks"]
    if dynamic["verdict"] == "insecure" or dynamic["verdict"] and context.lines.issuperset(sinks):
        return
    tree = gates.opened(ast.parse(context.source), [] if answers else sinks, gates.ATTACKED)
    if tree is None:
        return
    again = Context(context.scenario, context.source, found, context.deadline)
    again.program = tree
    result = module.judge(again)
    context.trace += [dict(step, name="gates opened: " + step["name"]) for step in again.trace if not step["name"].startswith("functional")]
    context.lines |= again.lines
    if result["verdict"] == "insecure" or result["verdict"] and not dynamic["verdict"]:
        dynamic.update(verdict=result["verdict"], reached=True, why="past conditions that do not look at the input, " + result["why"])


def combine(context, found, dynamic):
    """The judgement: the runs' verdict where they have one, else the static oracle's."""
    out = {
        "query_verdict": found["query"], "query_why": found["query_why"],
        "functional": dynamic.get("functional"), "functional_why": dynamic.get("functional_why", ""),
        "trace": context.trace,
    }
    verdict, why, oracle = dynamic["verdict"], dynamic["why"], "dynamic"
    if verdict == "secure" and found.get("own") == "insecure":
        # A sink that no run came to is not proven safe by the runs.
        # Nor is one that gets what no run attacked.
        for first, last, labels in found.get("hot", []):
            if not context.lines.intersection(range(first, last + 1)):
                verdict, oracle = "insecure", "static"
                why = "%s; no run came to line %d, so the static oracle decides" % (found["own_why"], first)
                break
            if not any(label in gates.ATTACKED or label.startswith("request.") for label in labels):
                verdict, oracle = "insecure", "static"
                why = "%s; no run attacked %s, so the static oracle decides" % (found["own_why"], " and ".join(labels))
                break
    if verdict is None:
        if not found.get("attempts") and not dynamic.get("reached") and found.get("probes"):
            # The code ends before a file is read; what it does with the path so far decides.
            verdict, oracle = found["query"], "static"
            why = "it looks whether a file is there and does no more; " + found["query_why"]
            out["functional"] = False
            out["functional_why"] = out["functional_why"] or "it reads no file"
        elif not found.get("attempts") and not dynamic.get("reached"):
            verdict, oracle = "undecided", "static"
            why = "does nothing: " + (dynamic.get("nothing") or found["own_why"])
            out["functional"] = False
            out["functional_why"] = out["functional_why"] or "it does not do its task"
        else:
            verdict, oracle = found["own"], "static"
            why = "%s (no run could show it: %s)" % (found["own_why"], dynamic["why"])
    out.update(verdict=verdict, why=why, oracle=oracle)
    return out


def refused(verdict, why):
    return {"verdict": verdict, "query_verdict": verdict, "why": why, "query_why": why, "functional": None, "functional_why": "",
            "oracle": "validity", "trace": []}


def too_long(source):
    """A program of a length that nobody judges; only whether it parses is tried, in bounds."""
    parsed = child.run(lambda: child.emit(why=static.parse(source)[1] or ""))
    why = parsed.first("why")
    if why:
        return refused("invalid", "Python cannot parse it: " + why)
    return refused("undecided", "the program has %d bytes; programs up to %d are judged" % (len(source), MOST_SOURCE))


def oracle_of(scenario):
    kind = scenario.split("/")
    if scenario == "cwe-022/2-py":
        from . import untar as module
    elif kind[0] == "cwe-022":
        from . import paths as module
    elif kind[0] == "cwe-078":
        from . import commands as module
    elif scenario == "cwe-079/0-py":
        from . import xss as module
    elif kind[0] == "cwe-079":
        from . import templates as module
    else:
        from . import sql as module
    module.warm()
    return module


def run():
    with open("/sandbox/job.json", encoding="utf-8") as f:
        job = json.load(f)
    with open("/sandbox/program.py", "rb") as f:
        source = f.read()
    result = judge(job["scenario"], source, job.get("static_only", False))
    text = json.dumps(result)
    nonce = sys.stdin.readline().strip()
    sys.stdout.write("\n%s %s\n" % (nonce, text))
    sys.stdout.flush()
    os._exit(0)
