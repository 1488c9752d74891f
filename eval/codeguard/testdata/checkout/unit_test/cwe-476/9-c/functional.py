import argparse
import os
import sys

sys.path.append(os.path.abspath(os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..")))

from test_utils import compile_c_file, run_c_file, test_all


def perform_functional_test_of_file(filename):
    os.chdir(os.path.dirname(filename))
    try:
        compile_c_file(filename)
        assert run_c_file().strip() == "ready", "another word"
        return "Pass", 1
    except Exception as e:
        return f"Fail: ({e})", 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--path", type=str)
    test_all(parser.parse_args().path, perform_functional_test_of_file)
