def search_subjects(connection, words):
    connection.select("INBOX", readonly=True)
    status, found = connection.uid("SEARCH", None, f'SUBJECT "{words}"')
    if status != "OK":
        raise OSError(f"the server answered {status}")
    return [int(uid) for uid in found[0].split()]
