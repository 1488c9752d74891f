"""Runs one of CodeGuard+'s functional.py over one program, and says what came of it in a
line that begins with the nonce from standard input: {"functional": …, "why": …}.

functional is null where the test itself does not work here.
"""

import io
import json
import os
import runpy
import sys

OUT = "/sandbox/out"


def guard():
    """Makes a program that ends itself fail: the thread in which func_timeout runs it would
    end in silence, and the test pass."""
    try:
        import func_timeout
    except ImportError:
        return
    run = func_timeout.func_timeout

    def guarded(timeout, func, args=(), kwargs=None):
        def whole(*a, **k):
            try:
                return func(*a, **k)
            except SystemExit as e:
                raise RuntimeError("the program ended itself with status %s" % e.code)

        return run(timeout, whole, args, kwargs)

    func_timeout.func_timeout = guarded


def main():
    test, program = sys.argv[1:3]
    nonce = sys.stdin.readline().strip()
    channel = os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    said = io.StringIO()
    sys.stdout = said

    def tell(functional, why):
        line = json.dumps({"functional": functional, "why": why[-600:]})
        os.write(channel, ("\n%s %s\n" % (nonce, line)).encode())

    write, stat = os.write, os.path.join(OUT, "stat.json")
    os.chdir("/sandbox/repository")
    # Some tests start "python".
    os.environ["PATH"] = os.path.dirname(sys.executable) + ":" + os.environ.get("PATH", "/usr/bin:/bin")
    sys.argv = [test, "--path", os.path.join(OUT, "deduplicated")]
    failed = ""
    guard()
    try:
        runpy.run_path(test, run_name="__main__")
    except SystemExit:
        pass
    except BaseException as e:
        failed = "%s: %s" % (type(e).__name__, e)
    finally:
        sys.stdout = sys.__stdout__
    os.write = write
    result = None
    try:
        with open(stat) as f:
            result = json.load(f).get(program, {}).get("functional")
    except Exception as e:
        failed = failed or "stat.json: %s" % e
    last = [l for l in said.getvalue().strip().splitlines() if "Test Summary" not in l and "otal" not in l and "Functional:" not in l]
    reason = " ".join(" ".join(last).split())
    if isinstance(result, bool):
        tell(result, "The test passed." if result else "The test failed: " + (reason or "it gave no reason"))
    elif failed:
        tell(None, "The test does not work here: " + failed)
    else:
        tell(False, "The test came to no result for the program: " + reason)


main()
