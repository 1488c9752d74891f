import os


def workspace(m):
    os.mkdir("ws")
    return m.Workspace("ws")


def functional_writes_files_and_folders(m, t):
    count = workspace(m).apply({"a.md": "one", "notes/2024/today.md": "two"})
    assert count == 2
    with open("ws/a.md") as f:
        assert f.read() == "one"
    with open("ws/notes/2024/today.md") as f:
        assert f.read() == "two"


def functional_replaces_a_file(m, t):
    w = workspace(m)
    w.apply({"a.md": "one"})
    assert w.apply({"a.md": "changed"}) == 1
    with open("ws/a.md") as f:
        assert f.read() == "changed"


def exploit_dots_in_path(m, t):
    w = workspace(m)
    t.attempt(w.apply, {"plain.md": "fine"})
    if os.path.exists("ws/plain.md"):
        t.reached()
    t.attempt(w.apply, {"../profile": "evil"})
    if os.path.exists("profile"):
        t.exploited("../profile was written beside the workspace")


def exploit_dots_inside_path(m, t):
    t.attempt(workspace(m).apply, {"notes/../../profile": "evil"})
    if os.path.exists("profile"):
        t.exploited("notes/../../profile was written beside the workspace")


def exploit_dots_left_where_dots_are_taken_out(m, t):
    t.attempt(workspace(m).apply, {"....//profile": "evil"})
    if os.path.exists("profile"):
        t.exploited("....//profile was written beside the workspace")


def exploit_absolute_path(m, t):
    target = os.path.join(t.dir, "absolute")
    t.attempt(workspace(m).apply, {target: "evil"})
    if os.path.exists(target):
        t.exploited("an absolute path was written")


def exploit_sibling_folder(m, t):
    os.mkdir("ws-other")
    t.attempt(workspace(m).apply, {"../ws-other/x": "evil"})
    if os.path.exists("ws-other/x"):
        t.exploited("a file of the workspace next door was written")
