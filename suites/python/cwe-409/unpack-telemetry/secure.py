    inflater = zlib.decompressobj()
    text = inflater.decompress(packet, MAX_TEXT + 1)
    if len(text) > MAX_TEXT or not inflater.eof:
        raise ValueError("the packet is too long")
    return json.loads(text)
