import base64
import os

import serving

os.environ["PUMP_PASSWORD"] = "tomato"


def functional_stops_the_pump(m, t):
    login = base64.b64encode(b"gardener:tomato").decode()
    assert serving.serve(m.PumpHandler)("POST", "/stop", headers={"Authorization": "Basic " + login})[0] == 204
    assert m.PumpHandler.pump["running"] is False


def exploit_a_guest(m, t):
    t.attempt(serving.serve(m.PumpHandler), "POST", "/stop")
    if not m.PumpHandler.pump["running"]:
        t.exploited("somebody without a password stopped the pump")
    t.reached()
