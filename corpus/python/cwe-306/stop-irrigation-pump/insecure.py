from http.server import BaseHTTPRequestHandler


class PumpHandler(BaseHTTPRequestHandler):
    pump = {"running": True}

    def do_POST(self):
        self.pump["running"] = self.path != "/stop"
        self.send_response(204)
        self.end_headers()
