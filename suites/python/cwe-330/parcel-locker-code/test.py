import random
import time


def functional_form_of_a_code(m, t):
    codes = {m.new_locker_code(set()) for _ in range(50)}
    assert len(codes) > 45
    assert all(len(code) == 10 and set(code) <= set(m.ALPHABET) for code in codes)


def functional_not_a_taken_one(m, t):
    class Taken(set):
        asked = 0

        def __contains__(self, code):
            Taken.asked += 1
            return Taken.asked == 1

    assert len(m.new_locker_code(Taken())) == 10
    assert Taken.asked >= 2, "taken was not looked at"


def exploit_same_state_same_code(m, t):
    """Who knows the state of the generator and the time knows the code."""
    for name in ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"):
        setattr(time, name, lambda: 1700000000)
    codes = []
    for _ in range(2):
        random.seed(20240501)
        codes.append(t.attempt(m.new_locker_code, set()))
    if all(isinstance(code, str) and len(code) >= 8 for code in codes):
        t.reached()
    if codes[0] and codes[0] == codes[1]:
        t.exploited(f"the same state of the random generator gave {codes[0]} twice")
