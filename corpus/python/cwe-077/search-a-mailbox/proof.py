import imaplib


class Connection(imaplib.IMAP4):
    """The real client, up to the bytes that it would send."""

    def __init__(self):
        self.state, self.sent = "SELECTED", []

    def select(self, mailbox, readonly):
        self.state = "SELECTED"

    def uid(self, command, *args):
        self.sent.append(" ".join(["UID", command, *(a for a in args if a is not None)]))
        return "OK", [b"3 8"]

    def __del__(self):
        pass


def functional_searches(m, t):
    connection = Connection()
    assert m.search_subjects(connection, "red lamp") == [3, 8]
    assert connection.sent == ['UID SEARCH SUBJECT "red lamp"']


def exploit_line_that_is_a_second_command(m, t):
    connection = Connection()
    t.attempt(m.search_subjects, connection, 'x"\r\na2 UID STORE 1:* +FLAGS (\\Deleted)\r\na3 NOOP "')
    if any(line.startswith("a2 UID STORE") for sent in connection.sent for line in sent.splitlines()):
        t.exploited("a second command, which deletes all mail, was sent")
    t.reached()
