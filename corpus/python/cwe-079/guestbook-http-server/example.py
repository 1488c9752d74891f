import html
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs


class Guestbook(BaseHTTPRequestHandler):
    messages = []

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8", "replace"))
        self.messages.append(form.get("message", [""])[0])
        self.send_response(303)
        self.send_header("Location", "/")
        self.end_headers()

    def do_GET(self):
        # what visitors wrote is text: <, > and & are escaped on the way out
        entries = "".join(f"<p>{html.escape(message)}</p>" for message in self.messages)
        page = f"<!doctype html><title>Guestbook</title>{entries}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)
