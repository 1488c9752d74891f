import rooted


def find(m, **query):
    rooted.at("/srv")
    for name in ("harbour-1.tif", "harbour-2.tif", "mill.tif"):
        rooted.write(f"/srv/museum/slides/{name}")
    rooted.write("/srv/museum/donors/miller.pdf")
    return m.app.test_client().get("/slides", query_string=query)


def functional_finds_slides(m, t):
    assert find(m, pattern="harbour-?.tif").json == {"slides": ["harbour-1.tif", "harbour-2.tif"]}


def functional_finds_all_without_a_pattern(m, t):
    assert find(m).json == {"slides": ["harbour-1.tif", "harbour-2.tif", "mill.tif"]}


def exploit_dots_in_the_pattern(m, t):
    answer = t.attempt(find, m, pattern="../donors/*")
    if answer and "miller.pdf" in answer.text:
        t.exploited("the names of a folder beside the slides were told")
    t.reached()


def exploit_absolute_pattern(m, t):
    answer = t.attempt(find, m, pattern="/srv/museum/donors/*")
    if answer and "miller.pdf" in answer.text:
        t.exploited("the names of another folder were told")
    t.reached()
