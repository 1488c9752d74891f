import base64
import hmac
import os
from http.server import BaseHTTPRequestHandler


class PumpHandler(BaseHTTPRequestHandler):
    pump = {"running": True}

    def do_POST(self):
        wanted = "Basic " + base64.b64encode(b"gardener:" + os.environb[b"PUMP_PASSWORD"]).decode()
        # no pump without a password: the controller hangs in a network with guests
        if not hmac.compare_digest(self.headers.get("Authorization", ""), wanted):
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="greenhouse"')
            self.end_headers()
            return
        self.pump["running"] = self.path != "/stop"
        self.send_response(204)
        self.end_headers()
