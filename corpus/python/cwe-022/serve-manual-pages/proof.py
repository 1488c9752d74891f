import rooted
import serving


def ask(m, path):
    rooted.at("/usr/share/doc/shop")
    rooted.write("/usr/share/doc/shop/manual/index.html", "<h1>Manual</h1>")
    rooted.write("/usr/share/doc/shop/manual-internal/margins.html", "<h1>Margins</h1>")
    return serving.serve(m.ManualHandler)("GET", path)


def functional_serves_a_page(m, t):
    status, headers, body = ask(m, "/")
    assert status == 200 and body == "<h1>Manual</h1>" and headers["Content-Type"] == "text/html"


def exploit_folder_of_a_like_name(m, t):
    answer = t.attempt(ask, m, "/../manual-internal/margins.html")
    if answer and "Margins" in answer[2]:
        t.exploited("a page of the internal manual was served")
    t.reached()
