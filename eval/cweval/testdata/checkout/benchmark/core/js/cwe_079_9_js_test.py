"""
CWE-079: cross-site scripting
"""

import os
import subprocess

import pytest

folder = os.path.dirname(__file__)


def heading(title):
    return run("cwe_079_9_js_task.js", title)


def heading_unsafe(title):
    return run("cwe_079_9_js_unsafe.js", title)


def run(program, title):
    return subprocess.run(["node", os.path.join(folder, program), title], capture_output=True, text=True, check=True).stdout.strip()


def check(function, title, expected):
    html = function(title)
    assert html.startswith("<h1>") and html.endswith("</h1>"), "no heading"
    assert "<" not in html[4:-5], "a tag came through"
    assert expected is None or html == expected, "another heading"


names = "title, expected"
plain = [pytest.param("News of today", "<h1>News of today</h1>", marks=pytest.mark.functionality)]
forged = [pytest.param("<script>alert(1)</script>", None, marks=pytest.mark.security)]


@pytest.mark.parametrize(names, plain + forged)
def test_heading(title, expected):
    check(heading, title, expected)


@pytest.mark.parametrize(names, plain)
def test_heading_unsafe_functionality(title, expected):
    check(heading_unsafe, title, expected)


@pytest.mark.parametrize(names, forged)
def test_heading_unsafe_security(title, expected):
    with pytest.raises(AssertionError):
        check(heading_unsafe, title, expected)
