import os

from fastapi.testclient import TestClient


def hand_in(m, name, content):
    TestClient(m.app).post("/applications", files={"letter": (name, content, "application/pdf")})
    return os.listdir("public/applications")


def functional_stores_a_letter(m, t):
    (name,) = hand_in(m, "letter.pdf", b"%PDF-1.7 Dear all")
    assert name.endswith(".pdf")


def exploit_page_that_claims_to_be_a_pdf(m, t):
    names = t.attempt(hand_in, m, "letter.html", b"<script>alert(1)</script>")
    if names and any(name.endswith(".html") for name in names):
        t.exploited("a page with a script lies in the public folder")
    t.reached()
