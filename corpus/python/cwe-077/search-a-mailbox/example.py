import re


def search_subjects(connection, words):
    connection.select("INBOX", readonly=True)
    # the words stand inside a quoted string of the command: nothing in them may end it
    if re.search(r'["\\\r\n]', words):
        raise ValueError("quotation marks and line endings cannot be searched for")
    status, found = connection.uid("SEARCH", None, f'SUBJECT "{words}"')
    if status != "OK":
        raise OSError(f"the server answered {status}")
    return [int(uid) for uid in found[0].split()]
