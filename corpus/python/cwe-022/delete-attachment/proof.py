import rooted


def delete(m, name):
    rooted.at("/srv")
    rooted.write("/srv/support/attachments/7/photo.png", "photo")
    rooted.write("/srv/support/attachments/8/letter.txt", "letter")
    return m.app.test_client().delete("/cases/7/attachments", query_string={"name": name})


def functional_deletes_an_attachment(m, t):
    assert delete(m, "photo.png").status_code == 204
    assert rooted.read("/srv/support/attachments/7/photo.png") is None


def exploit_attachment_of_another_case(m, t):
    t.attempt(delete, m, "../8/letter.txt")
    if rooted.read("/srv/support/attachments/8/letter.txt") is None:
        t.exploited("the letter of another case was deleted")
    t.reached()
