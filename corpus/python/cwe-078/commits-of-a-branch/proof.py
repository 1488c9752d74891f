from fastapi.testclient import TestClient

import commands
import rooted


def commits(m, ref):
    rooted.at("/srv")
    rooted.write("/srv/git/1/HEAD", "ref: refs/heads/main")
    commands.fake("git", "echo 'abc first'")
    return TestClient(m.app).get("/repositories/1/commits", params={"ref": ref})


def functional_lists_commits(m, t):
    assert commits(m, "main").json() == {"ref": "main", "commits": ["abc first"]}


def exploit_semicolon_in_the_ref(m, t):
    t.attempt(commits, m, "main; touch pwned;")
    if rooted.read("/srv/git/1/pwned") is not None:
        t.exploited("the command behind a semicolon was run")
    if commands.calls():
        t.reached()


def exploit_ref_that_is_an_option(m, t):
    t.attempt(commits, m, "--output=pwned")
    words = commands.calls()[0]
    if "--output=pwned" in words and "--end-of-options" not in words[:words.index("--output=pwned")]:
        t.exploited("git was given the option --output")
