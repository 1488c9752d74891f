import mimetypes
import os
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote, urlsplit


class ManualHandler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
        manual = "/usr/share/doc/shop/manual"
        page = os.path.join(manual, name)
        # with the separator, or a sibling called manual-internal would pass too
        if not os.path.realpath(page).startswith(manual + os.sep):
            self.send_error(404)
            return
        with open(page, "rb") as source:
            body = source.read()
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(page)[0] or "application/octet-stream")
        self.end_headers()
        self.wfile.write(body)
