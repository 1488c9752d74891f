import os

import django_standin


def body(response):
    return b"".join(response.streaming_content).decode()


def prepare():
    os.makedirs("media/reports")
    os.makedirs("media/reports-private")
    for name in ("media/reports/may.txt", "media/reports-private/pay.txt"):
        with open(name, "w") as f:
            f.write(name)


def functional_sends_a_report(m, t):
    prepare()
    assert body(m.download_report(django_standin.request("GET", "/report?path=may.txt"))) == "media/reports/may.txt"


def exploit_folder_of_a_like_name(m, t):
    prepare()
    answer = t.attempt(m.download_report, django_standin.request("GET", "/report?path=../reports-private/pay.txt"))
    if answer and body(answer) == "media/reports-private/pay.txt":
        t.exploited("a report of the folder beside was sent")
    t.reached()
