"""Runs pieces of work in processes of their own, and listens to what happens there.

A child tells events as they happen (one line of JSON each, over a pipe), so that what was
seen stands even if the program ends the process, hangs or is killed.
"""

import json
import os
import resource
import select
import signal
import sys
import threading
import time
import types

PROGRAM = "/sandbox/app/app.py"
MOST_EVENTS = 4 << 20  # bytes; more is cut, and the child ended

# A child's share of the processor. Its time on the clock is bounded loosely, since the machine may be busy.
CPU_SECONDS = 2
MEMORY = 768 << 20  # bytes of address space, so that a greedy child fails alone and not the sandbox
SECONDS = 10.0

_pipe = -1


def emit(**event):
    """Tells the parent something. Only in a child."""
    data = (json.dumps(event, default=repr) + "\n").encode("utf-8", "replace")
    view = memoryview(data[:65536] if data.endswith(b"\n") and len(data) <= 65536 else b'{"cut": true}\n')
    while view:
        view = view[os.write(_pipe, view):]


class Run:
    """What came of a child."""

    def __init__(self, events, status):
        self.events, self.status = events, status  # status: "ended", "timeout", "flood" or "signal N" / "exit N"

    def all(self, key):
        return [e for e in self.events if key in e]

    def first(self, key, default=None):
        for e in self.events:
            if key in e:
                return e[key]
        return default

    def crash(self):
        """The exception that ended the program or its request: (type, message, line), or None."""
        for e in self.events:
            if "crash" in e:
                return e["crash"]
        return None


def run(work, seconds=SECONDS):
    """Runs work() in a child of its own; it may emit events."""
    global _pipe
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        _pipe = write
        code = 1
        try:
            os.close(read)
            enter_child()
            work()
            emit(end=True)
            code = 0
        except BaseException as e:  # whatever the program raises ends here
            try:
                tell_crash(type(e), e, e.__traceback__)
                if isinstance(e, (SystemExit, KeyboardInterrupt)):
                    emit(left=type(e).__name__)
            except BaseException:
                pass
        finally:
            os._exit(code)
    os.close(write)
    return listen(read, pid, time.monotonic() + seconds)


def enter_child():
    os.setsid()
    null = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (8 << 20, 8 << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    sleep = time.sleep
    time.sleep = lambda seconds=0: sleep(min(0.01, max(0, seconds)))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def listen(read, pid, deadline):
    data, status, dead = b"", None, False
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            status = "timeout"
            break
        ready, _, _ = select.select([read], [], [], min(left, 0.02 if dead else 0.25))
        if ready:
            piece = os.read(read, 65536)
            if not piece:
                break
            data += piece
            if len(data) > MOST_EVENTS:
                status = "flood"
                break
        elif dead:
            break
        if not dead:
            done, code = os.waitpid(pid, os.WNOHANG)
            if done:
                dead = True
                status = exit_status(code)
    if not dead and status is None:
        code = wait_until(pid, min(deadline, time.monotonic() + 1.5))  # a program that exec replaced goes on without the pipe
        dead, status = code is not None, "timeout" if code is None else exit_status(code)
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        pass
    if not dead:
        os.kill(pid, signal.SIGKILL)  # it may not have come to have a group of its own
        os.waitpid(pid, 0)
    os.close(read)
    events = []
    for line in data.split(b"\n"):
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict):
            events.append(event)
    return Run(events, status)


def run_many(setup, each, values, seconds=SECONDS):
    """Runs each(state, value) for all values, in one child as long as it lives; returns a Run for each value.

    What setup() tells is part of every Run. When a value ends the child, the next goes on in a new one.
    """
    results, start = [], 0
    deadline = time.monotonic() + 3 * seconds
    while start < len(values):
        def work(start=start):
            state = setup()
            for value in values[start:]:
                emit(begin=True)
                try:
                    each(state, value)
                except BaseException as e:
                    tell_crash(type(e), e, e.__traceback__)

        out = run(work, max(0.1, min(seconds, deadline - time.monotonic())))
        parts, common = [], []
        for event in out.events:
            if "begin" in event:
                parts.append([])
            elif parts:
                parts[-1].append(event)
            else:
                common.append(event)
        if not parts:
            return results + [Run(common, out.status)] * (len(values) - start)
        late = out.status == "timeout" and len(parts) > 1
        if late:
            parts.pop()  # the time may have gone to those before it: it gets a child of its own
        for i, part in enumerate(parts):
            results.append(Run(common + part, out.status if i == len(parts) - 1 and not late else "ended"))
        start += len(parts)
        if not late and out.status == "timeout" and start < len(values):
            return results + [None] * (len(values) - start)
    return results


def wait_until(pid, deadline):
    """The exit code of a child, or None if it does not end in time."""
    while time.monotonic() < deadline:
        done, code = os.waitpid(pid, os.WNOHANG)
        if done:
            return code
        time.sleep(0.002)
    return None


def exit_status(code):
    if os.WIFSIGNALED(code) and os.WTERMSIG(code) == signal.SIGXCPU:
        return "timeout"
    if os.WIFSIGNALED(code):
        return "signal %d" % os.WTERMSIG(code)
    return "ended" if os.WEXITSTATUS(code) == 0 else "exit %d" % os.WEXITSTATUS(code)


def tell_crash(kind, error, trace):
    """Emits an exception with the line of the program that it came through."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == PROGRAM:
            line = trace.tb_lineno
        trace = trace.tb_next
    try:
        text = str(error)
    except BaseException:
        text = "?"
    event = {"crash": [kind.__name__, text[:300], line]}
    name = getattr(error, "name", None)
    if isinstance(error, NameError) and isinstance(name, str):
        event["name"] = name
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        event["key"] = error.args[0]
    emit(**event)


def watch_lines():
    """Notes which lines of the program run; the set is emitted by tell_lines."""
    lines = set()

    def local(frame, what, _arg):
        if what == "line":
            lines.add(frame.f_lineno)
        return local

    def tracer(frame, what, _arg):
        if frame.f_code.co_filename != PROGRAM:
            return None
        lines.add(frame.f_lineno)
        return local

    threading.settrace(tracer)
    sys.settrace(tracer)
    return lines


def tell_lines(lines):
    """Emits the lines that ran since the last time."""
    if lines:
        emit(lines=sorted(lines)[:2000])
        lines.clear()


def load(source, provided):
    """Runs the program's module body; returns its module. Missing names come from provided."""
    module = types.ModuleType("app")
    module.__file__ = PROGRAM
    sys.modules["app"] = module
    module.__dict__.update(provided)
    code = compile(source, PROGRAM, "exec", dont_inherit=True)
    exec(code, module.__dict__)
    return module
