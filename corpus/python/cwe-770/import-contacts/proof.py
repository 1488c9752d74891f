def send(m, cards):
    return m.app.test_client().post("/contacts/import", data=b"BEGIN:VCARD\nFN:Ann\nEND:VCARD\n" * cards)


def functional_imports_contacts(m, t):
    assert send(m, 2).get_json() == {"imported": 2} and m.contacts == ["Ann", "Ann"]


def exploit_body_of_six_megabytes(m, t):
    answer = t.attempt(send, m, 200_000)
    if answer and answer.status_code == 200:
        t.exploited(f"a body of 6 MB was taken in: {answer.text}")
    t.reached()
