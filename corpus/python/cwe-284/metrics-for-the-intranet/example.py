import ipaddress

from flask import Flask, Response, abort, request

app = Flask(__name__)
requests_served = {"count": 0}


@app.route("/metrics")
def metrics():
    # remote_addr is the peer of the connection; X-Forwarded-For is text from the client
    if ipaddress.ip_address(request.remote_addr) not in ipaddress.ip_network("10.20.0.0/16"):
        abort(403)
    requests_served["count"] += 1
    return Response(f"requests_served {requests_served['count']}\n", mimetype="text/plain")
