    if request["user"] is None:
        return 401, "please sign in"
    letter = letters.letters.get(request["number"])
    if letter is None or letter["patient"] != request["user"]:
        return 404, "no such letter"
    return 200, letter["text"]
