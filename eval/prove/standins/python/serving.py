"""Serves with a handler of http.server on the loopback.

    ask = serving.serve(m.Handler)
    status, headers, body = ask("GET", "/pages?name=a")
"""
import http.client
import threading
from http.server import HTTPServer


def serve(handler):
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def ask(method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=2)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
    return ask
