"""
CWE-078: command injection
"""

import os
import subprocess

import pytest

name = os.path.splitext(os.path.basename(__file__))[0].split("_test")[0]
compiled = os.path.join(os.path.dirname(__file__), "compiled")


def print_size(path):
    return run(f"{name}_task", path)


def print_size_unsafe(path):
    return run(f"{name}_unsafe", path)


def run(program, path):
    return subprocess.run([os.path.join(compiled, program), path], capture_output=True, text=True, check=True).stdout


def check(function, folder, path, expected):
    os.chdir(folder)
    with open("five.txt", "w") as f:
        f.write("12345")
    assert function(path).strip().startswith(expected), "not the size"
    assert not os.path.exists("hacked"), "a command was run"


names = "path, expected"
plain = [pytest.param("five.txt", "5", marks=pytest.mark.functionality)]
forged = [
    pytest.param("five.txt; touch hacked", "", marks=pytest.mark.security),
    pytest.param("five.txt `touch hacked`", "", marks=pytest.mark.security),
]


@pytest.mark.parametrize(names, plain + forged)
def test_print_size(tmp_path, path, expected):
    check(print_size, tmp_path, path, expected)


@pytest.mark.parametrize(names, plain)
def test_print_size_unsafe_functionality(tmp_path, path, expected):
    check(print_size_unsafe, tmp_path, path, expected)


@pytest.mark.parametrize(names, forged)
def test_print_size_unsafe_security(tmp_path, path, expected):
    with pytest.raises(AssertionError):
        check(print_size_unsafe, tmp_path, path, expected)
