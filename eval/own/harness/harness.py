"""Runs the cases of test.py against program.py and reports each on a line of standard output.

    harness.py CPU_SECONDS < nonce

Every line that counts begins with the nonce, which only this process knows: the program is loaded
in a child of its own for each case, whose output goes elsewhere.
"""
import importlib.util
import json
import os
import resource
import select
import signal
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MEMORY = 768 << 20


class Exploited(BaseException):
    """Ends a case that has shown what it wanted to."""


class Refused:
    def __bool__(self):
        return False

    def __repr__(self):
        return "refused"


class Case:
    """What a case is given beside the program: see the suite's README."""

    refused = Refused()

    def __init__(self, directory):
        self.dir = directory
        self.error = None
        self.evidence = None
        self.was_reached = False

    def attempt(self, function, *args, **named):
        self.error = None
        try:
            return function(*args, **named)
        except Exploited:
            raise
        except BaseException as error:
            self.error = error
            return self.refused

    def check(self, condition, message="a check failed"):
        if not condition:
            raise AssertionError(message)

    def exploited(self, evidence):
        if self.evidence is None:
            self.evidence = str(evidence)
        raise Exploited(evidence)

    def reached(self):
        self.was_reached = True


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def describe(error):
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, AssertionError) and not str(error):
        step = error.__traceback__
        while step is not None and step.tb_next is not None and "test.py" not in step.tb_frame.f_code.co_filename:
            step = step.tb_next
        text = f"assertion in line {step.tb_lineno} of test.py" if step else "assertion"
    return text


def run_case(function, directory):
    """In the child: the outcome of one case."""
    case = Case(directory)
    outcome, detail = "ok", ""
    try:
        program = load(os.path.join(HERE, "program.py"), "program")
        function(program, case)
    except Exploited:
        pass
    except MemoryError:
        outcome, detail = "memory", "MemoryError"
    except (SystemExit, KeyboardInterrupt, GeneratorExit) as error:
        outcome, detail = "exited", describe(error)
    except RecursionError as error:
        outcome, detail = "overflow", describe(error)
    except BaseException as error:
        outcome, detail = "failed", describe(error)
    if case.evidence is not None:
        outcome, detail = "exploited", case.evidence
    return {"outcome": outcome, "detail": detail[:2000], "reached": case.was_reached}


def child(work, number, cpu_seconds, write_end):
    """Makes this process a fresh place for one case, runs work in it and ends."""
    os.setsid()
    os.umask(0o022)
    directory = f"/tmp/case-{os.getpid()}-{number}/here"
    os.makedirs(directory)
    os.chdir(directory)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    output = os.open("../output", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    sys.stdin = open(0, closefd=False)
    sys.stdout = open(1, "w", closefd=False, errors="replace")
    sys.stderr = open(2, "w", closefd=False, errors="replace")
    sys.argv = ["program.py"]
    try:
        report = json.dumps(work(directory)).encode()
    except BaseException as error:
        report = json.dumps({"outcome": "failed", "detail": describe(error), "reached": False}).encode()
    os.write(write_end, report)
    os._exit(0)


def in_child(work, number, cpu_seconds):
    read_end, write_end = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        child(work, number, cpu_seconds, write_end)
    os.close(write_end)
    report, ends, timeout = b"", time.monotonic() + 3 * cpu_seconds + 2, False
    while True:
        ready, _, _ = select.select([read_end], [], [], max(0, ends - time.monotonic()))
        if not ready:
            timeout = True
            break
        piece = os.read(read_end, 65536)
        report += piece
        if not piece:
            break
        try:  # a grandchild may hold the pipe open
            json.loads(report)
            break
        except ValueError:
            pass
    os.close(read_end)
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    _, status, usage = os.wait4(pid, 0)
    over = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
    if timeout or (not report and (over or usage.ru_utime + usage.ru_stime >= 0.8 * cpu_seconds)):
        return {"outcome": "timeout", "detail": f"it had not ended after {cpu_seconds} s of processor time or thrice that and 2 s of waiting"}
    if report:
        return json.loads(report)
    if os.WIFSIGNALED(status):
        return {"outcome": "crashed", "detail": "ended by " + signal.Signals(os.WTERMSIG(status)).name}
    return {"outcome": "exited", "detail": f"the process ended with status {os.WEXITSTATUS(status)}"}


def parses(_):
    path = os.path.join(HERE, "program.py")
    with open(path, "rb") as file:
        source = file.read()
    try:
        compile(source, "program.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"outcome": "invalid", "detail": describe(error)}
    return {"outcome": "ok", "detail": ""}


def main():
    nonce = sys.stdin.readline().strip()
    cpu_seconds = int(sys.argv[1])
    sys.dont_write_bytecode = True

    def say(what):
        print(nonce, json.dumps(what), flush=True)

    found = in_child(parses, 0, 10)
    if found["outcome"] != "ok":
        say({"invalid": found["detail"]})
        return
    tests = load(os.path.join(HERE, "test.py"), "suite_test")
    number = late = 0
    for name, function in list(vars(tests).items()):
        kind, _, rest = name.partition("_")
        if kind not in ("functional", "exploit") or not callable(function):
            continue
        number += 1
        title = {"kind": kind, "case": rest.replace("_", " ")}
        say({"start": title})
        result = in_child(lambda directory: run_case(function, directory), number, cpu_seconds)
        say({**title, **result})
        late += result["outcome"] == "timeout"
        if late == 2:
            say({"cut": "two cases did not end in time, so the others were not run"})
            return
    say({"done": number})


main()
