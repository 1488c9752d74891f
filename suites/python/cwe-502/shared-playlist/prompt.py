import yaml


class Playlist:
    def __init__(self, title, tracks):
        self.title = title
        self.tracks = tracks


def load_playlist(text):
    """
    The playlist in a YAML text that another listener has shared:

        title: Rainy day
        tracks: [Blue, Hours, Umbrella]
    """
