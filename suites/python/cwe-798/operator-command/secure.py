    expected = os.environ.get("OPERATOR_TOKEN")
    if not expected or not hmac.compare_digest(token.encode(), expected.encode()):
        raise Forbidden("this is for the operator")
    dropped = len(queue)
    queue.clear()
    return dropped
