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
    mail.set_content(f"Choose a new password: {request.host_url}choose?token={token}")
    with smtplib.SMTP("localhost") as server:
        server.send_message(mail)
    return "look into your mail"
