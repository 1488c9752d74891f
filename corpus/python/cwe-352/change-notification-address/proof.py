import django_standin
from django.core.cache import cache

TOKEN = "a" * 32


def change(m, token):
    request = django_standin.request("POST", "/notify", {"address": "me@example.org", **token})
    request._dont_enforce_csrf_checks = False
    request.COOKIES["csrftoken"] = TOKEN
    m.change_address(request)
    return cache.get("notify:7")


def functional_changes_the_address(m, t):
    assert change(m, {"csrfmiddlewaretoken": TOKEN}) == "me@example.org"


def exploit_form_without_a_token(m, t):
    if t.attempt(change, m, {}):
        t.exploited("a form without the token changed the address")
    t.reached()
