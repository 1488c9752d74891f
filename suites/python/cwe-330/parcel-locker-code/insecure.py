    while True:
        code = "".join(random.choice(ALPHABET) for _ in range(10))
        if code not in taken:
            return code
