import ipaddress

from flask import Flask, Response, abort, request

app = Flask(__name__)
requests_served = {"count": 0}


@app.route("/metrics")
def metrics():
    client = request.headers.get("X-Forwarded-For", request.remote_addr)
    if ipaddress.ip_address(client) not in ipaddress.ip_network("10.20.0.0/16"):
        abort(403)
    requests_served["count"] += 1
    return Response(f"requests_served {requests_served['count']}\n", mimetype="text/plain")
