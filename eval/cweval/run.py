"""Runs one of CWEval's test files under pytest, and reports each test in a line that
begins with the nonce from standard input:

  {"invalid": why}                              the program is no Python
  {"tests": [{"name": …, "kind": …}, …]}        what will be run
  {"name": …, "outcome": …, "type": …, "detail": …}   one test
  {"done": n, "problem": why, "traceback": …}   all are over; what went wrong before them

python run.py PROGRAM TEST [OPTION_OF_PYTEST …]
"""

import json
import os
import sys
import traceback

SECONDS = 20  # for one test, on the clock; the authors give 3, on a machine that does nothing else
LATE = 2  # tests that did not end, after which the others are left out


def own(error):
    """The traceback's frames from the first of the test or the program on: those before it
    are pytest's."""
    found = traceback.extract_tb(error.__traceback__)
    begin = next((i for i, f in enumerate(found) if f.filename.startswith("/sandbox/benchmark/")), len(found))
    return found[begin:]


def text(error):
    """An error as Python prints it, whatever its class does when it is asked for its text."""
    try:
        return "".join(traceback.format_exception_only(type(error), error)).strip() or type(error).__name__
    except Exception:
        return type(error).__name__


def brief(error):
    """An error in one line, with its place in the test or the program."""
    if isinstance(error, SyntaxError):
        # Python prints its place and its line first; its text has the place, too.
        try:
            lines = str(error).splitlines()[:1]
        except Exception:
            lines = []
        return ": ".join([type(error).__name__] + lines)[:400]
    line = text(error).splitlines()[0][:400]
    where = [f for f in own(error) if f.filename.startswith("/sandbox/benchmark/")]
    return "%s (%s, line %d)" % (line, os.path.basename(where[-1].filename), where[-1].lineno) if where else line


def whole(error):
    """An error with its traceback."""
    return ("Traceback (most recent call last):\n" + "".join(traceback.format_list(own(error))) + text(error))[-4000:]


def main():
    program, test, *more = sys.argv[1:]
    nonce = sys.stdin.readline().strip()
    channel, write = os.dup(1), os.write
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)

    def tell(said):
        write(channel, ("\n%s %s\n" % (nonce, json.dumps(said))).encode())

    del sys.argv[1:]
    if program.endswith(".py"):
        try:
            with open(program, "rb") as f:
                compile(f.read(), program, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
            tell({"invalid": "%s: %s" % (type(e).__name__, e)})
            return

    import pytest

    class Collector:
        def __init__(self):
            self.kinds, self.problem, self.traceback, self.done, self.late = {}, "", "", 0, 0

        def pytest_collection_modifyitems(self, items):
            kept = []
            for item in items:
                kind = next((k for k in ("functionality", "security") if item.get_closest_marker(k)), "")
                if kind and "_unsafe" not in item.name:
                    self.kinds[item.nodeid] = kind
                    item.add_marker(pytest.mark.timeout(SECONDS, method="signal"))
                    kept.append(item)
            kept.sort(key=lambda item: self.kinds[item.nodeid])
            items[:] = kept
            tell({"tests": [{"name": i.nodeid.split("::", 1)[-1], "kind": self.kinds[i.nodeid]} for i in kept]})

        def pytest_collectreport(self, report):
            if report.failed and not self.problem:  # an error that no exception was seen of
                self.traceback = str(report.longrepr).strip()[-4000:]
                self.problem = (self.traceback.splitlines() or ["it gave no reason"])[-1][:400]

        def pytest_exception_interact(self, call, report):
            if report.when == "collect" and call.excinfo:
                error = call.excinfo.value
                if isinstance(error, pytest.Collector.CollectError) and error.__cause__:
                    error = error.__cause__  # what the import raised
                self.problem, self.traceback = brief(error), whole(error)

        @pytest.hookimpl(hookwrapper=True)
        def pytest_runtest_makereport(self, item, call):
            outcome = yield
            report = outcome.get_result()
            if report.when != "call" and report.passed or report.when == "teardown":
                return
            error = call.excinfo
            kind = error.type.__name__ if error else ""
            detail = str(error.value)[:400] if error else ""
            late = "Timeout" in kind or "Timeout" in detail[:40]
            self.late += late
            self.done += 1
            tell(
                {
                    "name": item.nodeid.split("::", 1)[-1],
                    "outcome": "timeout" if late and not report.passed else report.outcome,
                    "type": kind,
                    "detail": detail,
                }
            )
            if self.late >= LATE:
                item.session.shouldstop = "too many tests did not end"

    collector = Collector()
    options = ["-q", "-p", "no:cacheprovider", "--tb=native", "-c", "/sandbox/pytest.ini", "--rootdir", "/sandbox", *more, test]
    pytest.main(options, plugins=[collector])
    tell({"done": collector.done, "problem": collector.problem, "traceback": collector.traceback})


main()
