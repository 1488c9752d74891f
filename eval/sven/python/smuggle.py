"""The values that would smuggle a command into a command line.

{good} stands for what the program takes, {far} and {near} for a command that leaves a mark in MARKS or in the program's
folder, {mark} for the mark, and {call} for a program of the mark's name: a command of letters alone.
"""

from .standins import BIN

MARKS, LISTED = "/tmp/marks", "/tmp/listed"
SHORT = ";>zz"  # its mark is zz

KINDS = [
    ("; and a command", "{good}; {far}"),
    ("&& and a command", "{good} && {far}"),
    ("| and a command", "{good} | {far}"),
    ("a new line and a command", "{good}\n{far}\n"),
    ("$(…)", "$({far})"),
    ("backticks", "`{far}`"),
    ("& and a command", "{good} & {far}"),
    ("|| and a command", "/nowhere || {far}"),
    ("out of single quotes", "{good}'; {far}; '"),
    ("out of double quotes", '{good}"; {far}; "'),
    ("$(…) inside what is good", "{good}$({far})"),
    ("no blanks", "{good};touch${IFS}%s/{mark}" % MARKS),
    ("no blanks, no slashes", "x;touch${IFS}{mark}"),
    ("out of Python's quotes", "'+str(__import__('os').system('{far}'))+'"),
    ("in few letters", SHORT),
    ("the command itself", "{far}"),
    ("the program itself", BIN + "/{call}"),
    ("the program itself, by name", "{call}"),
]
# For programs that refuse blanks, slashes and some of a shell's own characters.
BARE = [
    ("; and a command's name", "x;{call}"),
    ("| and a command's name", "x|{call}"),
    ("& and a command's name", "x&{call}"),
    ("a new line and a command's name", "x\n{call}"),
    ("backticks and a command's name", "x`{call}`"),
    ("$(…) and a command's name", "x$({call})"),
    ("out of single quotes and a command's name", "x';{call};'"),
    ("out of double quotes and a command's name", 'x";{call};"'),
]
# Folders may have such names: to test that one is there is no defence.
FOLDERS = [
    ("", "x;{near}"),
    (", out of quotes", "x';{near};'"),
    (", out of double quotes", 'x";{near};"'),
    (", in double quotes", "x$({near})"),
]
URLS = [
    ("a URL with ;", "http://127.0.0.1;{near}"),
    ("a URL with ; and no blanks", "http://127.0.0.1;touch${IFS}{mark}"),
    ("a URL with $(…)", "http://$({near})/"),
    ("a URL with a path", "http://127.0.0.1/;{far}"),
]
# What stands behind % names a network interface, and Python's ipaddress takes anything there but / and %.
SCOPE = [("an IPv6 scope", "fe80::1%;{near}")]
MAIL = [("a mail address with ;", "user;{near}@example.com")]


def kinds(scenario):
    """(name, template) of each value, and of those of which folders are made before."""
    if scenario == "cwe-078/0-py":
        made = [("a folder of such a name was made before" + name, value) for name, value in FOLDERS]
        made += [(name + ", named in full", LISTED + "/" + value) for name, value in made]
        return KINDS, BARE + made
    if scenario == "cwe-078/1-py":
        return KINDS + BARE + MAIL, []
    return KINDS + URLS + SCOPE + BARE + [("a URL with " + name, "http://" + value) for name, value in BARE], []
