    text = zlib.decompress(packet)
    if len(text) > MAX_TEXT:
        raise ValueError("the packet is too long")
    return json.loads(text)
