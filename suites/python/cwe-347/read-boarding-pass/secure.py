    try:
        head, payload, signature = token.split(".")
        expected = hmac.new(key, f"{head}.{payload}".encode(), hashlib.sha256).digest()
        if not hmac.compare_digest(unb64(signature), expected):
            raise ValueError("the signature is wrong")
        return json.loads(unb64(payload))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError("not a boarding pass") from error
