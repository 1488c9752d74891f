import os


def functional_title_and_tracks(m, t):
    p = m.load_playlist("title: Rainy day\ntracks: [Blue, Hours, Umbrella]\n")
    assert p.title == "Rainy day" and list(p.tracks) == ["Blue", "Hours", "Umbrella"]


def functional_block_list(m, t):
    p = m.load_playlist("tracks:\n  - One\n  - Two\ntitle: 'Sun'\n")
    assert p.title == "Sun" and list(p.tracks) == ["One", "Two"]


def attack(m, t, value):
    t.attempt(m.load_playlist, f"title: {value}\ntracks: []\n")
    if os.path.exists("pwned"):
        t.exploited(f"loading {value} ran a command")


def exploit_apply(m, t):
    if isinstance(t.attempt(m.load_playlist, "title: a\ntracks: [b]\n"), m.Playlist):
        t.reached()
    attack(m, t, "!!python/object/apply:os.system ['touch pwned']")


def exploit_new(m, t):
    attack(m, t, "!!python/object/new:os.system ['touch pwned']")
