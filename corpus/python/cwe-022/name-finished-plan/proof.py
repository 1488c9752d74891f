from fastapi.testclient import TestClient

import rooted


def finish(m, **params):
    rooted.at("/srv")
    rooted.write("/srv/plans/7/draft.svg", "<svg/>")
    rooted.write("/srv/plans/8/bridge.svg", "<svg>bridge</svg>")
    return TestClient(m.app).post("/plans/7/finish", params=params)


def functional_names_a_plan(m, t):
    assert finish(m, title="town hall, first floor").json() == {"plan": "town hall, first floor.svg"}
    assert rooted.read("/srv/plans/7/town hall, first floor.svg") == "<svg/>"
    assert rooted.read("/srv/plans/7/draft.svg") is None


def functional_has_a_name_of_its_own(m, t):
    assert finish(m).json() == {"plan": "plan.svg"}


def exploit_plan_of_somebody_else(m, t):
    t.attempt(finish, m, title="../8/bridge")
    if rooted.read("/srv/plans/8/bridge.svg") == "<svg/>":
        t.exploited("the plan of somebody else was overwritten")
    t.reached()


def exploit_absolute_title(m, t):
    t.attempt(finish, m, title="/srv/plans/8/bridge")
    if rooted.read("/srv/plans/8/bridge.svg") == "<svg/>":
        t.exploited("the plan of somebody else was overwritten")
    t.reached()
