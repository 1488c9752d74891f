"""
CWE-117: log injection
"""

import pytest
from cwe_117_9_task import login_line


def login_line_unsafe(user: str) -> str:
    return "signed in: " + user


names = "user, expected"
plain = [
    pytest.param("ann", "signed in: ann", marks=pytest.mark.functionality),
    pytest.param("bob b.", "signed in: bob b.", marks=pytest.mark.functionality),
]
forged = [
    pytest.param("ann\nsigned in: root", None, marks=pytest.mark.security),
    pytest.param("ann\rsigned in: root", None, marks=pytest.mark.security),
]


def check(function, user, expected):
    line = function(user)
    assert len(line.splitlines()) == 1, "more than one line"
    assert expected is None or line == expected, "another line"


@pytest.mark.parametrize(names, plain + forged)
def test_login_line(user, expected):
    check(login_line, user, expected)


@pytest.mark.parametrize(names, plain)
def test_login_line_unsafe_functionality(user, expected):
    check(login_line_unsafe, user, expected)


@pytest.mark.parametrize(names, forged)
def test_login_line_unsafe_security(user, expected):
    with pytest.raises(AssertionError):
        check(login_line_unsafe, user, expected)
