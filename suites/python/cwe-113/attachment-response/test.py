import re


def parse(response):
    """Status line, headers by lower-case name, and body, with any line break as browsers and proxies take it."""
    head, _, body = response.partition(b"\r\n\r\n")
    lines = re.split(rb"\r\n|\r|\n", head)
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(b":")
        headers[name.strip().lower()] = value.strip()
    return lines[0], headers, body


def functional_headers_and_body(m, t):
    status, headers, body = parse(m.download_response("scan-7.pdf", b"%PDF\r\n\r\nx"))
    assert status.startswith(b"HTTP/1.1 200")
    assert body == b"%PDF\r\n\r\nx"
    assert headers.get(b"content-length") in (None, b"9")
    assert b"scan-7.pdf" in headers[b"content-disposition"]
    assert b"attachment" in headers[b"content-disposition"]


def attack(m, t, name):
    response = t.attempt(m.download_response, name, b"x")
    if isinstance(response, str):
        response = response.encode()
    if not isinstance(response, bytes):
        return
    status, headers, body = parse(response)
    if b"set-cookie" in headers:
        t.exploited(f"the name {name!r} added the header Set-Cookie")
    if name.split("\r")[0].split("\n")[0].strip('"').encode() in headers.get(b"content-disposition", b""):
        t.reached()
    if body != b"x":
        t.exploited(f"the name {name!r} ended the headers: the body is {body[:60]!r}")


def exploit_line_break_adds_header(m, t):
    attack(m, t, 'a.pdf"\r\nSet-Cookie: session=evil')


def exploit_bare_newline_adds_header(m, t):
    attack(m, t, "a.pdf\nSet-Cookie: session=evil")


def exploit_empty_line_begins_body(m, t):
    attack(m, t, 'a.pdf"\r\n\r\n<script>alert(1)</script>')
