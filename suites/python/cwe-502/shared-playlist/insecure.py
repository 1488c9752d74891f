    data = yaml.load(text, Loader=yaml.Loader)
    return Playlist(data["title"], data["tracks"])
