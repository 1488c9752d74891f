def letters(m):
    box = m.Letters()
    box.send(1, "ann", "All is well.")
    box.send(2, "bob", "Please call us.")
    return box


def functional_own_letter(m, t):
    status, text = m.show_letter(letters(m), {"user": "bob", "number": 2})
    assert status == 200 and "Please call us." in text


def functional_no_such_letter(m, t):
    assert m.show_letter(letters(m), {"user": "bob", "number": 3})[0] in (403, 404)


def functional_nobody_signed_in(m, t):
    status, text = m.show_letter(letters(m), {"user": None, "number": 1})
    assert status != 200 and "All is well." not in text


def exploit_letter_of_another_patient(m, t):
    answer = t.attempt(m.show_letter, letters(m), {"user": "bob", "number": 1})
    if "All is well." in str(answer):
        t.exploited("bob read ann's letter by its number")
