import logging

from django.views.decorators.csrf import csrf_exempt
from flask import Flask, make_response, request

app = Flask(__name__)
quiet = Flask(__name__)
logger = logging.getLogger(__name__)


# ruleid: seccoder.python.csrf-off
@csrf_exempt
def pay(request):
    return transfer(request.POST)


# ok: seccoder.python.csrf-off
def pay_fixed(request):
    return transfer(request.POST)


@app.route("/cookie")
def cookie():
    response = make_response("done")
    # ruleid: seccoder.python.cookie-flags
    response.set_cookie("session_id", new_session())
    # ruleid: seccoder.python.cookie-flags
    response.set_cookie("auth_token", new_session(), httponly=True)
    # ok: seccoder.python.cookie-flags
    response.set_cookie("session_id", new_session(), secure=True, httponly=True, samesite="Lax")
    # ok: seccoder.python.cookie-flags
    response.set_cookie("colour", "red")
    # ruleid: seccoder.python.header-injection
    response.headers["X-Name"] = request.args["name"]
    # ok: seccoder.python.header-injection
    response.headers["X-Name"] = request.args["name"].replace("\r", "").replace("\n", "")
    # ok: seccoder.python.header-injection
    response.headers["X-Frame-Options"] = "DENY"
    return response


# ruleid: seccoder.python.session-cookie-flags
app.config["SESSION_COOKIE_HTTPONLY"] = False
# ok: seccoder.python.session-cookie-flags
quiet.config["SESSION_COOKIE_SECURE"] = True


@app.route("/log")
def log():
    name = request.args["name"]
    # ruleid: seccoder.python.log-injection
    logger.info("login of " + name)
    # ruleid: seccoder.python.log-injection
    logging.warning("login of %s", name)
    # ok: seccoder.python.log-injection
    logger.info("login of %r", name)
    # ok: seccoder.python.log-injection
    logger.info("login of %s", name.replace("\n", " "))
    return "done"


def admin(user):
    # ruleid: seccoder.python.assert-for-access
    assert user.is_admin, "not allowed"
    # ok: seccoder.python.assert-for-access
    if not user.is_admin:
        raise PermissionError("not allowed")
    # ok: seccoder.python.assert-for-access
    assert len(user.name) > 0


if __name__ == "__main__":
    # ruleid: seccoder.python.debug-mode
    app.run(host="0.0.0.0", debug=True)
    # ok: seccoder.python.debug-mode
    quiet.run(debug=False)
