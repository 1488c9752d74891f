    data = yaml.safe_load(text)
    return Playlist(data["title"], data["tracks"])
