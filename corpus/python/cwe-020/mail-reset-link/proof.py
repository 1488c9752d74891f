class Server:
    sent = []

    def __init__(self, *_):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def send_message(self, mail):
        Server.sent.append(mail.get_content().replace("=\n", ""))


def forgotten(m, host):
    m.smtplib.SMTP = Server
    m.app.test_client().post("/forgotten", data={"address": "ann@example.org"}, base_url="https://" + host)
    return Server.sent[0]


def functional_mails_a_link(m, t):
    text = forgotten(m, "shop.example")
    (token,) = m.pending
    assert f"https://shop.example/choose?token={token}" in text and m.pending[token] == "ann@example.org"


def exploit_host_of_the_attacker(m, t):
    text = t.attempt(forgotten, m, "evil.example")
    if text and "https://evil.example/" in text:
        t.exploited("the mail leads the customer's token to evil.example")
    t.reached()
