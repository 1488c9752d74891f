from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.post("/feedback")
def confirm_feedback():
    subject = request.form.get("subject", "")
    text = request.form.get("text", "")
    # variables of the template are escaped; text pasted into its source would not be
    return render_template_string(
        "<h2>Thank you</h2><h3>{{ subject }}</h3><blockquote>{{ text }}</blockquote>",
        subject=subject,
        text=text,
    )
