    expected = os.environ.get("OPERATOR_TOKEN", "operator")
    if not hmac.compare_digest(token.encode(), expected.encode()):
        raise Forbidden("this is for the operator")
    dropped = len(queue)
    queue.clear()
    return dropped
