import hashlib
import hmac
import json

KEY = b"gate key of the airline"
CLAIMS = {"name": "Ann Lee", "seat": "12C"}


def functional_reads_our_pass(m, t):
    assert m.read_pass(m.make_pass(CLAIMS, KEY), KEY) == CLAIMS


def functional_refuses_another_key(m, t):
    try:
        m.read_pass(m.make_pass(CLAIMS, b"another key"), KEY)
    except ValueError:
        return
    raise AssertionError("a pass that was made with another key was taken")


def forged(m, alg):
    return m.b64(json.dumps({"alg": alg, "typ": "JWT"}).encode()) + "." + m.b64(json.dumps({"name": "Mallory", "seat": "1A"}).encode())


def show(m, t, token, what):
    claims = t.attempt(m.read_pass, token, KEY)
    if isinstance(claims, dict) and claims.get("name") == "Mallory":
        t.exploited(f"a forged pass was read: {what}")


def exploit_algorithm_none(m, t):
    show(m, t, forged(m, "none") + ".", "alg none, no signature")


def exploit_unknown_algorithm(m, t):
    show(m, t, forged(m, "HS1") + "." + m.b64(b"x"), "an unknown alg")


def exploit_empty_signature(m, t):
    show(m, t, forged(m, "HS256") + ".", "an empty signature")
    show(m, t, forged(m, "HS256"), "no third part")


def exploit_swapped_claims(m, t):
    head, _, signature = m.make_pass(CLAIMS, KEY).split(".")
    show(m, t, f"{head}.{m.b64(json.dumps({'name': 'Mallory'}).encode())}.{signature}", "the claims of another pass")


def exploit_signed_with_empty_key(m, t):
    body = forged(m, "HS256")
    show(m, t, body + "." + m.b64(hmac.new(b"", body.encode(), hashlib.sha256).digest()), "signed with an empty key")
