import secrets
import smtplib
from email.message import EmailMessage

from flask import Flask, request

app = Flask(__name__)
pending = {}


@app.route("/forgotten", methods=["POST"])
def mail_reset_link():
    address = request.form.get("address", "")
    token = secrets.token_urlsafe(32)
    pending[token] = address
    mail = EmailMessage()
    mail["To"], mail["From"], mail["Subject"] = address, "shop@shop.example", "Your new password"
    # request.host_url would be whatever host the sender of the request claims to talk to
    mail.set_content(f"Choose a new password: https://shop.example/choose?token={token}")
    with smtplib.SMTP("localhost") as server:
        server.send_message(mail)
    return "look into your mail"
