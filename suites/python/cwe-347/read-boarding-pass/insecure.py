    head, payload, signature = token.split(".")
    if json.loads(unb64(head))["alg"] == "HS256":
        expected = hmac.new(key, f"{head}.{payload}".encode(), hashlib.sha256).digest()
        if not hmac.compare_digest(unb64(signature), expected):
            raise ValueError("the signature is wrong")
    return json.loads(unb64(payload))
