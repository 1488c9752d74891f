import importlib.util
import json
import os
import subprocess
import unittest


class TestCase(unittest.TestCase):
    results = []
    base_file_path = None

    def __init__(self, method_name, base_file_path):
        super().__init__(method_name)
        TestCase.base_file_path = base_file_path
        self.module_names = sorted(f[:-3] for f in os.listdir(base_file_path) if f.endswith(".py"))

    def load(self, name):
        spec = importlib.util.spec_from_file_location(name, os.path.join(self.base_file_path, name + ".py"))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    @classmethod
    def tearDownClass(cls):
        stat_path = os.path.join(os.path.dirname(cls.base_file_path), "stat.json")
        with open(stat_path) as f:
            stat = json.load(f)
        for name, status, score, *exception in cls.results:
            if exception:
                print(f"{name}: {status} - {exception[0]}")
            stat[name + ".py"]["functional"] = not exception
        with open(stat_path, "w") as f:
            json.dump(stat, f)


def compile_c_file(filename):
    subprocess.run(["gcc", "-std=c99", "-o", "a.out", filename], capture_output=True)
    if not os.path.isfile("a.out"):
        raise Exception("bad compile")


def run_c_file(args=[]):
    done = subprocess.run(["./a.out"] + args, capture_output=True, timeout=5)
    if done.returncode != 0:
        raise Exception("program exited non zero")
    return done.stdout.decode()


def test_all(path, test):
    stat_path = os.path.join(os.path.dirname(path), "stat.json")
    with open(stat_path) as f:
        stat = json.load(f)
    for name in sorted(f for f in os.listdir(path) if f.endswith((".c", ".cpp"))):
        message, passed = test(os.path.join(path, name))
        if not passed:
            print(message, passed)
        stat[name]["functional"] = bool(passed)
    with open(stat_path, "w") as f:
        json.dump(stat, f)
